/** Settings as the doors read and write them. Implemented by settings.ts. */
import type { GuardSettings, PsrSettings, RetractionSettings } from '../../shared/api.ts';

export interface SettingValues {
  psr: PsrSettings;
  retraction: RetractionSettings;
  guard: GuardSettings;
}
export type SettingName = keyof SettingValues;

export interface Settings {
  get<N extends SettingName>(name: N): Promise<SettingValues[N]>;
  /** Stores a validated value with an audit line and answers what is stored. */
  put<N extends SettingName>(name: N, value: SettingValues[N], actor: string): Promise<SettingValues[N]>;
}

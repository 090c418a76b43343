/** Settings as the doors read and write them. Implemented by settings.ts. */
import type {
  GuardSettings,
  ListEntry,
  PsrSettings,
  RetractionSettings,
  SharedMailboxSettings,
} from '../../shared/api.ts';

export interface SettingValues {
  psr: PsrSettings;
  retraction: RetractionSettings;
  guard: GuardSettings;
  shared_mailboxes: SharedMailboxSettings;
}
export type SettingName = keyof SettingValues;

export interface Settings {
  get<N extends SettingName>(name: N): Promise<SettingValues[N]>;
  /** Stores a validated value with an audit line and answers what is stored. */
  put<N extends SettingName>(name: N, value: SettingValues[N], actor: string): Promise<SettingValues[N]>;
}

export const LIST_NAMES = ['allow_policies', 'block_senders', 'protected_mailboxes'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Lists that the procedure and PSR read. Implemented by lists.ts. */
export interface Lists {
  entries(list: ListName): Promise<ListEntry[]>;
  /** @throws PermanentError `invalid_entry` (says what is accepted) | `already_listed` */
  add(list: ListName, value: string, comment: string, actor: string): Promise<ListEntry>;
  /** @returns false when there is no such entry. */
  remove(list: ListName, id: string, actor: string): Promise<boolean>;
}

/** Settings as the doors read and write them. Implemented by settings.ts. */
import type { GuardSettings, PsrSettings, RetractionSettings, SharedMailboxSettings } from '../../shared/api.ts';
import type { BrandingSettings } from '../../shared/branding.ts';
import type { PdrSettings, WatchSettings } from '../../shared/delivery.ts';
import type { ListEntry, ListEntryChange, ListImport, NewListEntry } from '../../shared/list-entry.ts';
import type { LureSettings } from '../../shared/lure-settings.ts';
import type { IntakeSettings, NotificationSettings } from '../../shared/mail.ts';
import type { LearningSettings } from '../../shared/model.ts';
import type { PrivacySettings } from '../../shared/privacy.ts';

export interface SettingValues {
  psr: PsrSettings;
  pdr: PdrSettings;
  watch: WatchSettings;
  retraction: RetractionSettings;
  guard: GuardSettings;
  shared_mailboxes: SharedMailboxSettings;
  lures: LureSettings;
  learning: LearningSettings;
  notifications: NotificationSettings;
  intake: IntakeSettings;
  branding: BrandingSettings;
  privacy: PrivacySettings;
}
export type SettingName = keyof SettingValues;

export interface Settings {
  get<N extends SettingName>(name: N): Promise<SettingValues[N]>;
  /** Stores a validated value with an audit line and answers what is stored. @throws PermanentError `invalid_setting` (says what is accepted) */
  put<N extends SettingName>(name: N, value: SettingValues[N], actor: string): Promise<SettingValues[N]>;
}

export const LIST_NAMES = [
  'allow_policies',
  'block_senders',
  'trusted_domains',
  'impersonation_registry',
  'simulations',
  'protected_mailboxes',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Lists that the procedure and PSR read. Implemented by lists.ts. */
export interface Lists {
  entries(list: ListName): Promise<ListEntry[]>;
  /** @throws PermanentError `invalid_entry` (says what is accepted) | `already_listed` */
  add(list: ListName, entry: NewListEntry, actor: string): Promise<ListEntry>;
  /** @returns null when there is no such entry. @throws PermanentError as add does */
  change(list: ListName, id: string, change: ListEntryChange, actor: string): Promise<ListEntry | null>;
  /** @returns false when there is no such entry. */
  remove(list: ListName, id: string, actor: string): Promise<boolean>;
  /** All lines or none. @throws InvalidCsv, which names the lines that are wrong */
  importCsv(list: ListName, csv: string, actor: string): Promise<ListImport>;
  exportCsv(list: ListName): Promise<string>;
}

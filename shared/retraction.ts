export const PROVIDERS = ['microsoft365', 'google'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Wire names; Quarantine is ours, the rest are the vendor's. */
export const DESTINATIONS = [
  'Quarantine',
  'Inbox',
  'JunkEmail',
  'DeletedItems',
  'RecoverableItemsDeletions',
  'RecoverableItemsPurges',
] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** Where an analyst may send copies by hand: to the Inbox it is a restore, and for good it wants a confirmation of its own. */
export const CHOOSABLE_DESTINATIONS = [
  'Quarantine',
  'JunkEmail',
  'DeletedItems',
  'RecoverableItemsDeletions',
] as const satisfies readonly Destination[];
export type ChoosableDestination = (typeof CHOOSABLE_DESTINATIONS)[number];

/** Where a setting may send mail: nothing is destroyed, and nothing let in, by itself. */
export const AUTOMATIC_DESTINATIONS = ['NoAction', ...CHOOSABLE_DESTINATIONS] as const;

export const RETRACTION_STATES = [
  'planned',
  'held',
  'running',
  'confirming',
  'done',
  'cancelled',
  'restoring',
  'restored',
] as const;
export type RetractionState = (typeof RETRACTION_STATES)[number];

/**
 * `unknown` is a state in transit: a finished retraction has none. `review` is never touched. `purged` is deleted for good
 * by a person, with a second confirmation: it cannot be restored.
 */
export const COPY_STATES = [
  'found',
  'acting',
  'retracted',
  'already_there',
  'gone',
  'failed',
  'unknown',
  'review',
  'restoring',
  'restored',
  'purging',
  'purged',
] as const;
export type CopyState = (typeof COPY_STATES)[number];

/** What counts as a copy: the judged mail alone, or every mail of its campaign. */
export const RETRACTION_SCOPES = ['message', 'campaign'] as const;
export type RetractionScope = (typeof RETRACTION_SCOPES)[number];

export const RETRACTION_CAUSES = ['psr', 'auto', 'pdr', 'manual'] as const;
export type RetractionCause = (typeof RETRACTION_CAUSES)[number];

export interface CopyCounts {
  found: number;
  retracted: number;
  already_there: number;
  gone: number;
  failed: number;
  unknown: number;
  review: number;
  /** Copies that nobody had read when they were moved. */
  unread: number;
  restored: number;
  /** Of the retracted ones, those that were deleted for good; absent: 0. */
  purged?: number;
}

/** Why PSR does not retract now, or at all. */
export const PSR_REASONS = [
  'not_malicious',
  'machine_not_suspicious',
  'team_submission',
  'safe_report',
  'simulation',
  'allow_policy',
  'no_action_configured',
  'client_supplied_only',
  'blast_radius',
  'protected_mailbox',
  'paused',
  // An analyst has restored or cancelled a retraction of this very mail: reporters do not overrule that.
  'analyst_decided',
  // It waited for a person longer than the guard allows.
  'expired',
  // The mailbox that goes first could not be searched, or its copy not moved.
  'canary',
] as const;
export type PsrReason = (typeof PSR_REASONS)[number];

export type PsrDecision =
  | { action: 'retract'; destination: Destination }
  | { action: 'hold'; destination: Destination; reason: PsrReason }
  | { action: 'preview'; destination: Destination; reason?: PsrReason }
  | { action: 'none'; reason: PsrReason };

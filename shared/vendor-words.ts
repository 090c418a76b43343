/**
 * One enum of ours per concept, and how each place on the wire spells it: log exports, lists, filters and action logs of
 * the vendor look alike and are not the same. null: that place has no word for it. The only table of its kind.
 */
import type { RetractionCause } from './retraction.ts';

/** What was done to a mail. RELEASE puts back what a retraction took away, QUARANTINE_RELEASE what lay in the quarantine. */
export const OPERATIONS = ['MOVE', 'RELEASE', 'RECLASSIFY', 'SUBMISSION', 'QUARANTINE_RELEASE', 'PREVIEW'] as const;
export type Operation = (typeof OPERATIONS)[number];

export const OPERATION_WORDS = {
  MOVE: { action_log: 'MOVE', post_delivery_operations: 'MOVE', message_action: 'MOVED', log_export: 'move' },
  RELEASE: { action_log: 'RELEASE', post_delivery_operations: null, message_action: null, log_export: null },
  RECLASSIFY: { action_log: 'RECLASSIFY', post_delivery_operations: null, message_action: null, log_export: null },
  SUBMISSION: {
    action_log: 'SUBMISSION',
    post_delivery_operations: 'SUBMISSION',
    message_action: null,
    log_export: 'submission',
  },
  QUARANTINE_RELEASE: {
    action_log: 'QUARANTINE_RELEASE',
    post_delivery_operations: 'QUARANTINE_RELEASE',
    message_action: 'QUARANTINE_RELEASED',
    log_export: 'quarantineRelease',
  },
  PREVIEW: { action_log: 'PREVIEW', post_delivery_operations: 'PREVIEW', message_action: 'PREVIEW', log_export: null },
} as const satisfies Record<Operation, Record<string, string | null>>;

/** What became of a mail on its way. We produce `delivered`, `moved`, `quarantined` and `move_failed`; the rest is read. */
export const DELIVERY_STATUSES = [
  'delivered',
  'moved',
  'quarantined',
  'rejected',
  'deferred',
  'bounced',
  'queued',
  'move_failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** How a mail became known. We produce those with `ours`; `log_export` is `MessageDeliveryMode` of the alert log. */
export const DELIVERY_MODES = {
  DIRECT: { ours: false, log_export: 'direct' },
  BCC: { ours: true, log_export: 'bcc' },
  JOURNAL: { ours: true, log_export: 'journal' },
  API: { ours: true, log_export: 'api' },
  RETRO_SCAN: { ours: true, log_export: 'retroScan' },
  REVIEW_SUBMISSION: { ours: true, log_export: 'unset' },
  SIMULATION_SUBMISSION: { ours: true, log_export: 'unset' },
  THREAT_INTEL_SUBMISSION: { ours: false, log_export: 'unset' },
  DMARC_UNVERIFIED: { ours: false, log_export: 'unset' },
  DMARC_FAILURE_REPORT: { ours: false, log_export: 'unset' },
  DMARC_AGGREGATE_REPORT: { ours: false, log_export: 'unset' },
} as const satisfies Record<string, { ours: boolean; log_export: string }>;

/** One review of several mails at once. */
export const BULK_JOB_STATUSES = ['PENDING', 'DISCOVERING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type BulkJobStatus = (typeof BULK_JOB_STATUSES)[number];
export const BULK_MESSAGE_STATUSES = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'SKIPPED'] as const;
export type BulkMessageStatus = (typeof BULK_MESSAGE_STATUSES)[number];

/** `requested as` of the job, and as it is read back: the vendor calls one field by two names. */
export const BULK_ACTIONS = ['MOVE', 'RELEASE', 'RECLASSIFY'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Whose submission: a record says it in one case, the filter in the other. */
export const SUBMISSION_TYPE_WORDS = {
  USER: { record: 'User', filter: 'USER' },
  TEAM: { record: 'Team', filter: 'TEAM' },
} as const;
export type SubmissionType = keyof typeof SUBMISSION_TYPE_WORDS;

/**
 * Whether a person has looked: `customer_status` of the record, which the vendor's filter calls `status`. Our record's own
 * `status` says how far the analysis is, and the filter takes the words of both, which share none.
 */
export const REVIEW_STATES = ['unreviewed', 'escalated', 'reviewed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Causes of a retraction that nobody asked for by hand. */
export const AUTOMATIC_CAUSES = ['psr', 'auto', 'pdr'] as const satisfies readonly RetractionCause[];

/** Words that a search finds submissions and their mails by. `browser_isolation_rewrite` is the vendor's and not ours. */
export const SUBMISSION_KEYWORDS = [
  'phish_submission',
  'user_submission',
  'team_submission',
  'user_malicious_submission',
  'team_malicious_submission',
  'phish_submission_response',
  'auto-retraction',
] as const;
export type SubmissionKeyword = (typeof SUBMISSION_KEYWORDS)[number];

/** What the verbs of the Gmail adapter share. */
import type { Effects } from './effects.ts';
import type { GmailClient } from './gmail-client.ts';
import type { Quota } from './gmail-quota.ts';
import type { Recent } from './recent.ts';
import type { Throttle } from './throttle.ts';

export interface GmailTenant {
  client: GmailClient;
  throttle: Throttle;
  quota: Quota;
  effects: Effects;
  /** In whose name the directory is read. */
  admin: string;
  /** Users without Gmail, lower case. */
  absent: Recent<string, true>;
  /** What finds that were cut short have read, by mailbox and query: the next ones go on from there. Our moves end it. */
  readSoFar: Recent<string, Map<string, Map<string, unknown>>>;
  retryForMs: number;
  /** Since when one batch may not hold several mailboxes, ms since the epoch; null: it may. */
  batchesRefusedAt: number | null;
}

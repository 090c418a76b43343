import type { Provider } from '../../shared/retraction.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { Weighed } from '../analysis/conclude.ts';
import type { Jobs } from '../jobs/queue.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import type { Message } from '../message/message.ts';
import type { Outbox } from '../notify/outbox.ts';
import type { Settings } from '../policies/face.ts';
import type { Changes } from '../store/changes.ts';
import type { Store } from '../store/database.ts';

/** What is known of one mail once it has been looked at. */
export interface Judgement {
  message: Message;
  authentication: Authentication;
  fingerprint: Fingerprint;
  /** What the machine saw and how much it weighs; who reports it, and what people decide, comes on top. */
  weighed: Weighed;
  /** What follows from that alone. */
  verdict: Verdict;
  /** What was asked of the internet and did not answer: `dns`, `rdap`, `crawl`. */
  unanswered: readonly string[];
}

export interface Log {
  info(fields: Record<string, unknown>, text: string): void;
  warn(fields: Record<string, unknown>, text: string): void;
  error(fields: Record<string, unknown>, text: string): void;
}

/** Everything the submission room is handed. Effects arrive as arguments. */
export interface SubmissionWorld {
  /** The organisation's name in our own rows. */
  tenant: string;
  store: Store;
  changes: Changes;
  jobs: Jobs;
  providers: ReadonlyMap<Provider, MailProvider>;
  settings: Settings;
  /** Parses and judges raw bytes with the policies of now. */
  judge(raw: Uint8Array): Promise<Judgement>;
  /** Mail to people; absent: nobody is written to. */
  outbox?: Outbox;
  now(): Date;
  /** `sub_…`, `msg_…`, `ret_…`. */
  randomId(prefix: string): string;
  log: Log;
  /** How long one analysis may hold its submission. */
  leaseMs: number;
  /** After its conclusion a doubtful report is analysed anew after each of these, shortest first. */
  lookAgainDelaysMs: readonly number[];
}

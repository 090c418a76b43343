import type { Provider } from '../../shared/retraction.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';
import type { Outbox } from '../notify/outbox.ts';
import type { Settings } from '../policies/face.ts';
import type { Changes } from '../store/changes.ts';
import type { Store } from '../store/database.ts';

export interface RetractionWorld {
  tenant: string;
  store: Store;
  changes: Changes;
  providers: ReadonlyMap<Provider, MailProvider>;
  settings: Settings;
  /** As the judged mail was: campaigns take nothing that proves more about its sender. Without it none is taken. */
  authenticate?(raw: Uint8Array, message: Message): Promise<Authentication>;
  /** Mail to people; absent: nobody is written to. */
  outbox?: Outbox;
  now(): Date;
  randomId(prefix: string): string;
  log: {
    info(fields: Record<string, unknown>, text: string): void;
    warn(fields: Record<string, unknown>, text: string): void;
    error(fields: Record<string, unknown>, text: string): void;
  };
  tuning: Tuning;
}

export interface Tuning {
  /** How long a worker may hold a row before another one takes over; longer than any single request may take. */
  leaseMs: number;
  /** When a retraction looks again, counted from its plan; REELBACK_CONFIRM_DELAYS. */
  confirmDelaysMs: readonly number[];
  /** First wait after an outcome nobody knows; doubles up to maxBackoffMs. */
  backoffMs: number;
  maxBackoffMs: number;
  /** When a mailbox or a copy that cannot be reached is given up. */
  giveUpMs: number;
  /** Mailboxes a worker takes at a time. */
  waveSize: number;
}

export const DEFAULT_TUNING: Tuning = {
  leaseMs: 60_000,
  confirmDelaysMs: [10 * 60_000, 24 * 3_600_000],
  backoffMs: 1_000,
  maxBackoffMs: 5 * 60_000,
  giveUpMs: 24 * 3_600_000,
  waveSize: 320,
};

/** Three consecutive clean finds close a mailbox: finds are eventually consistent, and no single move is final. */
export const CLEAN_FINDS = 3;

/** Waits before the n-th repetition (n from 1). */
export function backoffMs(tuning: Tuning, attempt: number): number {
  return Math.min(tuning.backoffMs * 2 ** Math.min(Math.max(attempt - 1, 0), 20), tuning.maxBackoffMs);
}

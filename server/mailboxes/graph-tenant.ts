/** What the verbs of the Graph adapter share: the client, the throttle and what was learnt about mailboxes. */
import type { GraphClient } from './graph-client.ts';
import type { GraphEffects } from './graph-settings.ts';
import type { Recent } from './recent.ts';
import type { Throttle } from './throttle.ts';

export interface GraphTenant {
  client: GraphClient;
  throttle: Throttle;
  effects: GraphEffects;
  /** Users without a cloud mailbox, lower case. A new mailbox may answer 404 for 15 minutes, so a day is safe and long. */
  absent: Recent<string, true>;
  retryForMs: number;
}

export const ABSENT_FOR_MS = 24 * 3_600_000;

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/** Pause before the next attempt: exponential with full jitter, never shorter than the other side asked for. */
export function pauseMs(attempt: number, askedMs: number | undefined, random: () => number): number {
  const most = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  return Math.max(askedMs ?? 0, most / 2 + (most / 2) * random());
}

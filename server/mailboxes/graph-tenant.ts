/** What the verbs of the Graph adapter share: the client, the throttle and what was learnt about mailboxes. */
import type { GraphClient, GraphRequest } from './graph-client.ts';
import type { GraphEffects } from './graph-settings.ts';
import type { Recent } from './recent.ts';
import type { Throttle } from './throttle.ts';

export interface GraphTenant {
  client: GraphClient;
  throttle: Throttle;
  effects: GraphEffects;
  /** Users without a cloud mailbox, lower case. A new mailbox may answer 404 for 15 minutes, so a day is safe and long. */
  absent: Recent<string, true>;
  /** Object ids of mailboxes whose address is not their principal name: Graph takes only those two as a key. */
  keys: Recent<string, string>;
  /** Asks the directory whose address this is: the object id, or null. */
  userIdOf: (address: string) => Promise<string | null>;
  retryForMs: number;
}

/** The request with the mailbox's user in front; a nextLink has it already. */
export function addressed(tenant: GraphTenant, mailbox: string | null, request: GraphRequest): GraphRequest {
  if (mailbox === null || !request.url.startsWith('/')) return request;
  const key = tenant.keys.get(mailbox.toLowerCase()) ?? mailbox;
  return { ...request, url: `/users/${encodeURIComponent(key)}${request.url}` };
}

export const ABSENT_FOR_MS = 24 * 3_600_000;

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/** Pause before the next attempt: exponential with full jitter, never shorter than the other side asked for. */
export function pauseMs(attempt: number, askedMs: number | undefined, random: () => number): number {
  const most = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  return Math.max(askedMs ?? 0, most / 2 + (most / 2) * random());
}

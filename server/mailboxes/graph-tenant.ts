/** What the verbs of the Graph adapter share: the client, the throttle and what was learnt about mailboxes. */
import type { Effects } from './effects.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import type { Recent } from './recent.ts';
import type { Throttle } from './throttle.ts';

export interface GraphTenant {
  client: GraphClient;
  throttle: Throttle;
  effects: Effects;
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

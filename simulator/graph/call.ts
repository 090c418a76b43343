/** One Graph request on its way through a route. */
import type { Fault } from '../faults.ts';
import type { Mailbox } from '../tenant/mailbox.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { accessDenied, badRequest, directoryDenied, noMailbox, noSuchUser, Refusal } from './errors.ts';
import type { Query } from './query.ts';

/** What nobody outside Microsoft knows for sure, or what differs between tenants: switches, read at every request. */
export interface GraphSettings {
  /** Added to every Graph request, and to every item of a batch. */
  latencyMs: number;
  /** `/messages` lists rows of hidden folders. */
  findsShowHidden: boolean;
  /** `/messages` lists rows of Recoverable Items. */
  findsShowDumpster: boolean;
  /** A mail shows in message trace so long after delivery. */
  traceLagMs: number;
  /** False: message trace's service principal is missing in the tenant, 401. */
  traceProvisioned: boolean;
  /** Requests at once in one mailbox before 429. */
  mailboxConcurrency: number;
  /** Moves in a row in one mailbox before Exchange chokes on them. */
  moveLimit: number;
  /** A move by immutable id of a mail its owner has moved leaves a duplicate (msgraph-sdk-python#1042). */
  duplicateAfterUserMove: boolean;
}

export const defaultSettings: GraphSettings = {
  latencyMs: 0,
  findsShowHidden: true,
  findsShowDumpster: false,
  traceLagMs: 5 * 60_000,
  traceProvisioned: true,
  mailboxConcurrency: 4,
  moveLimit: 500,
  duplicateAfterUserMove: false,
};

export interface Call {
  tenant: Tenant;
  settings: GraphSettings;
  method: string;
  /** Below `/v1.0`, as sent. */
  path: string;
  /** Of the path, decoded. */
  segments: string[];
  query: Query;
  header: (name: string) => string | undefined;
  body: unknown;
  /** Absolute, for next links: `…/graph/v1.0`. */
  base: string;
  roles: ReadonlySet<string>;
  /** The fault that changes what this request does rather than what it answers. */
  fault: Fault | null;
}

/** `Prefer: IdType="ImmutableId"`, among other preferences. */
export function prefersImmutableId(call: Call): boolean {
  return /IdType\s*=\s*"?ImmutableId"?/i.test(call.header('prefer') ?? '');
}

/**
 * The mailbox that segment 1 names, when the app may enter it.
 * @throws Refusal 403, 404
 */
export function mailboxOf(call: Call, write: boolean): Mailbox {
  const may = call.roles.has('Mail.ReadWrite') || (!write && call.roles.has('Mail.Read'));
  if (!may) throw accessDenied();
  const key = call.segments[1] ?? '';
  const person = call.tenant.person(key);
  if (!person) throw noSuchUser(key);
  const mailbox = call.tenant.mailbox(key);
  if (!mailbox) throw noMailbox();
  return mailbox;
}

/** @throws Refusal 403 */
export function needRole(call: Call, ...anyOf: string[]): void {
  if (!anyOf.some((role) => call.roles.has(role))) throw directoryDenied();
}

/**
 * A JSON object as body; property names without regard to case, as Graph's actions take them.
 * @throws Refusal 400, 415
 */
export function bodyOf(call: Call): Map<string, unknown> {
  const type = call.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type))
    throw new Refusal(415, 'RequestBodyRead', 'Content-Type header of the request is not application/json.');
  const body = call.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('Unable to read JSON request payload.');
  return new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
}

/** ISO 8601 to the second, as Graph writes times. */
export function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

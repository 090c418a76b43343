/** One Google API request on its way through a route. */
import type { Fault, RouteName } from '../faults.ts';
import type { Grant } from '../google-identity/token-desk.ts';
import type { Answer } from '../wire.ts';
import type { GmailMailbox } from '../workspace/mailbox.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { invalidArgument, parseError } from './errors.ts';
import type { GoogleSettings } from './settings.ts';

export interface GoogleCall {
  workspace: Workspace;
  settings: GoogleSettings;
  grant: Grant;
  /** Decoded, of the whole path. */
  segments: string[];
  query: URLSearchParams;
  body: unknown;
  /** The mailbox that the path names; only Gmail routes have one, and theirs always do. */
  mailbox: GmailMailbox;
  /** Of finds. */
  staleMs: number;
}

export interface GoogleRoute {
  method: string;
  /** `*` is one segment. */
  pattern: string;
  name: RouteName;
  /** One of them is enough. Without the common prefix, as in Google's tables. */
  scopes: readonly string[];
  /** Quota units; 0 for the Admin SDK, which counts queries. */
  units: number;
  /** Query parameters besides those of every method. */
  parameters: readonly string[];
  answer: (call: GoogleCall) => Answer;
}

/** Full name of a scope. */
export function scope(name: string): string {
  return name.startsWith('https:') ? name : `https://www.googleapis.com/auth/${name}`;
}

/** @throws GoogleRefusal 400 */
export function bodyOf(call: GoogleCall): Record<string, unknown> {
  if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body)) throw parseError();
  return call.body as Record<string, unknown>;
}

/** @throws GoogleRefusal 400 when there is more in the body than is known */
export function onlyFields(body: Record<string, unknown>, known: readonly string[]): void {
  for (const name of Object.keys(body))
    if (!known.includes(name))
      throw invalidArgument(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
}

/** @throws GoogleRefusal 400 */
export function stringList(body: Record<string, unknown>, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw invalidArgument(`Invalid value at '${name}' (TYPE_STRING)`);
  return value as string[];
}

/** `maxResults`; above the limit it is the limit. @throws GoogleRefusal 400 */
export function pageSize(query: URLSearchParams, usual: number, limit: number): number {
  const given = query.get('maxResults');
  if (given === null) return usual;
  if (!/^\d+$/.test(given) || given === '0') throw invalidArgument(`Invalid value at 'max_results': "${given}"`);
  return Math.min(Number(given), limit);
}

/**
 * One page of rows; tokens are offsets in disguise.
 * @throws GoogleRefusal 400 for a token we did not make
 */
export function pageOf<T>(
  rows: readonly T[],
  query: URLSearchParams,
  size: number,
): { page: T[]; nextPageToken?: string } {
  const token = query.get('pageToken');
  const offset =
    token === null || token === ''
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString()
            .replace(/^page /, ''),
        );
  if (!Number.isInteger(offset) || offset < 0) throw invalidArgument('Invalid pageToken');
  const page = rows.slice(offset, offset + size);
  const next = offset + size;
  if (next >= rows.length) return { page };
  return { page, nextPageToken: Buffer.from(`page ${next}`).toString('base64url') };
}

/** How old a stale find is. */
export function staleMsOf(fault: Fault | null): number {
  return fault && 'staleMs' in fault ? fault.staleMs : 0;
}

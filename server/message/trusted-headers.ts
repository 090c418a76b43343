/**
 * Which results of earlier checks may be believed: only what our own receivers wrote. A sender can write any header, but
 * only below the line that the first trusted receiver adds; position decides, not content (RFC 8601 sections 1.6, 5, 7.1).
 */
import { getDomain } from 'tldts';
import { type AuthenticationResults, readAuthenticationResults } from './authentication-results.ts';
import type { HeaderField, ReceivedHop } from './message.ts';
import { readReceived } from './received.ts';

/** The setting that stands for Microsoft 365, whose results carry no authserv-id. */
export const MICROSOFT_365 = 'microsoft365';

export interface TrustedHeaders {
  /** Fields of the topmost trusted receiver, top first; [] when nothing can be believed. */
  results: AuthenticationResults[];
  /** Value of a Received-SPF field in the same place; null when there is none. */
  receivedSpf: string | null;
  /** The hop at which the mail came in from outside, when it is ours. */
  boundary: ReceivedHop | null;
  /** Exchange Online took it from a signed-in person of the tenant; nothing of it came from outside. */
  submittedInside: boolean;
}

/** @param trusted authserv-ids, lower or upper case, and the word `microsoft365` */
export function trustedHeaders(headers: readonly HeaderField[], trusted: readonly string[]): TrustedHeaders {
  const ids = new Set(trusted.map((id) => id.trim().toLowerCase()).filter((id) => id !== ''));
  const end = firstForeignHop(headers, ids);
  let results: AuthenticationResults[] = [];
  let receivedSpf: string | null = null;
  let boundary: ReceivedHop | null = null;
  let hopsSeen = 0;
  let resultsAtHop = -1;
  for (const [index, { name, value }] of headers.entries()) {
    const key = name.toLowerCase();
    if (key === 'received' && index < end.index) {
      boundary = readReceived(value);
      hopsSeen++;
      continue;
    }
    if (index >= end.index) break;
    if (key === 'authentication-results') {
      const read = readAuthenticationResults(value);
      const believed =
        read.authservId === '' ? ids.has(MICROSOFT_365) && index < end.lastMicrosoftHop : ids.has(read.authservId);
      // Only the topmost group between two hops: a forged field lies lower than the genuine one of the same receiver.
      if (believed && (resultsAtHop < 0 || resultsAtHop === hopsSeen)) {
        resultsAtHop = hopsSeen;
        results = [...results, read];
      }
    } else if (key === 'received-spf' && receivedSpf === null && (resultsAtHop === hopsSeen || resultsAtHop < 0)) {
      if (index < end.lastMicrosoftHop || (hopsSeen > 0 && resultsAtHop === hopsSeen)) receivedSpf = value;
    }
  }
  return { results, receivedSpf, boundary, submittedInside: ids.has(MICROSOFT_365) && isSubmittedInside(headers) };
}

/**
 * `X-MS-Exchange-Organization-AuthAs: Internal`: the border removes such fields from mail that comes in, so only Exchange
 * writes them. One that says otherwise, or a hop that is not Microsoft's on either side, speaks against it.
 * @see https://learn.microsoft.com/exchange/header-firewall-exchange-2013-help
 */
function isSubmittedInside(headers: readonly HeaderField[]): boolean {
  const claims = headers.filter(({ name }) => name.toLowerCase() === 'x-ms-exchange-organization-authas');
  if (claims.length !== 1 || claims[0]?.value.trim().toLowerCase() !== 'internal') return false;
  const hops = headers.filter(({ name }) => name.toLowerCase() === 'received').map(({ value }) => readReceived(value));
  return hops.length > 0 && hops.every(({ from, by }) => isMicrosoftHost(from) && isMicrosoftHost(by));
}

const isMicrosoftHost = (host: string | null) => host !== null && /(?:^|\.)outlook\.(?:com|office365\.com)$/.test(host);

/** Where the unbroken block of our own Received fields at the top ends, and the lowest one of Microsoft 365 in it. */
function firstForeignHop(
  headers: readonly HeaderField[],
  ids: ReadonlySet<string>,
): { index: number; lastMicrosoftHop: number } {
  let lastMicrosoftHop = -1;
  for (const [index, { name, value }] of headers.entries()) {
    if (name.toLowerCase() !== 'received') continue;
    const { by } = readReceived(value);
    const isMicrosoft = ids.has(MICROSOFT_365) && isMicrosoftHost(by);
    if (isMicrosoft) lastMicrosoftHop = index;
    else if (!isOurs(by, ids)) return { index, lastMicrosoftHop };
  }
  return { index: headers.length, lastMicrosoftHop };
}

function isOurs(by: string | null, ids: ReadonlySet<string>): boolean {
  if (by === null) return false;
  for (const id of ids) {
    if (id === MICROSOFT_365) continue;
    if (by === id) return true;
    const domain = getDomain(id);
    if (domain !== null && (by === domain || by.endsWith(`.${domain}`))) return true;
    // Google writes internal hops with addresses of its own range instead of names.
    if (domain === 'google.com' && /^\[?2002:a[0-9a-f]{2}:/.test(by)) return true;
  }
  return false;
}

/** Magic mailboxes of Gmail: the local part of an address says what goes wrong there. Listed in DIFFERENCES.md. */
import type { Fault, RouteName } from '../faults.ts';

type Magic = (route: RouteName, count: number) => Fault | null;

const writes = new Set<RouteName>(['gmailModify', 'gmailTrash', 'gmailUntrash', 'gmailDelete', 'gmailBatchModify']);

/** By local part up to a `-`, `+` or `.`; `count` is the number of this mailbox's requests of the route so far, from 0. */
const magic = new Map<string, Magic>([
  // Two refusals in Google's two spellings, then one request is served.
  [
    'throttled',
    (_, count) =>
      [
        { status: 403, code: 'userRateLimitExceeded', message: 'User-rate limit exceeded.' },
        { status: 429, code: 'rateLimitExceeded', message: 'Too many concurrent requests for user.' },
        null,
      ][count % 3]!,
  ],
  ['temperror', (_, count) => (count % 2 === 0 ? { status: 503 } : null)],
  [
    'permerror',
    () => ({ status: 403, code: 'domainPolicy', message: 'The domain administrators have disabled Gmail apps.' }),
  ],
  ['slow', () => ({ delayMs: 2000 })],
  ['silent', (route) => (writes.has(route) ? { lost: 'silence', afterEffect: true } : null)],
  ['stale', (route) => (route === 'gmailList' ? { staleMs: 10_000 } : null)],
  // The first write of three is done and its answer lost.
  ['lostreply', (route, count) => (writes.has(route) && count % 3 !== 2 ? { lost: 'reset', afterEffect: true } : null)],
  ['timeout504', (route, count) => (writes.has(route) && count % 3 !== 2 ? { status: 504, afterEffect: true } : null)],
  ['gone', (route) => (writes.has(route) ? { ownerDeletes: true } : null)],
  ['nomailbox', () => ({ status: 400, code: 'failedPrecondition', message: 'Mail service not enabled' })],
]);

export const gmailMagicNames: readonly string[] = [...magic.keys()];

export function isGmailMagic(address: string): boolean {
  return magic.has(nameOf(address));
}

export function gmailMagicFault(address: string, route: RouteName, count: number): Fault | null {
  return magic.get(nameOf(address))?.(route, count) ?? null;
}

function nameOf(address: string): string {
  return /^[^@+.-]*/.exec(address)![0];
}

/** Magic mailboxes: the local part of an address says what goes wrong there. Listed in DIFFERENCES.md. */
import type { Fault, RouteName } from './faults.ts';

type Magic = (route: RouteName, count: number) => Fault | null;

const writes = new Set<RouteName>(['move', 'patch', 'purge', 'delete']);
const finds = new Set<RouteName>(['find', 'findInFolder']);

/** By local part up to a `-`, `+` or `.`; `count` is the number of this mailbox's requests of the route so far, from 0. */
const magic = new Map<string, Magic>([
  // Two refusals, once in seconds and once as an HTTP date, then one request is served.
  [
    'throttled',
    (_, count) =>
      count % 3 === 2
        ? null
        : {
            status: 429,
            code: 'ApplicationThrottled',
            message: 'Application is over its MailboxConcurrency limit.',
            retryAfter: count % 3 === 0 ? 1 : 'date',
          },
  ],
  // Every other request is refused for now.
  [
    'temperror',
    (_, count) =>
      count % 2 === 0
        ? {
            status: 503,
            code: 'ServiceUnavailable',
            message: 'The service is temporarily unavailable. Please retry.',
            retryAfter: 1,
          }
        : null,
  ],
  [
    'permerror',
    () => ({ status: 403, code: 'ErrorAccessDenied', message: 'Access is denied. Check credentials and try again.' }),
  ],
  ['slow', () => ({ delayMs: 2000 })],
  ['silent', (route) => (writes.has(route) ? { lost: 'silence', afterEffect: true } : null)],
  ['stale', (route) => (finds.has(route) ? { staleMs: 10_000 } : null)],
  // The first write of three is done and its answer lost.
  ['lostreply', (route, count) => (writes.has(route) && count % 3 !== 2 ? { lost: 'reset', afterEffect: true } : null)],
  [
    'timeout504',
    (route, count) =>
      writes.has(route) && count % 3 !== 2
        ? { status: 504, code: 'UnknownError', message: '', afterEffect: true }
        : null,
  ],
  ['duplicate', (route) => (route === 'move' ? { duplicate: true } : null)],
  ['gone', (route) => (route === 'move' ? { ownerDeletes: true } : null)],
  [
    'nomailbox',
    () => ({
      status: 404,
      code: 'MailboxNotEnabledForRESTAPI',
      message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    }),
  ],
]);

export const magicNames: readonly string[] = [...magic.keys()];

export function isMagic(address: string): boolean {
  return magic.has(nameOf(address));
}

export function magicFault(address: string, route: RouteName, count: number): Fault | null {
  return magic.get(nameOf(address))?.(route, count) ?? null;
}

function nameOf(address: string): string {
  return /^[^@+.-]*/.exec(address)![0];
}

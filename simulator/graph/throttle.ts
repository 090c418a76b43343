/** Exchange's limits per app and mailbox: requests at once, in ten minutes, and moves in a row. */
import type { Mailbox } from '../tenant/mailbox.ts';
import type { GraphSettings } from './call.ts';
import { Refusal } from './errors.ts';

const windowMs = 10 * 60_000;
const requestsInWindow = 10_000;
/** Moves further apart than this are not in a row. One report only (outlook-dev-docs#144): the number is ours. */
const moveGapMs = 60_000;

/**
 * Counts the request in; `leave` must be called at its end.
 * @throws Refusal 429 with Retry-After in seconds and, every other time, as an HTTP date
 */
export function enter(mailbox: Mailbox, settings: GraphSettings, now: number): void {
  const { load } = mailbox;
  if (now - load.windowStart >= windowMs) {
    load.windowStart = now;
    load.inWindow = 0;
  }
  load.inWindow += 1;
  if (load.inFlight >= settings.mailboxConcurrency)
    throw throttled('Application is over its MailboxConcurrency limit.', 1, load.inWindow % 2 === 0, now);
  if (load.inWindow > requestsInWindow)
    throw throttled(
      'Application is over its RequestsPerApp limit.',
      Math.ceil((load.windowStart + windowMs - now) / 1000),
      false,
      now,
    );
  load.inFlight += 1;
}

export function leave(mailbox: Mailbox): void {
  mailbox.load.inFlight -= 1;
}

/** @throws Refusal 500 on the first move too many, 429 on the next ones, until the mailbox was left alone for a minute */
export function countMove(mailbox: Mailbox, settings: GraphSettings, now: number): void {
  const { load } = mailbox;
  if (now - load.lastMoveAt > moveGapMs) load.moves = 0;
  load.lastMoveAt = now;
  load.moves += 1;
  if (load.moves === settings.moveLimit + 1)
    throw new Refusal(500, 'ErrorMoveCopyFailed', 'The move or copy operation failed.');
  if (load.moves > settings.moveLimit)
    throw new Refusal(429, 'ErrorTooManyObjectsOpened', 'Too many concurrent connections opened.', {
      'retry-after': '60',
    });
}

export function throttled(message: string, seconds: number, asDate: boolean, now: number): Refusal {
  return new Refusal(429, 'ApplicationThrottled', message, {
    'retry-after': retryAfter(asDate ? 'date' : seconds, now),
  });
}

/** Delta seconds, or an HTTP date two seconds from now (RFC 9110 section 10.2.3). */
export function retryAfter(value: number | 'date', now: number): string {
  return value === 'date' ? new Date(now + 2000).toUTCString() : String(value);
}

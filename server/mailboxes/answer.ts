/** What both services' answers have in common: how long they ask to wait, and what silence means. */
import { type PermanentError, TemporaryError } from '../../shared/errors.ts';

/** One answer, outer or inside a batch. Header names are lower case. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A read may be sent again at will; after a lost write nobody knows whether it happened. */
export type Purpose = 'read' | 'write';

/** The answer is none of the expected ones. */
export type Refused = { is: 'refused'; error: TemporaryError | PermanentError };

/** Longer than any Retry-After that was reported; keeps a broken clock from parking a mailbox for a year. */
export const LONGEST_WAIT_MS = 3_600_000;

/** Retry-After as milliseconds from now, from seconds or an HTTP date; undefined when absent or unreadable. */
export function retryAfterMs(answer: Answer, nowMs: number): number | undefined {
  const said = answer.headers['retry-after']?.trim();
  if (!said) return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1000 : Date.parse(said) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS);
}

/** What a throttle is told about a meaning: null when there was no trouble. */
export function troubleOf(meaning: { is: string } | Refused): { waitMs?: number } | null {
  if (!('error' in meaning) || !(meaning.error instanceof TemporaryError)) return null;
  return { waitMs: meaning.error.retryAfterMs };
}

/** The connection failed before anything was sent, so nothing can have happened. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

/** What fetch threw (reset, silence, no connection) as a TemporaryError. */
export function lostReply(service: string, cause: unknown, purpose: Purpose): TemporaryError {
  const code = causeCode(cause);
  return new TemporaryError(`${service}: no answer${code && ` (${code})`}`, {
    outcomeUnknown: purpose === 'write' && !NEVER_SENT.has(code),
    cause,
  });
}

/** Not by `instanceof`: fetch may throw the errors of another realm. */
function causeCode(error: unknown): string {
  let at = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if ('name' in at && at.name === 'TimeoutError') return 'silence';
    at = 'cause' in at ? at.cause : null;
  }
  return '';
}

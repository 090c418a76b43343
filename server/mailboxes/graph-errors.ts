/** What an answer of Graph means for us: the one place that knows its status and error codes. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, type Purpose, type Refused, retryAfterMs } from './answer.ts';

export type Meaning =
  | { is: 'done'; answer: Answer }
  /** The item is not there (any more). */
  | { is: 'gone' }
  /** The folder that was named is not there (any more). */
  | { is: 'folder_gone' }
  /** The directory knows no user or group under the key that was asked by. */
  | { is: 'unknown' }
  | Refused;

const NO_MAILBOX = new Set(['MailboxNotEnabledForRESTAPI', 'MailboxNotSupportedForRESTAPI', 'ErrorNonExistentMailbox']);
const UNKNOWN = new Set(['ResourceNotFound', 'Request_ResourceNotFound', 'ErrorInvalidUser']);
const GONE = new Set(['ErrorItemNotFound', 'ErrorCannotDeleteObject', 'ErrorInvalidIdMalformed', 'ErrorInvalidId']);
/** After some 500 moves in a row a mailbox wants rest; how long nobody has published. */
const TIRED_MAILBOX = new Set(['ErrorMoveCopyFailed', 'ErrorTooManyObjectsOpened']);
const TIRED_MAILBOX_MS = 60_000;
/** Graph sends Retry-After with a 429; this is for the one that does not. */
const THROTTLED_MS = 10_000;

/** @param nowMs for a Retry-After that is a date */
export function meaningOf(answer: Answer, purpose: Purpose, nowMs: number): Meaning {
  const { status } = answer;
  if (status >= 200 && status < 300) return { is: 'done', answer };
  const code = errorCode(answer.body);
  if (GONE.has(code)) return { is: 'gone' };
  if (UNKNOWN.has(code)) return { is: 'unknown' };
  if (code === 'ErrorFolderNotFound') return { is: 'folder_gone' };
  return { is: 'refused', error: errorOf(status, code, purpose, retryAfterMs(answer, nowMs)) };
}

function errorOf(status: number, code: string, purpose: Purpose, waitMs: number | undefined) {
  const said = `graph: ${status} ${code}`;
  if (TIRED_MAILBOX.has(code)) {
    return new TemporaryError(said, { retryAfterMs: waitMs ?? TIRED_MAILBOX_MS, outcomeUnknown: status !== 429 });
  }
  if (status === 429) return new TemporaryError(said, { retryAfterMs: waitMs ?? THROTTLED_MS });
  // 424: the batch never ran this item. 408, 409, 423 on a write leave open what happened.
  if (status === 424) return new TemporaryError(said);
  if (status >= 500 && status !== 501) {
    return new TemporaryError(said, { retryAfterMs: waitMs, outcomeUnknown: purpose === 'write' });
  }
  if (status === 408 || status === 409 || status === 423 || status === 425) {
    return new TemporaryError(said, { retryAfterMs: waitMs, outcomeUnknown: purpose === 'write' });
  }
  if (status === 410) return new PermanentError('sync_lost', said);
  if (status === 401) return new PermanentError('consent-revoked', said);
  if (NO_MAILBOX.has(code)) return new PermanentError('no_mailbox', said);
  if (status === 403) return new PermanentError(/hold/i.test(code) ? 'held' : 'not_authorized', said);
  if (status === 405 || status === 501) return new PermanentError('unsupported', said);
  return new PermanentError('unexpected_answer', said);
}

/** `error.code` of an error body; '' when there is none. Graph's message is left out: it may quote mail. */
export function errorCode(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return '';
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code.slice(0, 100) : '';
}

/** What an answer of Google means for us: the one place that knows its status codes and reasons. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, LONGEST_WAIT_MS, type Purpose, type Refused, retryAfterMs } from './answer.ts';

export type Meaning =
  | { is: 'done'; answer: Answer }
  /** The message, user or group is not there (any more). */
  | { is: 'gone' }
  /** A label that was named is not there (any more); nothing was done. */
  | { is: 'label_gone' }
  | Refused;

/** Arrive as 403 or as 429. */
const QUOTA = new Set(['userRateLimitExceeded', 'rateLimitExceeded', 'quotaExceeded', 'RATE_LIMIT_EXCEEDED']);
const DAILY = new Set(['dailyLimitExceeded', 'dailyLimitExceededUnreg']);
/** The project lacks the API: a person must act, for everybody. */
const NOT_CONFIGURED = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);
/** What a service asks for that names no time; users' windows are a minute long. */
const THROTTLED_MS = 10_000;

/** @param nowMs for a time named in header or text */
export function meaningOf(answer: Answer, purpose: Purpose, nowMs: number): Meaning {
  const { status } = answer;
  if (status >= 200 && status < 300) return { is: 'done', answer };
  const said = saidIn(answer.body);
  if (status === 404) return { is: 'gone' };
  if (status === 400 && said.reason !== 'failedPrecondition') {
    if (/^invalid id\b/i.test(said.message)) return { is: 'gone' };
    if (/invalid label|labelid not found/i.test(said.message)) return { is: 'label_gone' };
    // The directory says so of keys that cannot be an address of anybody.
    if (/\b(user|group|member)Key\b/.test(said.message)) return { is: 'gone' };
  }
  return { is: 'refused', error: errorOf(answer, said, purpose, nowMs) };
}

function errorOf(answer: Answer, { reason, message }: Said, purpose: Purpose, nowMs: number) {
  const { status } = answer;
  const said = `gmail: ${status} ${reason}`.trim();
  const asked = retryAfterMs(answer, nowMs) ?? timeIn(message, nowMs);
  if (DAILY.has(reason)) return new TemporaryError(said, { retryAfterMs: LONGEST_WAIT_MS });
  if (status === 429 || (status === 403 && QUOTA.has(reason))) {
    return new TemporaryError(said, { retryAfterMs: asked ?? THROTTLED_MS });
  }
  if ((status >= 500 && status !== 501) || status === 408 || status === 409 || status === 425) {
    return new TemporaryError(said, { retryAfterMs: asked, outcomeUnknown: purpose === 'write' });
  }
  if (status === 401 || NOT_CONFIGURED.has(reason)) return new PermanentError('consent-revoked', said);
  // "Mail service not enabled", "Precondition check failed": a user without Gmail.
  if (status === 400 && reason === 'failedPrecondition') return new PermanentError('no_mailbox', said);
  if (status === 403) return new PermanentError('not_authorized', said);
  if (status === 405 || status === 501) return new PermanentError('unsupported', said);
  return new PermanentError('unexpected_answer', said);
}

interface Said {
  reason: string;
  /** Read, never passed on: it may quote an address. */
  message: string;
}

/** Reason and message of an error body, in Google's older or newer shape; empty when there are none. */
function saidIn(body: unknown): Said {
  const error = fieldsOf(fieldsOf(body).error);
  const [first] = arrayOf(error.errors).map(fieldsOf);
  const detail = arrayOf(error.details)
    .map(fieldsOf)
    .find(({ reason }) => typeof reason === 'string');
  const failed = error.status === 'FAILED_PRECONDITION' ? 'failedPrecondition' : '';
  const reason = failed || textOf(first?.reason) || textOf(detail?.reason) || textOf(error.status);
  return { reason: reason.slice(0, 100), message: textOf(error.message) };
}

/** "User-rate limit exceeded.  Retry after 2026-11-21T22:00:00.000Z" */
function timeIn(message: string, nowMs: number): number | undefined {
  const [, time] = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(message) ?? [];
  const waitMs = Date.parse(time ?? '') - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

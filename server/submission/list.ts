import type { SubmissionStatus } from '../../shared/submission.ts';
import {
  DEFAULT_DAYS,
  type SubmissionFilters,
  type SubmissionOrder,
  type SubmissionRecord,
} from '../../shared/submission-record.ts';
import { REVIEW_STATES, type ReviewState } from '../../shared/vendor-words.ts';
import { listRecords, type RecordQuery } from '../store/submission-records.ts';
import { recordsOf } from './record.ts';
import type { SubmissionWorld } from './world.ts';

const DAY_MS = 24 * 3_600_000;
const REVIEW: readonly string[] = REVIEW_STATES;

type Asked = SubmissionFilters & { cursor?: string; limit: number; language: string };

export async function listOf(
  world: Pick<SubmissionWorld, 'tenant' | 'store' | 'now'>,
  asked: Asked,
): Promise<{ items: SubmissionRecord[]; next_cursor?: string }> {
  const query = queryOf(world, asked);
  const found = await listRecords(world.store.db, { ...query, limit: asked.limit + 1 });
  const page = found.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    items: await recordsOf(world.store.db, page, asked.language),
    ...(found.length > asked.limit && last ? { next_cursor: encode(query, { key: last.sort_key, id: last.id }) } : {}),
  };
}

/** The filter `status` says two things, in words of their own: how far the analysis is, and whether a person has looked. */
export function queryOf(
  world: { tenant: string; now(): Date },
  asked: Omit<Asked, 'limit' | 'language'>,
): Omit<RecordQuery, 'limit'> {
  const isReview = asked.status !== undefined && REVIEW.includes(asked.status);
  const order = asked.order ?? 'requested_at';
  const direction = asked.direction ?? 'desc';
  const lookedUp = asked.submission_id !== undefined;
  return {
    tenant: world.tenant,
    type: asked.type ?? null,
    status: asked.status && !isReview ? (asked.status as SubmissionStatus) : null,
    reviewState: asked.customer_status ?? (isReview ? (asked.status as ReviewState) : null),
    originalDisposition: asked.original_disposition ?? null,
    requestedDisposition: asked.requested_disposition ?? null,
    outcomeDisposition: asked.outcome_disposition ?? null,
    escalatedFromUser: asked.escalated_from_user ?? null,
    text: asked.query ? asked.query.replaceAll('\u0000', '').slice(0, 200) || null : null,
    id: asked.submission_id?.replaceAll('\u0000', '') ?? null,
    // Who names a submission wants it however old it is.
    start: momentOf(asked.start) ?? (lookedUp ? null : daysBefore(world.now())),
    end: momentOf(asked.end),
    order,
    direction,
    after: decode({ order, direction }, asked.cursor),
  };
}

const daysBefore = (now: Date) => new Date(now.getTime() - DEFAULT_DAYS * DAY_MS);

/** Where a list went on, opaque to clients: of another order, or not ours, it begins at the top. */
function encode(by: { order: SubmissionOrder; direction: string }, after: { key: string; id: string }): string {
  return Buffer.from(JSON.stringify([by.order, by.direction, after.key, after.id])).toString('base64url');
}

function decode(by: { order: SubmissionOrder; direction: string }, cursor: string | undefined): RecordQuery['after'] {
  if (!cursor) return null;
  try {
    const [order, direction, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (order !== by.order || direction !== by.direction) return null;
    if (typeof key !== 'string' || typeof id !== 'string' || `${key}${id}`.includes('\u0000')) return null;
    return fits(by.order, key) ? { key, id } : null;
  } catch {
    return null;
  }
}

/** Only what PostgreSQL reads back as the type of the order. */
function fits(order: SubmissionOrder, key: string): boolean {
  if (order === 'requested_at') return isMoment(key);
  if (order === 'subject' || order === 'submission_id') return true;
  return /^\d$/.test(key);
}

/** As PostgreSQL writes a timestamptz into JSON, of a day that there is. */
function isMoment(key: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-4]):\d\d$/.exec(key);
  if (!parts || Number.isNaN(Date.parse(key))) return false;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  return year >= 1970 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** null for what is no moment after all, such as a leap second; nothing here is older than 1970. */
function momentOf(text: string | undefined): Date | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(Math.max(at, 0));
}

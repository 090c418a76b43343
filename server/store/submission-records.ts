/** Submissions as lists ask for them: filtered, and in one of several orders. */
import { sql } from 'kysely';
import type { RetractionCause, RetractionState } from '../../shared/retraction.ts';
import type { SubmissionStatus } from '../../shared/submission.ts';
import type { SubmissionOrder } from '../../shared/submission-record.ts';
import type { ReviewState } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';
import type { ReviewColumns } from './reviews.ts';
import type { SubmissionRow } from './submissions.ts';

/** A submission with what a list says beside it. */
export type RecordRow = SubmissionRow & ReviewColumns & Beside;

interface Beside {
  campaign_key: string | null;
  retraction_cause: RetractionCause | null;
  retraction_preview: boolean | null;
  retraction_state: RetractionState | null;
  /** What the row stands by in the order of the list, as the cursor keeps it. */
  sort_key: string;
}

export interface RecordQuery {
  tenant: string;
  type: 'USER' | 'TEAM' | null;
  status: SubmissionStatus | null;
  reviewState: ReviewState | null;
  originalDisposition: Disposition | null;
  requestedDisposition: Disposition | null;
  outcomeDisposition: Disposition | null;
  escalatedFromUser: boolean | null;
  /** Part of subject, sender or reporter, in any case. */
  text: string | null;
  id: string | null;
  /** Inclusive. */
  start: Date | null;
  /** Exclusive. */
  end: Date | null;
  order: SubmissionOrder;
  direction: 'asc' | 'desc';
  /** The last row of the page before. */
  after: { key: string; id: string } | null;
  limit: number;
}

/** Each has an index of its own, with the id behind it; the type is what its key is read back as. */
const ORDER = {
  requested_at: { by: sql`s.requested_at`, key: sql`to_json(s.requested_at)#>>'{}'`, type: sql`timestamptz` },
  submission_id: { by: sql`s.id`, key: sql`s.id`, type: sql`text` },
  subject: { by: sql`left(s.subject, 200)`, key: sql`left(s.subject, 200)`, type: sql`text` },
  original_disposition: rankOf(sql`s.original_disposition`),
  requested_disposition: rankOf(sql`s.requested_disposition`),
  outcome_disposition: rankOf(sql`s.outcome_disposition`),
};

function rankOf(column: ReturnType<typeof sql>) {
  return {
    by: sql`disposition_rank(${column})`,
    key: sql`disposition_rank(${column})::text`,
    type: sql`integer`,
  };
}

export async function listRecords(db: Db, query: RecordQuery): Promise<RecordRow[]> {
  const { by, key, type } = ORDER[query.order];
  const descending = query.direction === 'desc';
  const way = descending ? sql`desc` : sql`asc`;
  const like = query.text ? `%${query.text.replace(/[\\%_]/g, '\\$&')}%` : null;
  const conditions = [
    sql`s.tenant = ${query.tenant}`,
    ...(query.type ? [sql`s.submission_type = ${query.type}`] : []),
    ...(query.status ? [sql`s.status = ${query.status}`] : []),
    ...(query.reviewState ? [sql`s.review_state = ${query.reviewState}`] : []),
    ...(query.originalDisposition ? [sql`s.original_disposition = ${query.originalDisposition}`] : []),
    ...(query.requestedDisposition ? [sql`s.requested_disposition = ${query.requestedDisposition}`] : []),
    ...(query.outcomeDisposition ? [sql`s.outcome_disposition = ${query.outcomeDisposition}`] : []),
    ...(query.escalatedFromUser === null
      ? []
      : [sql`s.submission_type = 'TEAM' and (s.escalated_submission_id is not null) = ${query.escalatedFromUser}`]),
    ...(like ? [sql`(s.subject ilike ${like} or s.header_from ilike ${like} or s.requested_by ilike ${like})`] : []),
    ...(query.id ? [sql`s.id = ${query.id}`] : []),
    ...(query.start ? [sql`s.requested_at >= ${query.start}`] : []),
    ...(query.end ? [sql`s.requested_at < ${query.end}`] : []),
    ...(query.after
      ? [
          sql`(${by}, s.id) ${descending ? sql`<` : sql`>`} (${query.after.key}::text::${type}, ${query.after.id}::text)`,
        ]
      : []),
  ];
  return rows<RecordRow>(
    db,
    sql`select s.*, ${key} as sort_key, m.campaign_key, r.cause as retraction_cause, r.preview as retraction_preview,
               r.state as retraction_state
        from submissions s left join messages m on m.id = s.message_id left join retractions r on r.id = s.retraction_id
        where ${sql.join(conditions, sql` and `)}
        order by ${by} ${way}, s.id ${way} limit ${query.limit}`,
  );
}

export async function recordById(db: Db, tenant: string, id: string): Promise<RecordRow | null> {
  const [found] = await listRecords(db, {
    tenant,
    type: null,
    status: null,
    reviewState: null,
    originalDisposition: null,
    requestedDisposition: null,
    outcomeDisposition: null,
    escalatedFromUser: null,
    text: null,
    id,
    start: null,
    end: null,
    order: 'submission_id',
    direction: 'asc',
    after: null,
    limit: 1,
  });
  return found ?? null;
}

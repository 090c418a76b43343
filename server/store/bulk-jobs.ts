/** Bulk jobs. What became of their messages is in bulk-messages.ts, and is what their counters are counted from. */
import { sql } from 'kysely';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import type { BulkAction, BulkJobStatus } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface BulkJobRow {
  id: string;
  tenant: string;
  action: BulkAction;
  destination: ChoosableDestination | null;
  disposition: Disposition | null;
  comment: string;
  /** As the search room reads it; opaque here. null: the messages were named. */
  search: unknown;
  language: string;
  status: BulkJobStatus;
  status_message: string | null;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
  discovery_cursor: string | null;
  discovery_over: boolean;
  discovery_errors: number;
  undo_of: string | null;
}

/** A job with what is counted of its messages. */
export interface CountedJob extends BulkJobRow {
  undone_by: string | null;
  discovered: number;
  pending: number;
  successful: number;
  failed: number;
  skipped: number;
  cancelled: number;
  /** Messages whose effect an undo would take back. */
  undoable: number;
}

export type NewBulkJob = Pick<
  BulkJobRow,
  | 'id'
  | 'tenant'
  | 'action'
  | 'destination'
  | 'disposition'
  | 'comment'
  | 'search'
  | 'language'
  | 'created_by'
  | 'created_at'
  | 'undo_of'
>;

/** @returns false when the job it would undo has been undone */
export async function insertJob(trx: Db, j: NewBulkJob): Promise<boolean> {
  const created = await row(
    trx,
    sql`insert into bulk_jobs (id, tenant, action, destination, disposition, comment, search, language, status, created_by, created_at,
          undo_of, discovery_over)
        values (${j.id}, ${j.tenant}, ${j.action}, ${j.destination}, ${j.disposition}, ${j.comment},
          ${j.search === null ? null : JSON.stringify(j.search)}::jsonb, ${j.language}, 'PENDING', ${j.created_by}, ${j.created_at},
          ${j.undo_of}, ${j.search === null})
        on conflict (undo_of) do nothing returning id`,
  );
  return created !== null;
}

export async function lockJob(trx: Db, tenant: string, id: string): Promise<BulkJobRow | null> {
  return row<BulkJobRow>(trx, sql`select * from bulk_jobs where tenant = ${tenant} and id = ${id} for no key update`);
}

const counted = sql`
  select j.*, u.id as undone_by, n.*
  from bulk_jobs j left join bulk_jobs u on u.undo_of = j.id
  cross join lateral (
    select count(*)::int as discovered,
           count(*) filter (where m.status in ('PENDING', 'PROCESSING'))::int as pending,
           count(*) filter (where m.status = 'COMPLETED')::int as successful,
           count(*) filter (where m.status = 'FAILED')::int as failed,
           count(*) filter (where m.status = 'SKIPPED')::int as skipped,
           count(*) filter (where m.status = 'CANCELLED')::int as cancelled,
           count(*) filter (where m.own and m.retraction_id is not null)::int as undoable
    from bulk_job_messages m where m.job_id = j.id) n`;

export async function jobById(db: Db, tenant: string, id: string): Promise<CountedJob | null> {
  return row<CountedJob>(db, sql`${counted} where j.tenant = ${tenant} and j.id = ${id}`);
}

/** Newest first. */
export async function listJobs(
  db: Db,
  query: { tenant: string; status: BulkJobStatus | null; before: { at: Date; id: string } | null; limit: number },
): Promise<CountedJob[]> {
  const { before } = query;
  return rows<CountedJob>(
    db,
    sql`${counted} where j.tenant = ${query.tenant}
          and (${query.status}::text is null or j.status = ${query.status})
          and (${before?.at ?? null}::timestamptz is null
               or (j.created_at, j.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::text))
        order by j.created_at desc, j.id desc limit ${query.limit}`,
  );
}

/** Jobs that are not over, and cancelled ones of which something is still under way; oldest first. */
export async function unfinishedJobs(db: Db, tenant: string): Promise<BulkJobRow[]> {
  return rows<BulkJobRow>(
    db,
    sql`select * from bulk_jobs where tenant = ${tenant} and status in ('PENDING', 'DISCOVERING', 'PROCESSING')
        union all
        select j.* from bulk_jobs j where j.tenant = ${tenant} and j.status = 'CANCELLED'
          and exists (select 1 from bulk_job_messages m where m.job_id = j.id and m.status = 'PROCESSING')
        order by created_at limit 50`,
  );
}

/** Whether any job has something to do now: not those that wait for a person to let their retractions run. */
export async function bulkWorkWaits(db: Db, tenant: string): Promise<boolean> {
  return (
    (await row(
      db,
      sql`select 1 from bulk_jobs j where j.tenant = ${tenant} and (
            j.status in ('PENDING', 'DISCOVERING')
            or j.status in ('PROCESSING', 'CANCELLED') and exists (
              select 1 from bulk_job_messages m left join retractions r on r.id = m.retraction_id
              where m.job_id = j.id and (m.status = 'PENDING' or m.status = 'PROCESSING' and r.state is distinct from 'held'))
            or j.status = 'PROCESSING' and not exists (
              select 1 from bulk_job_messages m where m.job_id = j.id and m.status in ('PENDING', 'PROCESSING')))
          limit 1`,
    )) !== null
  );
}

/** Takes the next page of a job's search; null when it is over, or somebody else reads it. */
export async function claimDiscovery(
  db: Db,
  id: string,
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<BulkJobRow | null> {
  return row<BulkJobRow>(
    db,
    sql`update bulk_jobs set status = 'DISCOVERING', started_at = coalesce(started_at, ${now}), owner = ${owner},
               lease_until = ${new Date(now.getTime() + leaseMs)}
        where id = ${id} and status in ('PENDING', 'DISCOVERING') and not discovery_over
          and (lease_until is null or lease_until < ${now}) and (not_before is null or not_before <= ${now})
        returning *`,
  );
}

/** A page is written down, and where the next one begins. @returns false when the lease was lost or the job is cancelled */
export async function recordPage(
  trx: Db,
  id: string,
  owner: string,
  page: { messageIds: readonly string[]; cursor: string | null },
): Promise<boolean> {
  const held = await touched(
    trx,
    sql`update bulk_jobs set discovery_cursor = ${page.cursor}, discovery_over = ${page.cursor === null}, owner = null,
               lease_until = null, discovery_errors = 0
        where id = ${id} and owner = ${owner} and status = 'DISCOVERING'`,
  );
  if (held === 0) return false;
  await insertMessages(trx, id, page.messageIds);
  return true;
}

/** Found twice is one row. */
export async function insertMessages(trx: Db, jobId: string, messageIds: readonly string[]): Promise<void> {
  await sql`insert into bulk_job_messages (job_id, message_id) select ${jobId}, id from unnest(${[...messageIds]}::text[]) as id
            on conflict do nothing`.execute(trx);
}

/** What a job moved, or gave back, becomes the work of the job that undoes it. */
export async function insertUndoMessages(trx: Db, jobId: string, undone: string): Promise<number> {
  return touched(
    trx,
    sql`insert into bulk_job_messages (job_id, message_id, undoes)
        select ${jobId}, message_id, retraction_id from bulk_job_messages
        where job_id = ${undone} and own and retraction_id is not null`,
  );
}

export async function postponeDiscovery(db: Db, id: string, owner: string, until: Date): Promise<void> {
  await sql`update bulk_jobs set owner = null, lease_until = null, not_before = ${until}, discovery_errors = discovery_errors + 1
            where id = ${id} and owner = ${owner}`.execute(db);
}

/** Once everything is found, the work begins. */
export async function beginProcessing(trx: Db, id: string, now: Date): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update bulk_jobs set status = 'PROCESSING', started_at = coalesce(started_at, ${now}), not_before = null
          where id = ${id} and status in ('PENDING', 'DISCOVERING') and discovery_over`,
    )) > 0
  );
}

/**
 * A job without open messages is over: FAILED when nothing of what was tried came off.
 * @returns the state it ended in; null while it goes on
 */
export async function finishJob(trx: Db, id: string, now: Date): Promise<BulkJobStatus | null> {
  const over = await row<{ status: BulkJobStatus }>(
    trx,
    sql`update bulk_jobs j set completed_at = ${now},
               status = case when n.failed > 0 and n.successful = 0 then 'FAILED' else 'COMPLETED' end,
               status_message = case when n.failed > 0 and n.successful = 0 then 'all_failed'
                                     when n.failed > 0 then 'some_failed' end
        from (select count(*) filter (where status = 'FAILED') as failed, count(*) filter (where status = 'COMPLETED') as successful,
                     count(*) filter (where status in ('PENDING', 'PROCESSING')) as open
              from bulk_job_messages where job_id = ${id}) n
        where j.id = ${id} and j.status = 'PROCESSING' and n.open = 0
        returning j.status`,
  );
  return over?.status ?? null;
}

/** Ends a job before its time. What is under way goes on; what waits does not begin. */
export async function endJob(
  trx: Db,
  id: string,
  end: { status: 'FAILED' | 'CANCELLED'; message: string | null; at: Date },
): Promise<boolean> {
  const ended = await touched(
    trx,
    sql`update bulk_jobs set status = ${end.status}, status_message = ${end.message}, completed_at = ${end.at}, owner = null,
               lease_until = null
        where id = ${id} and status in ('PENDING', 'DISCOVERING', 'PROCESSING')`,
  );
  if (ended === 0) return false;
  await sql`update bulk_job_messages set status = 'CANCELLED', processed_at = ${end.at}, owner = null, lease_until = null
            where job_id = ${id} and status = 'PENDING'`.execute(trx);
  return true;
}

export async function deleteJob(trx: Db, id: string): Promise<void> {
  await sql`delete from bulk_jobs where id = ${id}`.execute(trx);
}

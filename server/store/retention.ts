/** What is too old to be kept. Every question is bounded: a batch at a time, in an order of its own. */
import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

export interface BodyLimits {
  tenant: string;
  /** Bodies of mail received before. */
  before: Date;
  /** Bodies of mail in which nothing was found, judged before; null: none by that. */
  cleanBefore: Date | null;
}

/** A mail or a report that still needs the bytes; those of other tenants always do. */
const wanted = ({ tenant, before, cleanBefore }: BodyLimits) => sql`
  exists (
    select from messages m where m.sha256 = b.sha256 and (
      m.tenant <> ${tenant}
      or m.received_at >= ${before} and (m.disposition = 'NONE' and m.judged_at < ${cleanBefore}::timestamptz) is not true
      or exists (select from retractions r where r.message_id = m.id and r.state in ('planned', 'held', 'running', 'confirming', 'restoring'))))
  or exists (
    select from submissions s left join messages m on m.id = s.message_id where s.upload_sha256 = b.sha256 and (
      s.tenant <> ${tenant} or s.status in ('received', 'analysing')
      or s.requested_at >= ${before} and (m.disposition = 'NONE' and m.judged_at < ${cleanBefore}::timestamptz) is not true))`;

/** Deletes bodies that nobody needs any more. @returns how many of them, and where to go on; null: this was the end */
export async function deleteBodies(
  trx: Db,
  limits: BodyLimits,
  after: { at: Date; sha256: string } | null,
  batch: number,
): Promise<{ deleted: number; next: { at: Date; sha256: string } | null }> {
  const newest = limits.cleanBefore !== null && limits.cleanBefore > limits.before ? limits.cleanBefore : limits.before;
  const page = await rows<{ sha256: string; at: Date; wanted: boolean }>(
    trx,
    sql`select b.sha256, date_trunc('milliseconds', b.stored_at) as at, (${wanted(limits)}) as wanted from blobs b
        where b.stored_at < ${newest}
          and (date_trunc('milliseconds', b.stored_at), b.sha256) > (${after?.at ?? new Date(0)}::timestamptz, ${after?.sha256 ?? ''})
        order by date_trunc('milliseconds', b.stored_at), b.sha256 limit ${batch}`,
  );
  const deleted = await deleteBlobs(
    trx,
    page.filter((b) => !b.wanted).map((b) => b.sha256),
  );
  const last = page.at(-1);
  return { deleted, next: last && page.length === batch ? { at: last.at, sha256: last.sha256 } : null };
}

async function deleteBlobs(trx: Db, sha256s: readonly string[]): Promise<number> {
  if (sha256s.length === 0) return 0;
  return touched(trx, sql`delete from blobs where sha256 = any(${[...sha256s]}::text[])`);
}

export interface MailLimits {
  tenant: string;
  /** Undetected, unreported mail received before. */
  undetectedBefore: Date;
  /** Everything else received, reported and decided before. */
  detectedBefore: Date;
}

/** Mails that are too old, the oldest first. What is under way, or was reported or decided later, stays with all of it. */
export async function mailsTooOld(db: Db, limits: MailLimits, batch: number): Promise<string[]> {
  const { tenant, undetectedBefore, detectedBefore } = limits;
  const newest = undetectedBefore > detectedBefore ? undetectedBefore : detectedBefore;
  const found = await rows<{ id: string }>(
    db,
    sql`select m.id from messages m
        where m.tenant = ${tenant} and m.received_at < ${newest}
          and m.received_at < case
            when coalesce(m.disposition, 'NONE') = 'NONE' and m.delivery_mode not in ('REVIEW_SUBMISSION', 'SIMULATION_SUBMISSION')
                 and not exists (select from submissions s where s.message_id = m.id)
              then ${undetectedBefore}::timestamptz else ${detectedBefore}::timestamptz end
          and not exists (select from submissions s where s.message_id = m.id
                            and (s.requested_at >= ${detectedBefore} or s.status in ('received', 'analysing')))
          and not exists (select from decisions d where d.message_id = m.id and d.decided_at >= ${detectedBefore})
          and not exists (
            select from retractions r where r.message_id = m.id
              and (r.requested_at >= ${detectedBefore} or r.state not in ('done', 'restored', 'cancelled')
                   or exists (select from submissions s where s.retraction_id = r.id and s.requested_at >= ${detectedBefore})))
        order by m.received_at, m.id limit ${batch}`,
  );
  return found.map(({ id }) => id);
}

/** Mails with their reports, verdicts, retractions, copies and bodies. The audit log keeps its lines: they name nobody. */
export async function deleteMails(trx: Db, ids: readonly string[]): Promise<{ mails: number; reports: number }> {
  if (ids.length === 0) return { mails: 0, reports: 0 };
  const of = sql`any(${[...ids]}::text[])`;
  const bytes = await rows<{ sha256: string }>(
    trx,
    sql`select sha256 from messages where id = ${of}
        union select upload_sha256 from submissions where message_id = ${of} and upload_sha256 is not null`,
  );
  await sql`update submissions set retraction_id = null
            where retraction_id in (select id from retractions where message_id = ${of}) and (message_id = ${of}) is not true`.execute(
    trx,
  );
  await forgetEscalations(trx, sql`message_id = ${of}`);
  const reports = await touched(trx, sql`delete from submissions where message_id = ${of}`);
  await sql`delete from retractions where message_id = ${of}`.execute(trx);
  await sql`delete from decisions where message_id = ${of}`.execute(trx);
  await sql`delete from verdicts where message_id = ${of}`.execute(trx);
  const mails = await touched(trx, sql`delete from messages where id = ${of}`);
  await deleteUnreferenced(
    trx,
    bytes.map(({ sha256 }) => sha256),
  );
  return { mails, reports };
}

/** Reports that never became about a mail. */
export async function deleteReportsWithoutMail(trx: Db, tenant: string, before: Date, batch: number): Promise<number> {
  const old = await rows<{ id: string; upload_sha256: string | null }>(
    trx,
    sql`select id, upload_sha256 from submissions
        where tenant = ${tenant} and requested_at < ${before} and message_id is null and status in ('invalid', 'withdrawn')
        order by requested_at limit ${batch} for update skip locked`,
  );
  if (old.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  await forgetEscalations(trx, sql`id = any(${ids}::text[])`);
  const deleted = await touched(trx, sql`delete from submissions where id = any(${ids}::text[])`);
  await deleteUnreferenced(
    trx,
    old.flatMap(({ upload_sha256: sha256 }) => (sha256 === null ? [] : [sha256])),
  );
  return deleted;
}

/** A team's answer outlives the report that it answers. */
async function forgetEscalations(trx: Db, which: ReturnType<typeof sql>): Promise<void> {
  await sql`update submissions set escalated_submission_id = null
            where escalated_submission_id in (select id from submissions where ${which})`.execute(trx);
}

async function deleteUnreferenced(trx: Db, sha256s: readonly string[]): Promise<void> {
  const free = await rows<{ sha256: string }>(
    trx,
    sql`select s.sha256 from unnest(${[...sha256s]}::text[]) as s(sha256)
        where not exists (select from messages m where m.sha256 = s.sha256)
          and not exists (select from submissions u where u.upload_sha256 = s.sha256)`,
  );
  await deleteBlobs(
    trx,
    free.map(({ sha256 }) => sha256),
  );
}

/** Letters to people and deliveries to targets that have settled long ago. @returns how many */
export async function deleteSettled(trx: Db, tenant: string, before: Date, batch: number): Promise<number> {
  const mail = await touched(
    trx,
    sql`delete from outgoing_mail where id in (
          select id from outgoing_mail where tenant = ${tenant} and coalesce(sent_at, failed_at) < ${before} limit ${batch})`,
  );
  const deliveries = await touched(
    trx,
    sql`delete from webhook_deliveries where id in (
          select id from webhook_deliveries where state <> 'due' and settled_at < ${before} limit ${batch})`,
  );
  return mail + deliveries;
}

/** One process at a time: another run has nothing to add. @returns false when somebody else is at it */
export async function aloneAtIt(trx: Db, tenant: string): Promise<boolean> {
  const found = await row<{ locked: boolean }>(
    trx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`retention ${tenant}`}, 0)) as locked`,
  );
  return found?.locked === true;
}

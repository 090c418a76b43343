/** The messages of bulk jobs: one row each, which is the truth about it. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import type { BulkMessageStatus } from '../../shared/vendor-words.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface BulkMessageRow {
  job_id: string;
  message_id: string;
  status: BulkMessageStatus;
  retry_count: number;
  retry_after: Date | null;
  status_message: string | null;
  processed_at: Date | null;
  retraction_id: string | null;
  submission_id: string | null;
  own: boolean;
  undoes: string | null;
}

/** In the order in which they are worked on. */
export async function messagesOfJob(
  db: Db,
  jobId: string,
  query: { status: BulkMessageStatus | null; after: string | null; limit: number },
): Promise<(BulkMessageRow & { subject: string; header_from: string })[]> {
  return rows(
    db,
    sql<BulkMessageRow & { subject: string; header_from: string }>`
      select b.*, m.subject, m.header_from from bulk_job_messages b join messages m on m.id = b.message_id
      where b.job_id = ${jobId} and (${query.status}::text is null or b.status = ${query.status})
        and (${query.after}::text is null or b.message_id > ${query.after})
      order by b.message_id limit ${query.limit}`,
  );
}

/** How many of its retractions move mail at this moment. Held ones wait for a person, and keep nobody else waiting. */
export async function inFlight(db: Db, jobId: string): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(*)::int as n from bulk_job_messages b join retractions r on r.id = b.retraction_id
        where b.job_id = ${jobId} and b.status = 'PROCESSING' and r.state in ('planned', 'running', 'restoring')`,
  );
  return found?.n ?? 0;
}

/** Takes the next waiting messages, for as long as the lease lasts. */
export async function claimMessages(
  db: Db,
  claim: { jobId: string; owner: string; now: Date; leaseMs: number; limit: number },
): Promise<BulkMessageRow[]> {
  return rows<BulkMessageRow>(
    db,
    sql`with next as (
          select job_id, message_id from bulk_job_messages
          where job_id = ${claim.jobId} and status = 'PENDING' and (lease_until is null or lease_until < ${claim.now})
            and (retry_after is null or retry_after <= ${claim.now})
          order by message_id limit ${claim.limit} for update skip locked)
        update bulk_job_messages b set owner = ${claim.owner},
               lease_until = ${new Date(claim.now.getTime() + claim.leaseMs)}
        from next where b.job_id = next.job_id and b.message_id = next.message_id returning b.*`,
  );
}

/** @returns false when the lease was lost or the job was cancelled meanwhile; the row stays locked until the transaction ends */
export async function stillMine(trx: Db, claimed: BulkMessageRow, owner: string): Promise<boolean> {
  return (
    (await row(
      trx,
      sql`select 1 from bulk_job_messages where job_id = ${claimed.job_id} and message_id = ${claimed.message_id}
            and owner = ${owner} and status = 'PENDING' for update`,
    )) !== null
  );
}

export interface MessageOutcome {
  status: Exclude<BulkMessageStatus, 'PENDING'>;
  message: string | null;
  retractionId?: string | null;
  submissionId?: string | null;
  own?: boolean;
  at: Date;
}

/** Belongs into the transaction of what was done. */
export async function recordMessage(trx: Db, claimed: BulkMessageRow, o: MessageOutcome): Promise<void> {
  await sql`update bulk_job_messages set status = ${o.status}, status_message = ${o.message},
              retraction_id = ${o.retractionId ?? null}, submission_id = ${o.submissionId ?? null}, own = ${o.own ?? false},
              processed_at = ${o.status === 'PROCESSING' ? null : o.at}::timestamptz, retry_after = null, owner = null, lease_until = null
            where job_id = ${claimed.job_id} and message_id = ${claimed.message_id}`.execute(trx);
}

/** Something was in the way: it is tried again later. */
export async function retryMessage(
  db: Db,
  claimed: BulkMessageRow,
  owner: string,
  retry: { after: Date; message: string },
): Promise<void> {
  await sql`update bulk_job_messages set retry_count = retry_count + 1, retry_after = ${retry.after},
              status_message = ${retry.message}, owner = null, lease_until = null
            where job_id = ${claimed.job_id} and message_id = ${claimed.message_id} and owner = ${owner}
              and status = 'PENDING'`.execute(db);
}

/** What retractions under way have come to. @returns how many messages have changed */
export async function settleMessages(db: Db, jobId: string, now: Date): Promise<number> {
  return touched(
    db,
    sql`update bulk_job_messages b
        set status = s.next, status_message = s.message,
            processed_at = case when s.next = 'PROCESSING' then null else ${now}::timestamptz end
        from (
          select p.message_id,
                 case when r.state in ('confirming', 'done') then case when c.failed > 0 and c.well = 0 then 'FAILED' else 'COMPLETED' end
                      when r.state = 'restored' then case when c.failed > 0 and c.restored = 0 then 'FAILED' else 'COMPLETED' end
                      when r.state = 'cancelled' then 'CANCELLED' else 'PROCESSING' end as next,
                 case when r.state = 'held' then coalesce(r.reason, 'held')
                      when r.state in ('confirming', 'done', 'restored') and c.failed > 0 then 'some_failed'
                      when r.state in ('confirming', 'done') and c.well = 0 then 'no_copies'
                      when r.state = 'cancelled' then 'cancelled' end as message
          from bulk_job_messages p join retractions r on r.id = p.retraction_id
          cross join lateral (
            select count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'restored') as restored,
                   count(*) filter (where state in ('retracted', 'already_there', 'gone', 'purging', 'purged')) as well
            from retraction_copies where retraction_id = r.id) c
          where p.job_id = ${jobId} and p.status = 'PROCESSING') s
        where b.job_id = ${jobId} and b.message_id = s.message_id
          and (b.status <> s.next or b.status_message is distinct from s.message)`,
  );
}

/** Why no job touches a mail; null: it may. A sample is a mail that was handed in and seen in no mailbox. */
export async function untouchable(db: Db, messageId: string): Promise<'simulation' | 'submission' | null> {
  const found = await row<{ why: 'simulation' | 'submission' | null }>(
    db,
    sql`select ${whyUntouched} as why from messages m where m.id = ${messageId}`,
  );
  return found?.why ?? null;
}

const whyUntouched = sql`
  case when m.delivery_mode = 'SIMULATION_SUBMISSION' then 'simulation'
       when m.delivery_mode = 'REVIEW_SUBMISSION'
            and not exists (select 1 from submissions s where s.message_id = m.id and s.original = 'authoritative')
            and not exists (select 1 from message_copies c where c.message_id = m.id) then 'submission' end`;

export interface Reach {
  messages: number;
  skipped: number;
  retracted: number;
}

/** What a job over these messages would do. */
export async function reachOf(db: Db, tenant: string, messageIds: readonly string[]): Promise<Reach> {
  const found = await row<Reach>(
    db,
    sql`select count(*)::int as messages, count(*) filter (where ${whyUntouched} is not null)::int as skipped,
               count(*) filter (where exists (
                 select 1 from retractions r where r.tenant = m.tenant and not r.preview
                   and r.internet_message_ids && array[m.internet_message_id] and r.message_id = m.id
                   and r.state not in ('cancelled', 'restoring', 'restored')))::int as retracted
        from messages m where m.tenant = ${tenant} and m.id = any(${[...messageIds]})`,
  );
  return found ?? { messages: 0, skipped: 0, retracted: 0 };
}

/** Where copies of these mails have been seen, the mailboxes with the most first. */
export async function knownPlaces(
  db: Db,
  messageIds: readonly string[],
  most: number,
): Promise<{
  providers: { provider: Provider; mailboxes: number; copies: number }[];
  mailboxes: { mailbox: string; copies: number }[];
}> {
  const places = sql`(
    select message_id, mailbox, provider from message_copies where message_id = any(${[...messageIds]}) and provider is not null
    union
    select message_id, mailbox, provider from submissions
    where message_id = any(${[...messageIds]}) and submission_type = 'USER' and mailbox_verified
    union
    select r.message_id, c.mailbox, c.provider from retractions r join retraction_copies c on c.retraction_id = r.id
    where r.message_id = any(${[...messageIds]}) and c.state not in ('gone', 'review', 'purged')) as places`;
  const [providers, mailboxes] = await Promise.all([
    rows<{ provider: Provider; mailboxes: number; copies: number }>(
      db,
      sql`select provider, count(distinct mailbox)::int as mailboxes, count(*)::int as copies from ${places}
          group by provider order by provider desc`,
    ),
    rows<{ mailbox: string; copies: number }>(
      db,
      sql`select mailbox, count(*)::int as copies from ${places} group by mailbox order by copies desc, mailbox limit ${most}`,
    ),
  ]);
  return { providers, mailboxes };
}

/** Those of the ids that this organisation has. */
export async function existingMessages(db: Db, tenant: string, messageIds: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from messages where tenant = ${tenant} and id = any(${[...messageIds]})`,
  );
  return new Set(found.map(({ id }) => id));
}

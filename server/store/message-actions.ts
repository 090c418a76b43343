/** What was done with mails: by retractions, reports and people. */
import { sql } from 'kysely';
import type { CopyState, Destination, Provider, RetractionCause, RetractionState } from '../../shared/retraction.ts';
import type { SubmissionStatus } from '../../shared/submission.ts';
import type { Disposition, Finding } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';

export interface MessageStanding {
  id: string;
  previewed: boolean;
  /** Copies lie where a retraction put them; `quarantined`: in our quarantine. */
  moved: boolean;
  quarantined: boolean;
  released: boolean;
  failed: boolean;
  reports: number;
  /** Of the newest verdict. */
  findings: Pick<Finding, 'id' | 'text' | 'family' | 'severity'>[];
}

/** As many queries for a thousand as for one; in no order. */
export async function standingsOf(db: Db, ids: readonly string[]): Promise<Map<string, MessageStanding>> {
  if (ids.length === 0) return new Map();
  const taken = (destination: ReturnType<typeof sql>) =>
    sql`coalesce(bool_or(not r.preview and ${destination} and exists (select from retraction_copies c where c.retraction_id = r.id
          and c.state in ('retracted', 'already_there', 'purging', 'purged'))), false)`;
  const found = await rows<MessageStanding>(
    db,
    sql`select asked.id, coalesce(done.previewed, false) as previewed, coalesce(done.moved, false) as moved,
               coalesce(done.quarantined, false) as quarantined, coalesce(done.released, false) as released,
               coalesce(done.failed, false) as failed,
               (select count(*)::int from submissions s where s.message_id = asked.id) as reports,
               coalesce((select v.body -> 'findings' from verdicts v where v.message_id = asked.id order by v.id desc limit 1), '[]') as findings
        from unnest(${[...ids]}::text[]) as asked(id)
        left join lateral (
          select bool_or(r.preview) as previewed, ${taken(sql`true`)} as moved, ${taken(sql`r.destination = 'Quarantine'`)} as quarantined,
                 bool_or(r.destination = 'Quarantine' and exists
                   (select from retraction_copies c where c.retraction_id = r.id and c.state = 'restored')) as released,
                 bool_or(not r.preview and exists
                   (select from retraction_copies c where c.retraction_id = r.id and c.state = 'failed')) as failed
          from retractions r where r.message_id = asked.id) as done on true`,
  );
  return new Map(found.map((standing) => [standing.id, standing]));
}

export interface MailboxCopy {
  mailbox: string;
  provider: Provider | null;
  delivery_mode: string | null;
  delivered_at: Date | null;
  seen_at: Date | null;
  /** Of its newest retraction. */
  state: CopyState | null;
  retraction_id: string | null;
}

/** One row a mailbox: seen on delivery, met by a retraction, or both; by mailbox, at most `most`. */
export async function mailboxCopies(db: Db, messageId: string, most: number): Promise<MailboxCopy[]> {
  return rows<MailboxCopy>(
    db,
    sql`select coalesce(seen.mailbox, met.mailbox) as mailbox, coalesce(met.provider, seen.provider) as provider,
               seen.delivery_mode, coalesce(seen.delivered_at, met.received_at) as delivered_at, seen.seen_at,
               met.state, met.retraction_id
        from (select * from message_copies where message_id = ${messageId}) as seen
        full join (
          select distinct on (c.mailbox) c.mailbox, c.provider, c.state, c.retraction_id, c.received_at
          from retractions r join retraction_copies c on c.retraction_id = r.id
          where r.message_id = ${messageId} order by c.mailbox, r.preview, c.id desc) as met on met.mailbox = seen.mailbox
        order by 1 limit ${most}`,
  );
}

export interface ActionRow {
  completed_at: Date | null;
  operation: 'MOVE' | 'RELEASE' | 'RECLASSIFY' | 'SUBMISSION' | 'QUARANTINE_RELEASE' | 'PREVIEW';
  status: string;
  folder: string | null;
  destination: string | null;
  recipient: string | null;
  requested_by: string;
  retraction_id: string | null;
  submission_id: string | null;
}

/** Newest first; what is not done yet comes before everything. */
export async function actionsOn(db: Db, messageId: string, most: number): Promise<ActionRow[]> {
  return rows<ActionRow>(
    db,
    sql`select * from (
          (select coalesce(c.acted_at, case when r.preview then c.first_seen_at end) as completed_at,
                  case when r.preview then 'PREVIEW' else 'MOVE' end as operation, c.state as status,
                  coalesce(nullif(c.from_folder_name, ''), c.from_folder) as folder, c.destination, c.mailbox as recipient,
                  r.requested_by, r.id as retraction_id, null as submission_id
           from retractions r join retraction_copies c on c.retraction_id = r.id where r.message_id = ${messageId}
           order by c.id desc limit ${most})
          union all
          (select c.restored_at, case when r.destination = 'Quarantine' then 'QUARANTINE_RELEASE' else 'RELEASE' end,
                  c.state, c.destination, coalesce(c.restored_folder, c.from_folder_name), c.mailbox,
                  coalesce(c.restore_requested_by, r.decided_by, r.requested_by), r.id, null
           from retractions r join retraction_copies c on c.retraction_id = r.id
           where r.message_id = ${messageId} and c.state in ('restoring', 'restored') order by c.id desc limit ${most})
          union all
          (select s.requested_at, 'SUBMISSION', s.requested_disposition, null, null, s.mailbox, s.requested_by, s.retraction_id, s.id
           from submissions s where s.message_id = ${messageId} order by s.requested_at desc limit ${most})
          union all
          (select d.decided_at, 'RECLASSIFY', d.disposition, null, null, null, d.decided_by, null, null
           from decisions d where d.message_id = ${messageId} order by d.id desc limit ${most})) as actions
        order by completed_at desc nulls first, operation, recipient limit ${most}`,
  );
}

export interface ReportRow {
  id: string;
  type: 'USER' | 'TEAM';
  status: SubmissionStatus;
  requested_disposition: Disposition;
  requested_by: string;
  requested_at: Date;
}

/** Newest first, at most 200. */
export async function reportsOf(db: Db, messageId: string): Promise<ReportRow[]> {
  return rows<ReportRow>(
    db,
    sql`select id, submission_type as type, status, requested_disposition, requested_by, requested_at from submissions
        where message_id = ${messageId} order by requested_at desc limit 200`,
  );
}

export interface MessageRetraction {
  id: string;
  cause: RetractionCause;
  state: RetractionState;
  preview: boolean;
  destination: Destination;
  requested_by: string;
  requested_at: Date;
}

/** Newest first, at most 200. */
export async function retractionsOf(db: Db, messageId: string): Promise<MessageRetraction[]> {
  return rows<MessageRetraction>(
    db,
    sql`select id, cause, state, preview, destination, requested_by, requested_at from retractions
        where message_id = ${messageId} order by requested_at desc limit 200`,
  );
}

/** Newest first, at most 200. */
export async function decisionsOf(
  db: Db,
  messageId: string,
): Promise<{ disposition: Disposition; decided_by: string; decided_at: Date }[]> {
  return rows(
    db,
    sql<{ disposition: Disposition; decided_by: string; decided_at: Date }>`
      select disposition, decided_by, decided_at from decisions where message_id = ${messageId} order by id desc limit 200`,
  );
}

/** The mail that a submission was judged by; null when there is none. */
export async function messageOfSubmission(db: Db, tenant: string, submissionId: string): Promise<string | null> {
  const found = await rows<{ message_id: string | null }>(
    db,
    sql`select message_id from submissions where tenant = ${tenant} and id = ${submissionId}`,
  );
  return found[0]?.message_id ?? null;
}

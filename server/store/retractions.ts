import { sql } from 'kysely';
import type {
  Destination,
  PsrReason,
  RetractionCause,
  RetractionScope,
  RetractionState,
} from '../../shared/retraction.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface RetractionRow {
  id: string;
  tenant: string;
  cause: RetractionCause;
  state: RetractionState;
  preview: boolean;
  reason: PsrReason | null;
  /** Of a campaign, see campaigns.ts. */
  scope: RetractionScope;
  message_id: string;
  internet_message_ids: string[];
  /** As the message room made it; opaque here. */
  fingerprint: unknown;
  /** As the retraction room made it; opaque here. null: the judged mail alone. */
  campaign: unknown;
  subject: string;
  destination: Destination;
  definitive: boolean;
  generation: number;
  requested_by: string;
  requested_at: Date;
  planned_at: Date | null;
  completed_at: Date | null;
  decided_by: string | null;
  approved_at: Date | null;
  mailboxes_touched: number;
  /** Since when it waits, or last waited, for a person. */
  held_at: Date | null;
}

export type NewRetraction = Pick<
  RetractionRow,
  | 'id'
  | 'tenant'
  | 'cause'
  | 'state'
  | 'preview'
  | 'reason'
  | 'message_id'
  | 'internet_message_ids'
  | 'fingerprint'
  | 'subject'
  | 'destination'
  | 'definitive'
  | 'generation'
  | 'requested_by'
  | 'requested_at'
>;

export async function insertRetraction(trx: Db, r: NewRetraction): Promise<void> {
  await sql`
    insert into retractions (id, tenant, cause, state, preview, reason, message_id, internet_message_ids, fingerprint, subject,
      destination, definitive, generation, requested_by, requested_at)
    values (${r.id}, ${r.tenant}, ${r.cause}, ${r.state}, ${r.preview}, ${r.reason}, ${r.message_id}, ${r.internet_message_ids},
      ${JSON.stringify(r.fingerprint)}::jsonb, ${r.subject}, ${r.destination}, ${r.definitive}, ${r.generation}, ${r.requested_by},
      ${r.requested_at})`.execute(trx);
}

export async function retractionById(db: Db, tenant: string, id: string): Promise<RetractionRow | null> {
  return row<RetractionRow>(db, sql`select * from retractions where tenant = ${tenant} and id = ${id}`);
}

/** Not `for update`: that would keep finds waiting, whose new copies refer to this row. */
export async function retractionsByIds(db: Db, tenant: string, ids: readonly string[]): Promise<RetractionRow[]> {
  if (ids.length === 0) return [];
  return rows<RetractionRow>(db, sql`select * from retractions where tenant = ${tenant} and id = any(${ids}::text[])`);
}

export async function lockRetraction(trx: Db, id: string): Promise<RetractionRow | null> {
  return row<RetractionRow>(trx, sql`select * from retractions where id = ${id} for no key update`);
}

/** Retractions that search for one of these Message-IDs, newest first. The caller compares fingerprints. */
export async function retractionsOfMessageIds(
  db: Db,
  tenant: string,
  messageIds: readonly string[],
): Promise<RetractionRow[]> {
  return rows<RetractionRow>(
    db,
    sql`select * from retractions where tenant = ${tenant} and internet_message_ids && ${messageIds}::text[]
        order by requested_at desc limit 20`,
  );
}

/** Two reports of one mail that conclude at the same moment must not start two retractions: held until the transaction ends. */
export async function lockMessageId(trx: Db, tenant: string, messageId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenant} ${messageId}`}, 0))`.execute(trx);
}

export async function listRetractions(
  db: Db,
  query: { tenant: string; before: { at: Date; id: string } | null; limit: number },
): Promise<RetractionRow[]> {
  return rows<RetractionRow>(
    db,
    sql`select * from retractions where tenant = ${query.tenant}
          and (${query.before?.at ?? null}::timestamptz is null
               or (requested_at, id) < (${query.before?.at ?? null}::timestamptz, ${query.before?.id ?? null}::text))
        order by requested_at desc, id desc limit ${query.limit}`,
  );
}

/** Takes one retraction that waits for its plan; null when there is none. */
export async function claimPlan(db: Db, owner: string, now: Date, leaseMs: number): Promise<RetractionRow | null> {
  return row<RetractionRow>(
    db,
    sql`update retractions set plan_owner = ${owner}, plan_lease_until = ${new Date(now.getTime() + leaseMs)}
        where id = (select id from retractions where (state = 'planned' or state in ('running', 'confirming') and planned_at is null) and (plan_lease_until is null or plan_lease_until < ${now})
                      and (plan_not_before is null or plan_not_before <= ${now})
                    -- Somebody waits for an answer to a report; what was chosen by hand may be a thousand.
                    order by (cause <> 'psr'), requested_at limit 1 for update skip locked)
        returning *`,
  );
}

/** The likely mailboxes are in scope and may be searched. @returns false when the lease was lost or a person has decided meanwhile. */
export async function startSearch(trx: Db, id: string, owner: string): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update retractions set state = 'running' where id = ${id} and plan_owner = ${owner} and state in ('planned', 'running', 'confirming')`,
    )) > 0
  );
}

/** Every mailbox is in scope. @returns false when the lease was lost or a person has decided meanwhile. */
export async function finishPlan(trx: Db, id: string, owner: string, now: Date): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update retractions set planned_at = ${now}, plan_owner = null, plan_lease_until = null, plan_error = null
          where id = ${id} and plan_owner = ${owner} and state in ('running', 'confirming')`,
    )) > 0
  );
}

/** Retractions that may have come to an end without anybody noticing, such as after a crash. */
export async function unsettledRetractions(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from retractions where state in ('running', 'confirming', 'restoring') order by requested_at limit 500`,
  );
  return found.map((r) => r.id);
}

/** Retractions that have waited for a person since before this moment, the longest waiting first. */
export async function heldBefore(db: Db, tenant: string, before: Date, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from retractions where tenant = ${tenant} and state = 'held' and held_at < ${before} order by held_at limit ${limit}`,
  );
  return found.map((r) => r.id);
}

/** How many retractions people have put back since then, or since the setting was changed last. */
export async function restoresSince(db: Db, tenant: string, since: Date): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(distinct subject_id)::int as n from audit_log a
        where tenant = ${tenant} and action = 'retraction.restoring' and at > ${since}
          and at > coalesce((select changed_at from settings s where s.tenant = ${tenant} and s.name = 'retraction'), ${since})`,
  );
  return found?.n ?? 0;
}

/** Whether a plan waits to be made now. */
export async function planWaits(db: Db, now: Date): Promise<boolean> {
  return (
    (await row(
      db,
      sql`select 1 from retractions where (state = 'planned' or state in ('running', 'confirming') and planned_at is null)
            and (plan_lease_until is null or plan_lease_until < ${now}) and (plan_not_before is null or plan_not_before <= ${now}) limit 1`,
    )) !== null
  );
}

export async function postponePlan(db: Db, id: string, owner: string, notBefore: Date, error: string): Promise<void> {
  await sql`update retractions set plan_owner = null, plan_lease_until = null, plan_not_before = ${notBefore}, plan_error = ${error}
            where id = ${id} and plan_owner = ${owner}`.execute(db);
}

export async function setRetractionState(
  trx: Db,
  id: string,
  change: {
    state: RetractionState;
    reason?: PsrReason | null;
    decidedBy?: string;
    approvedAt?: Date;
    completedAt?: Date | null;
  },
): Promise<void> {
  await sql`update retractions set state = ${change.state},
              reason = ${change.reason === undefined ? sql`reason` : change.reason},
              decided_by = ${change.decidedBy === undefined ? sql`decided_by` : change.decidedBy},
              approved_at = ${change.approvedAt === undefined ? sql`approved_at` : change.approvedAt},
              completed_at = ${change.completedAt === undefined ? sql`completed_at` : change.completedAt}
            where id = ${id}`.execute(trx);
}

/** Copies that a person has had deleted for good; also of a retraction that is over. */
const purgeWaits = (now: Date) => sql`r.id in (
  select c.retraction_id from retraction_copies c where c.state = 'purging'
    and (c.lease_until is null or c.lease_until < ${now}) and (c.not_before is null or c.not_before <= ${now}))`;

/** Retractions with work that may be due now: answers to reports first, then the longest waiting. */
export async function retractionsWithWork(db: Db, now: Date): Promise<RetractionRow[]> {
  return rows<RetractionRow>(
    db,
    sql`select * from (
        select r.* from retractions r where r.state in ('held', 'running', 'confirming', 'cancelled', 'restoring')
          and (r.state in ('running', 'confirming') and exists (
                 select 1 from retraction_mailboxes m where m.retraction_id = r.id and m.state = 'open' and m.due_at <= ${now}
                   and (m.lease_until is null or m.lease_until < ${now}))
               or r.state = 'held' and r.planned_at is not null and exists (
                 select 1 from retraction_mailboxes m where m.retraction_id = r.id and m.state = 'open' and m.finds = 0
                   and m.due_at <= ${now} and (m.lease_until is null or m.lease_until < ${now}))
               or exists (
                 select 1 from retraction_copies c where c.retraction_id = r.id and c.state in ('found', 'acting', 'unknown', 'restoring')
                   and (c.lease_until is null or c.lease_until < ${now}) and (c.not_before is null or c.not_before <= ${now})
                   and not (c.state = 'found' and (r.preview or r.state not in ('running', 'confirming'))))
               or ${purgeWaits(now)})
        union all
        select r.* from retractions r where r.state in ('done', 'restored') and ${purgeWaits(now)}
        ) waiting order by (cause <> 'psr'), requested_at limit 100`,
  );
}

export async function addTouched(trx: Db, id: string, mailboxes: number): Promise<void> {
  await sql`update retractions set mailboxes_touched = mailboxes_touched + ${mailboxes} where id = ${id}`.execute(trx);
}

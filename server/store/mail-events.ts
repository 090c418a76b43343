/** What happened, for those who are told: lines of the log exports, and the outbox of the webhooks. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { CHANGED_CHANNEL } from './changes.ts';
import { type Db, row } from './database.ts';

/** Senders of webhooks listen for it. */
export const WEBHOOKS_DUE = 'webhooks';

/** A mail turned out to be more than nothing, or something else than before. Own exercises alarm nobody. */
export async function recordAlert(
  trx: Db,
  alert: { messageId: string; verdictId: number; disposition: Disposition; at: Date },
): Promise<void> {
  await row(
    trx,
    sql`with event as (
          insert into mail_events (tenant, kind, at, message_id, disposition, verdict_id)
          select tenant, 'alert', ${alert.at}, id, ${alert.disposition}, ${alert.verdictId} from messages
          where id = ${alert.messageId} and delivery_mode <> 'SIMULATION_SUBMISSION' and ${alert.disposition} <> 'NONE'
          returning id, tenant),
        ${outbox(sql`'alerts' = any(w.events) and ${alert.disposition} = any(w.dispositions)`)}`,
  );
}

/** A report has its verdict. Belongs behind the conclusion, in its transaction. */
export async function recordSubmission(trx: Db, submissionId: string, at: Date): Promise<void> {
  await row(
    trx,
    sql`with event as (
          insert into mail_events (tenant, kind, at, message_id, disposition, submission_id, outcome)
          select s.tenant, 'submission', ${at}, s.message_id, m.disposition, s.id, s.status
          from submissions s left join messages m on m.id = s.message_id
          where s.id = ${submissionId} and not s.simulation
          returning id, tenant),
        ${outbox(sql`'post_delivery' = any(w.events)`)}`,
  );
}

/**
 * The rest of a statement that begins `with done as (update retraction_copies ... returning *)`: what has come to its end
 * becomes an event in the same breath. Answers one row: `n`, how many rows `done` has.
 */
export const andItsEvents = sql`
  event as (
    insert into mail_events (tenant, kind, at, message_id, disposition, copy_id, outcome, reason, folder)
    select r.tenant, case when done.state = 'restored' then 'release' else 'move' end,
           coalesce(case when done.state = 'restored' then done.restored_at else done.acted_at end, now()),
           r.message_id, m.disposition, done.id, done.state,
           case when done.state in ('retracted', 'purged') then '' else coalesce(done.reason, done.error_code, '') end,
           coalesce(case when done.state = 'restored' then done.restored_folder else done.folder_after end, '')
    from done join retractions r on r.id = done.retraction_id join messages m on m.id = r.message_id
    where done.state in ('retracted', 'already_there', 'gone', 'failed', 'restored', 'purged')
    returning id, tenant),
  ${outbox(sql`'post_delivery' = any(w.events)`, sql`(select count(*)::int from done) as n`)}`;

/** One row for every target that wants the rows of `event`, and a word to whoever sends. */
function outbox(wanted: ReturnType<typeof sql>, answer: ReturnType<typeof sql> = sql`1 as n`) {
  return sql`due as (
      insert into webhook_deliveries (webhook_id, event_id)
      select w.id, event.id from event join webhooks w on w.tenant = event.tenant and w.enabled and ${wanted}
      returning 1),
    told as (select pg_notify(${CHANGED_CHANNEL}, ${WEBHOOKS_DUE}) from (select from due limit 1) any_due)
    select ${answer}, (select count(*) from told) as told`;
}

/**
 * What happened, for those who are told: lines of the log exports, and the outbox of the webhooks. Copies become events by
 * themselves when they settle: a trigger of migration 0014.
 */
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

/** One row for every target that wants the rows of `event`, and a word to whoever sends. */
function outbox(wanted: ReturnType<typeof sql>) {
  return sql`due as (
      insert into webhook_deliveries (webhook_id, event_id)
      select w.id, event.id from event join webhooks w on w.tenant = event.tenant and w.enabled and ${wanted}
      returning 1),
    told as (select pg_notify(${CHANGED_CHANNEL}, ${WEBHOOKS_DUE}) from (select from due limit 1) any_due)
    select count(*) from told`;
}

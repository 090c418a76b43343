import { sql } from 'kysely';
import type { Language } from '../../shared/i18n/language.ts';
import type { WebhookEvent, WebhookFormat } from '../../shared/webhook.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface WebhookRow {
  id: string;
  tenant: string;
  name: string;
  url: string;
  format: WebhookFormat;
  events: WebhookEvent[];
  dispositions: string[];
  language: Language;
  secret: string;
  token: string;
  enabled: boolean;
  created_by: string;
  created_at: Date;
  failures: number;
  failing_since: Date | null;
  last_error: string | null;
  last_delivered_at: Date | null;
}

/** With how much waits and was given up. */
export type WebhookState = WebhookRow & { waiting: number; given_up: number };

const MOST_COUNTED = 10_000;
const GIVEN_UP_SHOWN = sql`interval '7 days'`;

const states = (where: ReturnType<typeof sql>, now: Date) => sql<WebhookState>`
  select w.*, waits.n as waiting, lost.n as given_up from webhooks w
  cross join lateral (select count(*)::int as n from (
    select from webhook_deliveries d where d.webhook_id = w.id and d.state = 'due' limit ${MOST_COUNTED}) due) waits
  cross join lateral (select count(*)::int as n from (
    select from webhook_deliveries d where d.webhook_id = w.id and d.state = 'failed'
      and d.settled_at > ${now}::timestamptz - ${GIVEN_UP_SHOWN} limit ${MOST_COUNTED}) failed) lost
  where ${where} order by w.created_at, w.id`;

export async function webhooksOf(db: Db, tenant: string, now: Date): Promise<WebhookState[]> {
  return rows(db, states(sql`w.tenant = ${tenant}`, now));
}

export async function webhookById(db: Db, tenant: string, id: string, now: Date): Promise<WebhookState | null> {
  return row(db, states(sql`w.tenant = ${tenant} and w.id = ${id}`, now));
}

export async function insertWebhook(
  trx: Db,
  w: Pick<
    WebhookRow,
    | 'id'
    | 'tenant'
    | 'name'
    | 'url'
    | 'format'
    | 'events'
    | 'dispositions'
    | 'language'
    | 'secret'
    | 'token'
    | 'enabled'
    | 'created_by'
    | 'created_at'
  >,
): Promise<void> {
  await sql`insert into webhooks (id, tenant, name, url, format, events, dispositions, language, secret, token, enabled, created_by, created_at)
            values (${w.id}, ${w.tenant}, ${w.name}, ${w.url}, ${w.format}, ${w.events}, ${w.dispositions}, ${w.language}, ${w.secret},
                    ${w.token}, ${w.enabled}, ${w.created_by}, ${w.created_at})`.execute(trx);
}

/** A target that was changed is tried at once. */
export async function updateWebhook(
  trx: Db,
  w: Pick<
    WebhookRow,
    'id' | 'name' | 'url' | 'format' | 'events' | 'dispositions' | 'language' | 'secret' | 'token' | 'enabled'
  >,
): Promise<void> {
  await sql`update webhooks set name = ${w.name}, url = ${w.url}, format = ${w.format}, events = ${w.events},
              dispositions = ${w.dispositions}, language = ${w.language}, secret = ${w.secret}, token = ${w.token},
              enabled = ${w.enabled}, not_before = null
            where id = ${w.id}`.execute(trx);
}

export async function deleteWebhook(trx: Db, tenant: string, id: string): Promise<boolean> {
  return (await touched(trx, sql`delete from webhooks where tenant = ${tenant} and id = ${id}`)) > 0;
}

/** One target's turn: what is due, the least tried first. */
export interface Turn {
  webhook: WebhookRow;
  deliveries: { id: number; event_id: number; created_at: Date; attempts: number }[];
}

/** Takes what is due of every target that is not resting. */
export async function claimDeliveries(
  db: Db,
  claim: { tenant: string; owner: string; now: Date; leaseMs: number; perTarget: number },
): Promise<Turn[]> {
  const taken = await rows<{ webhook_id: string; id: number; event_id: number; created_at: Date; attempts: number }>(
    db,
    sql`with next as (
          select d.id from webhooks w cross join lateral (
            select id from webhook_deliveries d where d.webhook_id = w.id and d.state = 'due'
              and (d.lease_until is null or d.lease_until < ${claim.now})
            order by d.attempts, d.id limit ${claim.perTarget} for update skip locked) d
          where w.tenant = ${claim.tenant} and w.enabled and (w.not_before is null or w.not_before <= ${claim.now}))
        update webhook_deliveries d set owner = ${claim.owner}, lease_until = ${new Date(claim.now.getTime() + claim.leaseMs)}
        from next where d.id = next.id
        returning d.webhook_id, d.id, d.event_id, d.created_at, d.attempts`,
  );
  if (taken.length === 0) return [];
  const webhooks = await rows<WebhookRow>(
    db,
    sql`select * from webhooks where id = any(${[...new Set(taken.map((t) => t.webhook_id))]})`,
  );
  return webhooks.map((webhook) => ({
    webhook,
    deliveries: taken.filter((t) => t.webhook_id === webhook.id).sort((a, b) => a.id - b.id),
  }));
}

export interface Delivered {
  id: number;
  owner: string;
  webhookId: string;
  now: Date;
}

/** Nothing is written when another worker holds the row by now. */
export async function recordDelivered(db: Db, { id, owner, webhookId, now }: Delivered): Promise<void> {
  await sql`with done as (
      update webhook_deliveries set state = 'delivered', settled_at = ${now}, attempts = attempts + 1, owner = null, lease_until = null
      where id = ${id} and owner = ${owner} and state = 'due' returning 1)
    update webhooks set failures = 0, failing_since = null, not_before = null, last_delivered_at = ${now}
    where id = ${webhookId} and exists (select from done)`.execute(db);
}

/** @param giveUp the event is too old to be of use; `notBefore` is when the target is tried again */
export async function recordRefusal(
  db: Db,
  { id, owner, webhookId, now }: Delivered,
  refusal: { error: string; notBefore: Date; giveUp: boolean },
): Promise<void> {
  await sql`with done as (
      update webhook_deliveries set state = ${refusal.giveUp ? 'failed' : 'due'}, attempts = attempts + 1, owner = null, lease_until = null,
             settled_at = ${refusal.giveUp ? now : null}::timestamptz
      where id = ${id} and owner = ${owner} and state = 'due' returning 1)
    update webhooks set failures = failures + 1, failing_since = coalesce(failing_since, ${now}), not_before = ${refusal.notBefore},
           last_error = ${refusal.error}, last_error_at = ${now}
    where id = ${webhookId} and exists (select from done)`.execute(db);
}

/** What was claimed and not tried goes back. */
export async function releaseDeliveries(db: Db, ids: readonly number[], owner: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update webhook_deliveries set owner = null, lease_until = null
            where id = any(${[...ids]}) and owner = ${owner} and state = 'due'`.execute(db);
}

/** Whether something could be delivered now. */
export async function deliveriesWait(db: Db, tenant: string, now: Date): Promise<boolean> {
  return (
    (await row(
      db,
      sql`select 1 from webhooks w where w.tenant = ${tenant} and w.enabled and (w.not_before is null or w.not_before <= ${now})
            and exists (select from webhook_deliveries d where d.webhook_id = w.id and d.state = 'due') limit 1`,
    )) !== null
  );
}

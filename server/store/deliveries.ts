/** Mail seen on its delivery: who has it, when it is evaluated anew, and what has been done about it. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, row, rows, touched } from './database.ts';

export type DeliveredBy = 'BCC' | 'JOURNAL' | 'API' | 'RETRO_SCAN';

export interface DeliveryRow {
  message_id: string;
  tenant: string;
  first_seen_at: Date;
  due_at: Date | null;
  attempts: number;
  /** As the analysis room made it; opaque here. */
  kept: unknown;
  action: 'retract' | 'hold' | 'preview' | 'none' | null;
  reason: string | null;
  retraction_id: string | null;
  acted_at: Date | null;
}

export interface Delivery {
  messageId: string;
  tenant: string;
  firstSeenAt: Date;
  dueAt: Date | null;
  /** JSON. */
  kept: unknown;
  /** As the analysis room packed them. */
  features: Uint8Array;
  indicators: readonly { kind: string; value: string }[];
}

/** The mail is evaluated from now on; what is known of it already stays. */
export async function insertDelivery(trx: Db, d: Delivery): Promise<void> {
  await sql`insert into deliveries (message_id, tenant, first_seen_at, due_at, kept)
            values (${d.messageId}, ${d.tenant}, ${d.firstSeenAt}, ${d.dueAt}, ${JSON.stringify(d.kept)}::jsonb)
            on conflict do nothing`.execute(trx);
  await sql`update messages set features = ${Buffer.from(d.features)} where id = ${d.messageId} and features is null`.execute(
    trx,
  );
  const hashes = [...new Set(d.indicators.map(hashOfIndicator))];
  await sql`insert into delivery_indicators (tenant, hash, message_id)
            select ${d.tenant}, hash, ${d.messageId} from unnest(${hashes}::text[]::bigint[]) as hash
            on conflict do nothing`.execute(trx);
}

/** A signed 64-bit number as text. */
export function hashOfIndicator({ kind, value }: { kind: string; value: string }): string {
  return createHash('sha256').update(`${kind} ${value}`).digest().readBigInt64BE(0).toString();
}

export interface SeenCopy {
  /** Address of the mailbox, lower case. */
  mailbox: string;
  provider: Provider;
  /** null: seen on its way. */
  providerMessageId: string | null;
}

/** @returns how many of the mailboxes were not known to have it. */
export async function addCopies(
  trx: Db,
  messageId: string,
  seen: { copies: readonly SeenCopy[]; mode: DeliveredBy; deliveredAt: Date | null; seenAt: Date },
): Promise<number> {
  if (seen.copies.length === 0) return 0;
  const found = await rows<{ fresh: boolean }>(
    trx,
    sql`insert into message_copies (message_id, mailbox, provider, provider_message_id, delivery_mode, delivered_at, seen_at)
        select distinct on (c.mailbox) ${messageId}, c.mailbox, c.provider, c."providerMessageId", ${seen.mode},
               ${seen.deliveredAt}::timestamptz, ${seen.seenAt}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(seen.copies)}::jsonb)
          as c(mailbox text, provider text, "providerMessageId" text)
        on conflict (message_id, mailbox) do update set
          provider_message_id = coalesce(message_copies.provider_message_id, excluded.provider_message_id),
          provider = coalesce(message_copies.provider, excluded.provider)
        returning xmax = 0 as fresh`,
  );
  return found.filter(({ fresh }) => fresh).length;
}

/** The mail of which this very copy has been seen; null for none. */
export async function messageOfCopy(
  db: Db,
  tenant: string,
  mailbox: string,
  providerMessageId: string,
): Promise<string | null> {
  const found = await row<{ id: string }>(
    db,
    sql`select c.message_id as id from message_copies c join messages m on m.id = c.message_id
        where c.mailbox = ${mailbox} and c.provider_message_id = ${providerMessageId} and m.tenant = ${tenant} limit 1`,
  );
  return found?.id ?? null;
}

/** The mail with these bytes, seen or reported; null for none. */
export async function mailOfBytes(db: Db, tenant: string, sha256: string): Promise<string | null> {
  const found = await row<{ id: string }>(
    db,
    sql`select id from messages where tenant = ${tenant} and sha256 = ${sha256}`,
  );
  return found?.id ?? null;
}

/**
 * A mail that was only seen has now been reported: its row becomes that of the reported bytes, so that one mail stays one
 * row. Which copy of it was read first means nothing.
 * @param copies judged mails that are copies of the reported one
 */
export async function adoptSeen(trx: Db, tenant: string, copies: readonly string[], sha256: string): Promise<void> {
  if (copies.length === 0) return;
  const adopted = await row<{ before: string }>(
    trx,
    sql`with seen as (
          select id, sha256 from messages where id = any(${[...copies]}) and not reported
            and not exists (select 1 from messages o where o.tenant = ${tenant} and o.sha256 = ${sha256})
          order by received_at, id limit 1)
        update messages m set sha256 = ${sha256} from seen where m.id = seen.id returning seen.sha256 as before`,
  );
  if (!adopted) return;
  await sql`delete from blobs b where b.sha256 = ${adopted.before}
              and not exists (select 1 from submissions s where s.upload_sha256 = b.sha256)
              and not exists (select 1 from messages m where m.sha256 = b.sha256)`.execute(trx);
}

export interface CopyRow {
  mailbox: string;
  provider: Provider | null;
  provider_message_id: string | null;
  delivered_at: Date | null;
  seen_at: Date;
}

/** Who has the mail, the newest first. */
export async function copiesOfMessage(db: Db, messageId: string, limit: number): Promise<CopyRow[]> {
  return rows<CopyRow>(
    db,
    sql`select mailbox, provider, provider_message_id, delivered_at, seen_at from message_copies
        where message_id = ${messageId} order by seen_at desc, mailbox limit ${limit}`,
  );
}

/** Who has the mail by its Message-ID, or any mail of its cluster; those of the directory alone. Only where to look first. */
export async function mailboxesWithMail(
  db: Db,
  tenant: string,
  messageId: string,
  options: { cluster: boolean; limit: number },
): Promise<{ mailbox: string; provider: Provider }[]> {
  const which = options.cluster
    ? sql`m.cluster_id = (select cluster_id from messages where id = ${messageId})`
    : sql`(m.id = ${messageId}
           or m.internet_message_id = (select internet_message_id from messages where id = ${messageId}))`;
  return rows<{ mailbox: string; provider: Provider }>(
    db,
    sql`select distinct b.address as mailbox, b.provider from messages m
          join message_copies c on c.message_id = m.id
          join mailboxes b on b.tenant = m.tenant and b.address = c.mailbox
        where m.tenant = ${tenant} and ${which} limit ${options.limit}`,
  );
}

/** Takes mails whose time has come, the longest waiting first; their `due_at` is the end of the lease. */
export async function claimDeliveries(
  db: Db,
  claim: { tenant: string; owner: string; now: Date; leaseMs: number; limit: number },
): Promise<DeliveryRow[]> {
  const until = new Date(claim.now.getTime() + claim.leaseMs);
  return rows<DeliveryRow>(
    db,
    sql`with due as (
          select message_id from deliveries
          where tenant = ${claim.tenant} and due_at <= ${claim.now} and (lease_until is null or lease_until < ${claim.now})
          order by due_at limit ${claim.limit} for update skip locked)
        update deliveries d set owner = ${claim.owner}, attempts = attempts + 1, due_at = ${until}, lease_until = ${until}
        from due where d.message_id = due.message_id returning d.*`,
  );
}

/** null: somebody else has taken it over. */
export async function lockDelivery(trx: Db, messageId: string, owner: string): Promise<DeliveryRow | null> {
  return row<DeliveryRow>(
    trx,
    sql`select * from deliveries where message_id = ${messageId} and owner = ${owner} for update`,
  );
}

export interface Acted {
  action: NonNullable<DeliveryRow['action']>;
  reason: string | null;
  retractionId: string | null;
}

/**
 * @param look.claimed `due_at` of the claim, null for a mail that was not claimed: another look that was asked for meanwhile
 *   is not lost
 * @param look.acted null: what was done before stands
 */
export async function finishLook(
  trx: Db,
  messageId: string,
  look: { claimed: Date | null; dueAt: Date | null; acted: Acted | null; now: Date },
): Promise<void> {
  const { acted, claimed } = look;
  await sql`update deliveries set owner = null, lease_until = null, attempts = 0, last_error = null,
              due_at = case when due_at = ${claimed} or ${claimed}::timestamptz is null then ${look.dueAt} else due_at end,
              action = ${acted ? acted.action : sql`action`}, reason = ${acted ? acted.reason : sql`reason`},
              retraction_id = ${acted ? acted.retractionId : sql`retraction_id`},
              acted_at = ${acted ? look.now : sql`acted_at`}
            where message_id = ${messageId}`.execute(trx);
}

export async function postponeLook(
  db: Db,
  messageId: string,
  owner: string,
  at: Date | null,
  error: string,
): Promise<void> {
  await sql`update deliveries set owner = null, lease_until = null, due_at = ${at}, last_error = ${error.slice(0, 500)}
            where message_id = ${messageId} and owner = ${owner}`.execute(db);
}

/** These are evaluated at the next opportunity. */
export async function lookNow(trx: Db, messageIds: readonly string[], at: Date): Promise<number> {
  if (messageIds.length === 0) return 0;
  return touched(
    trx,
    sql`update deliveries set due_at = ${at} where message_id = any(${[...messageIds]}) and (due_at is null or due_at > ${at})`,
  );
}

/** Whether any mail is due now or being looked at. */
export async function deliveriesWait(db: Db, tenant: string, now: Date): Promise<boolean> {
  return (
    (await row(
      db,
      sql`select 1 from deliveries where tenant = ${tenant} and due_at is not null and (due_at <= ${now} or lease_until > ${now}) limit 1`,
    )) !== null
  );
}

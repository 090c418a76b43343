/** Looks at all seen mail of the last weeks, and the ways to find some of it again without one. */
import { sql } from 'kysely';
import type { Verdict } from '../../shared/verdict.ts';
import { type Db, row, rows, touched } from './database.ts';
import { hashOfIndicator } from './deliveries.ts';

export interface SweepRow {
  reason: 'model' | 'lists' | 'case';
  mark: string;
  begun_at: Date;
  after_at: Date | null;
  after_id: string | null;
  ended_at: Date | null;
  looked_at: number;
  changed: number;
}

export async function sweepOf(db: Db, tenant: string): Promise<SweepRow | null> {
  return row<SweepRow>(db, sql`select * from delivery_sweeps where tenant = ${tenant}`);
}

/**
 * What is known is other than at the last sweep: a new one begins with the newest mail.
 * @param first of an organisation: there is nothing to look at again yet
 */
export async function beginSweep(
  trx: Db,
  tenant: string,
  sweep: { reason: SweepRow['reason']; mark: string; at: Date; first: boolean },
): Promise<void> {
  await sql`insert into delivery_sweeps (tenant, reason, mark, begun_at, ended_at)
            values (${tenant}, ${sweep.reason}, ${sweep.mark}, ${sweep.at}, ${sweep.first ? sweep.at : null})
            on conflict (tenant) do update set reason = excluded.reason, mark = excluded.mark, begun_at = excluded.begun_at,
              after_at = null, after_id = null, ended_at = null, looked_at = 0, changed = 0, owner = null, lease_until = null
              where delivery_sweeps.mark <> excluded.mark`.execute(trx);
}

/** Takes the sweep for the next page; null when it is over or taken. */
export async function claimSweep(
  db: Db,
  tenant: string,
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<SweepRow | null> {
  return row<SweepRow>(
    db,
    sql`update delivery_sweeps set owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}
        where tenant = ${tenant} and ended_at is null and (lease_until is null or lease_until < ${now} or owner = ${owner})
        returning *`,
  );
}

/** @returns false when another mark has begun it again, or the lease was lost */
export async function advanceSweep(
  trx: Db,
  tenant: string,
  owner: string,
  page: { mark: string; after: { at: Date; id: string } | null; looked: number; changed: number; now: Date },
): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update delivery_sweeps set after_at = ${page.after?.at ?? sql`after_at`}, after_id = ${page.after?.id ?? sql`after_id`},
            ended_at = ${page.after ? null : page.now}, looked_at = looked_at + ${page.looked},
            changed = changed + ${page.changed}, owner = ${page.after ? owner : null}, lease_until = null
          where tenant = ${tenant} and owner = ${owner} and mark = ${page.mark}`,
    )) > 0
  );
}

/** A seen mail with its newest verdict: what it takes to weigh it anew. */
export interface SeenRow {
  id: string;
  first_seen_at: Date;
  kept: unknown;
  features: Buffer | null;
  body: Verdict;
  authentication: unknown;
  evidence: unknown;
  opinion: unknown;
}

const seenColumns = sql`m.id, d.first_seen_at, d.kept, m.features, v.body, v.authentication, v.evidence, v.opinion`;
const newestVerdict = sql`join lateral (
  select body, authentication, evidence, opinion from verdicts where message_id = m.id order by id desc limit 1) v on true`;

/** Newest first, before the last one of the page before. */
export async function seenPage(
  db: Db,
  tenant: string,
  page: { after: { at: Date; id: string } | null; since: Date; limit: number },
): Promise<SeenRow[]> {
  return rows<SeenRow>(
    db,
    sql`select ${seenColumns} from deliveries d join messages m on m.id = d.message_id ${newestVerdict}
        where d.tenant = ${tenant} and d.first_seen_at >= ${page.since}
          and (${page.after?.at ?? null}::timestamptz is null
               or (d.first_seen_at, d.message_id) < (${page.after?.at ?? null}::timestamptz, ${page.after?.id ?? null}::text))
        order by d.first_seen_at desc, d.message_id desc limit ${page.limit}`,
  );
}

export async function seenMails(db: Db, messageIds: readonly string[]): Promise<SeenRow[]> {
  return rows<SeenRow>(
    db,
    sql`select ${seenColumns} from deliveries d join messages m on m.id = d.message_id ${newestVerdict}
        where d.message_id = any(${[...messageIds]})`,
  );
}

/**
 * Seen mails that belong to a cluster, or carry what its confirmed cases carried, newest first: proofs of all of them, and
 * what only associates of the newest few. Every look is by index.
 */
export async function seenNear(
  db: Db,
  tenant: string,
  clusterId: string,
  since: Date,
  most: { ofCluster: number; ofProofs: number; associated: number },
): Promise<string[]> {
  const ofCluster = await rows<{ id: string }>(
    db,
    sql`select d.message_id as id from messages m join deliveries d on d.message_id = m.id
        where m.tenant = ${tenant} and m.cluster_id = ${clusterId} and d.first_seen_at > ${since}
        order by m.received_at desc limit ${most.ofCluster}`,
  );
  const carried = await rows<{ kind: string; value: string; proof: boolean }>(
    db,
    sql`select distinct i.kind, i.value, i.proof from messages m join indicators i on i.message_id = m.id
        where m.tenant = ${tenant} and m.cluster_id = ${clusterId} and i.kind <> 'address' limit 2000`,
  );
  const sharing = (proof: boolean, limit: number) =>
    carrying(
      db,
      tenant,
      carried.filter((one) => one.proof === proof),
      since,
      limit,
    );
  const found = [
    ...ofCluster.map(({ id }) => id),
    ...(await sharing(true, most.ofProofs)),
    ...(await sharing(false, most.associated)),
  ];
  return [...new Set(found)];
}

async function carrying(
  db: Db,
  tenant: string,
  indicators: readonly { kind: string; value: string }[],
  since: Date,
  limit: number,
): Promise<string[]> {
  if (indicators.length === 0) return [];
  const found = await rows<{ id: string }>(
    db,
    sql`select d.message_id as id from (
          select distinct message_id from delivery_indicators
          where tenant = ${tenant} and hash = any(${indicators.map(hashOfIndicator)}::text[]::bigint[]) limit 100000) i
        join deliveries d on d.message_id = i.message_id
        where d.first_seen_at > ${since} order by d.first_seen_at desc limit ${limit}`,
  );
  return found.map(({ id }) => id);
}

/** What an undetected mail carried, for a case that is confirmed after its body is gone; null: it was not seen. */
export async function keptOfMessage(db: Db, messageId: string): Promise<unknown> {
  const found = await row<{ kept: unknown }>(db, sql`select kept from deliveries where message_id = ${messageId}`);
  return found?.kept ?? null;
}

/** Changes with every entry that is added, changed or removed. */
export async function listsMark(db: Db, tenant: string): Promise<string> {
  const found = await row<{ mark: string }>(
    db,
    sql`select coalesce(md5(string_agg(concat_ws(' ', id, list, kind, value, options), ';' order by id)), '') as mark
        from list_entries where tenant = ${tenant} and list <> 'protected_mailboxes'`,
  );
  return found?.mark ?? '';
}

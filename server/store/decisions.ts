/** What people decided about judged mails. The newest decision on a mail counts. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';

export interface Decision {
  tenant: string;
  messageId: string;
  disposition: Disposition;
  by: string;
  at: Date;
}

/** Part of the transaction in which the person decides. */
export async function recordDecision(trx: Db, { tenant, messageId, disposition, by, at }: Decision): Promise<void> {
  await sql`insert into decisions (tenant, message_id, disposition, decided_by, decided_at)
            values (${tenant}, ${messageId}, ${disposition}, ${by}, ${at})`.execute(trx);
}

export interface DecisionRow {
  id: number;
  message_id: string;
  disposition: Disposition;
  decided_at: Date;
}

/** The newest decision on any of these mails; null when nobody has decided. */
export async function decisionOn(db: Db, messageIds: readonly string[]): Promise<DecisionRow | null> {
  return row<DecisionRow>(
    db,
    sql`select id, message_id, disposition, decided_at from decisions where message_id = any(${[...messageIds]})
        order by id desc limit 1`,
  );
}

/** Decisions from which nothing has been learnt, oldest first. */
export async function unlearntDecisions(db: Db, tenant: string, limit: number): Promise<DecisionRow[]> {
  return rows<DecisionRow>(
    db,
    sql`select id, message_id, disposition, decided_at from decisions
        where tenant = ${tenant} and learnt_at is null order by id limit ${limit}`,
  );
}

/** @returns false when another worker has learnt from it meanwhile; the row stays locked until the transaction ends. */
export async function claimDecision(trx: Db, id: number, at: Date): Promise<boolean> {
  const found = await row(
    trx,
    sql`update decisions set learnt_at = ${at} where id = ${id} and learnt_at is null returning id`,
  );
  return found !== null;
}

/** The newest decision on any mail of a cluster that calls it malicious, else the newest at all. */
export async function clusterDecision(db: Db, tenant: string, clusterId: string): Promise<DecisionRow | null> {
  return row<DecisionRow>(
    db,
    sql`select d.id, d.message_id, d.disposition, d.decided_at
        from (select distinct on (d.message_id) d.* from decisions d join messages m on m.id = d.message_id
              where m.tenant = ${tenant} and m.cluster_id = ${clusterId} order by d.message_id, d.id desc) as d
        order by (d.disposition = 'MALICIOUS') desc, d.id desc limit 1`,
  );
}

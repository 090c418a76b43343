/** What confirmed cases carried, by value: one indexed look a mail. */
import { sql } from 'kysely';
import { type Db, rows } from './database.ts';

export interface Indicator {
  kind: 'sha256' | 'url' | 'host' | 'address';
  /** Of a URL the SHA-256 of its normal form. */
  value: string;
  /** Decides alone; otherwise it associates. */
  proof: boolean;
}

export async function writeIndicators(
  trx: Db,
  tenant: string,
  messageId: string,
  indicators: readonly Indicator[],
  at: Date,
): Promise<void> {
  await forgetIndicators(trx, messageId);
  for (const { kind, value, proof } of indicators) {
    await sql`insert into indicators (tenant, kind, value, message_id, proof, confirmed_at)
              values (${tenant}, ${kind}, ${value}, ${messageId}, ${proof}, ${at}) on conflict do nothing`.execute(trx);
  }
}

export async function forgetIndicators(trx: Db, messageId: string): Promise<void> {
  await sql`delete from indicators where message_id = ${messageId}`.execute(trx);
}

/** Those of the asked values that a case confirmed since then carried. */
export async function knownIndicators(
  db: Db,
  tenant: string,
  asked: readonly Pick<Indicator, 'kind' | 'value'>[],
  since: Date,
): Promise<Indicator[]> {
  if (asked.length === 0) return [];
  return rows<Indicator>(
    db,
    sql`select i.kind, i.value, bool_or(i.proof) as proof
        from unnest(${asked.map((one) => one.kind)}::text[], ${asked.map((one) => one.value)}::text[]) as a(kind, value)
        join indicators i on i.tenant = ${tenant} and i.kind = a.kind and i.value = a.value and i.confirmed_at > ${since}
        group by i.kind, i.value`,
  );
}

/** Old cases say nothing any more. */
export async function dropIndicatorsBefore(db: Db, tenant: string, before: Date): Promise<void> {
  await sql`delete from indicators where tenant = ${tenant} and confirmed_at <= ${before}`.execute(db);
}

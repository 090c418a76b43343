/** Figures of the verdicts of a span of time, for the look at drift. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface VerdictWindow {
  count: number;
  /** Mean and variance of the machine's margins, in logits; 0 of none. */
  mean: number;
  variance: number;
  dispositions: Partial<Record<Disposition, number>>;
}

/** First verdicts of reported mails judged from `from` on and before `to`; at most 20,000 are looked at. */
export async function verdictWindow(db: Db, tenant: string, from: Date, to: Date): Promise<VerdictWindow> {
  const found = await rows<{ disposition: Disposition; n: number; sum: number; squares: number }>(
    db,
    sql`select disposition, count(*)::int as n, sum(margin) as sum, sum(margin * margin) as squares
        from (select distinct on (v.message_id) v.disposition, (v.body->>'marginWithoutReporter')::float8 as margin
              from verdicts v join messages m on m.id = v.message_id
              where m.tenant = ${tenant} and m.reported and v.judged_at >= ${from} and v.judged_at < ${to}
              order by v.message_id, v.id limit 20000) as judged
        group by disposition`,
  );
  const count = found.reduce((all, { n }) => all + n, 0);
  const total = (of: (one: (typeof found)[number]) => number) => found.reduce((all, one) => all + of(one), 0);
  const mean = count === 0 ? 0 : total((one) => one.sum) / count;
  const variance = count === 0 ? 0 : Math.max(0, total((one) => one.squares) / count - mean * mean);
  return { count, mean, variance, dispositions: Object.fromEntries(found.map((one) => [one.disposition, one.n])) };
}

export interface DriftRow {
  looked_at: Date;
  alarm: boolean;
  /** As the learning room made it; opaque here. */
  body: unknown;
}

export async function driftOf(db: Db, tenant: string): Promise<DriftRow | null> {
  return row<DriftRow>(db, sql`select looked_at, alarm, body from model_drifts where tenant = ${tenant}`);
}

/** @returns whether this look changed the alarm, so that it is told once. */
export async function storeDrift(trx: Db, tenant: string, at: Date, alarm: boolean, body: unknown): Promise<boolean> {
  const before = await row<{ alarm: boolean }>(
    trx,
    sql`select alarm from model_drifts where tenant = ${tenant} for update`,
  );
  await touched(
    trx,
    sql`insert into model_drifts (tenant, looked_at, alarm, body)
        values (${tenant}, ${at}, ${alarm}, ${JSON.stringify(body)}::jsonb)
        on conflict (tenant) do update set looked_at = excluded.looked_at, alarm = excluded.alarm, body = excluded.body`,
  );
  return (before?.alarm ?? false) !== alarm;
}

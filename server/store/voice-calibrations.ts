/** What people decided beside what had been weighed before, and the calibration that was fitted to it. */
import { sql } from 'kysely';
import { type Db, row, rows } from './database.ts';

export interface DecidedRow {
  /** The machine's margin before any calibration; logits. */
  machine: number;
  voices: number;
  disposition: string;
}

/** The newest decision on each of the newest mails, with the verdict that stood when it was made. */
export async function decidedMails(db: Db, tenant: string, limit: number): Promise<DecidedRow[]> {
  return rows<DecidedRow>(
    db,
    sql`select (v.evidence->'scored'->>'margin')::float8 + coalesce((v.evidence->'local'->>'malicious')::float8, 0) as machine,
               coalesce((v.opinion->>'reporterUnit')::float8, 0) as voices, d.disposition
        from (select distinct on (message_id) * from decisions where tenant = ${tenant} order by message_id, id desc) as d
        join lateral (
          select evidence, opinion from verdicts
          where message_id = d.message_id and judged_at <= d.decided_at and evidence is not null
                and opinion->'decided' is null
          order by id desc limit 1) v on true
        order by d.id desc limit ${limit}`,
  );
}

/** As it was stored; null when nothing has been fitted. */
export async function storedCalibration(db: Db, tenant: string): Promise<{ value: unknown; fitted_at: Date } | null> {
  return row(
    db,
    sql<{ value: unknown; fitted_at: Date }>`select value, fitted_at from voice_calibrations where tenant = ${tenant}`,
  );
}

export async function storeCalibration(
  db: Db,
  tenant: string,
  value: unknown,
  decisions: number,
  at: Date,
): Promise<void> {
  await sql`insert into voice_calibrations (tenant, value, decisions, fitted_at)
            values (${tenant}, ${JSON.stringify(value)}::jsonb, ${decisions}, ${at})
            on conflict (tenant) do update
              set value = excluded.value, decisions = excluded.decisions, fitted_at = excluded.fitted_at`.execute(db);
}

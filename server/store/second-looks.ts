import { sql } from 'kysely';
import { type Db, rows, touched } from './database.ts';

/** When a concluded submission is analysed anew; null: not again. @param looks how often that has been done */
export async function planLook(trx: Db, id: string, at: Date | null, looks: number): Promise<void> {
  await sql`update submissions set look_again_at = ${at}, looks = ${looks} where id = ${id}`.execute(trx);
}

/** Concluded submissions that are due for another look, the longest waiting first. */
export async function dueLooks(db: Db, now: Date, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from submissions where look_again_at <= ${now} order by look_again_at limit ${limit}`,
  );
  return found.map(({ id }) => id);
}

/** Takes a due look until `until`, when somebody else may take it over. @returns false when another worker has it */
export async function claimLook(db: Db, id: string, now: Date, until: Date): Promise<boolean> {
  return (
    (await touched(
      db,
      sql`update submissions set look_again_at = ${until} where id = ${id} and look_again_at <= ${now}`,
    )) > 0
  );
}

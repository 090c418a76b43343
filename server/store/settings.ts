import { sql } from 'kysely';
import { type Db, row } from './database.ts';

/** The stored value, unvalidated; null when nothing was ever stored. */
export async function storedSetting(db: Db, tenant: string, name: string): Promise<unknown> {
  const found = await row<{ value: unknown }>(
    db,
    sql`select value from settings where tenant = ${tenant} and name = ${name}`,
  );
  return found?.value ?? null;
}

export async function storeSetting(
  trx: Db,
  tenant: string,
  name: string,
  value: unknown,
  actor: string,
): Promise<void> {
  await sql`
    insert into settings (tenant, name, value, changed_by) values (${tenant}, ${name}, ${JSON.stringify(value)}::jsonb, ${actor})
    on conflict (tenant, name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = now()
  `.execute(trx);
}

import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

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

export type ListName = 'allow_policies' | 'block_senders' | 'protected_mailboxes';

export interface ListEntry {
  id: string;
  value: string;
  comment: string;
  created_by: string;
  created_at: Date;
}

export async function listEntries(db: Db, tenant: string, list: ListName): Promise<ListEntry[]> {
  return rows<ListEntry>(
    db,
    sql`select id, value, comment, created_by, created_at from list_entries
        where tenant = ${tenant} and list = ${list} order by value`,
  );
}

/** @returns false when the value is already in the list. */
export async function addListEntry(
  trx: Db,
  tenant: string,
  list: ListName,
  entry: { id: string; value: string; comment: string; createdBy: string },
): Promise<boolean> {
  const created = await touched(
    trx,
    sql`insert into list_entries (id, tenant, list, value, comment, created_by)
        values (${entry.id}, ${tenant}, ${list}, ${entry.value}, ${entry.comment}, ${entry.createdBy})
        on conflict (tenant, list, value) do nothing`,
  );
  return created > 0;
}

/** @returns false when there is no such entry. */
export async function removeListEntry(trx: Db, tenant: string, list: ListName, id: string): Promise<boolean> {
  return (
    (await touched(trx, sql`delete from list_entries where tenant = ${tenant} and list = ${list} and id = ${id}`)) > 0
  );
}

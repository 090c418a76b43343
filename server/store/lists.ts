import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

export type ListName =
  | 'allow_policies'
  | 'block_senders'
  | 'trusted_domains'
  | 'impersonation_registry'
  | 'simulations'
  | 'protected_mailboxes';

export interface ListEntryRow {
  id: string;
  /** How the value is compared; '' where a list knows one way only. */
  kind: string;
  value: string;
  /** What follows from a match, as the list defines it. */
  options: Record<string, unknown>;
  comment: string;
  created_by: string;
  created_at: Date;
}

export type NewListEntryRow = Pick<ListEntryRow, 'id' | 'kind' | 'value' | 'options' | 'comment' | 'created_by'>;

const columns = sql.raw('id, kind, value, options, comment, created_by, created_at');

export async function listEntries(db: Db, tenant: string, list: ListName): Promise<ListEntryRow[]> {
  return rows<ListEntryRow>(
    db,
    sql`select ${columns} from list_entries where tenant = ${tenant} and list = ${list} order by value, kind`,
  );
}

export async function listEntry(db: Db, tenant: string, list: ListName, id: string): Promise<ListEntryRow | null> {
  return row<ListEntryRow>(
    db,
    sql`select ${columns} from list_entries where tenant = ${tenant} and list = ${list} and id = ${id}`,
  );
}

/** @returns null when this kind of value is already in the list. */
export async function addListEntry(
  trx: Db,
  tenant: string,
  list: ListName,
  entry: NewListEntryRow,
): Promise<ListEntryRow | null> {
  return row<ListEntryRow>(
    trx,
    sql`insert into list_entries (id, tenant, list, kind, value, options, comment, created_by)
        values (${entry.id}, ${tenant}, ${list}, ${entry.kind}, ${entry.value}, ${JSON.stringify(entry.options)}::jsonb,
                ${entry.comment}, ${entry.created_by})
        on conflict (tenant, list, kind, value) do nothing returning ${columns}`,
  );
}

/** @returns null when there is no such entry. */
export async function changeListEntry(
  trx: Db,
  tenant: string,
  list: ListName,
  id: string,
  entry: Pick<ListEntryRow, 'kind' | 'value' | 'options' | 'comment'>,
): Promise<ListEntryRow | null> {
  return row<ListEntryRow>(
    trx,
    sql`update list_entries set kind = ${entry.kind}, value = ${entry.value}, comment = ${entry.comment},
          options = ${JSON.stringify(entry.options)}::jsonb
        where tenant = ${tenant} and list = ${list} and id = ${id} returning ${columns}`,
  );
}

/** @returns false when there is no such entry. */
export async function removeListEntry(trx: Db, tenant: string, list: ListName, id: string): Promise<boolean> {
  return (
    (await touched(trx, sql`delete from list_entries where tenant = ${tenant} and list = ${list} and id = ${id}`)) > 0
  );
}

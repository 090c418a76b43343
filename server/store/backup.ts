/**
 * The whole state as one file, of any PostgreSQL and without its programs: gzip of one line of JSON, then for each table a line
 * of JSON, its rows in COPY's text format and the line `\.`, and at the end a line that counts the rows. All of one snapshot.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { to } from 'pg-copy-streams';
import { connectTo } from './connect.ts';

export const BACKUP_FORMAT = 'reelback-backup-1';

export interface BackupHead {
  format: typeof BACKUP_FORMAT;
  /** RFC 3339. */
  at: string;
  migrations: { number: number; name: string; checksum: string }[];
}
export interface BackupTable {
  table: string;
  columns: string[];
}
export interface BackupEnd {
  end: true;
  rows: number;
}

/** Row ends are line ends: the format writes a line end inside a value as `\n`. */
export const TABLE_END = '\\.\n';

/**
 * Writes to `out` and leaves it open.
 * @param url of a role that may read every table
 * @returns rows written, by table
 * @throws PermanentError `database-unreachable`
 */
export async function writeBackup(url: string, out: Writable, now: Date): Promise<Map<string, number>> {
  const client = await connectTo(url);
  const rows = new Map<string, number>();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: migrations } = await client.query<BackupHead['migrations'][number]>(
      'select number, name, checksum from schema_migrations order by number',
    );
    await say(out, { format: BACKUP_FORMAT, at: now.toISOString(), migrations } satisfies BackupHead);
    for (const { table, columns } of await tablesOf(client)) {
      await say(out, { table, columns } satisfies BackupTable);
      const copying = client.query(
        to(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(table)}) to stdout`),
      );
      for await (const bytes of copying as AsyncIterable<Buffer>) await put(out, bytes);
      rows.set(table, copying.rowCount);
      await put(out, TABLE_END);
    }
    const total = [...rows.values()].reduce((sum, n) => sum + n, 0);
    await say(out, { end: true, rows: total } satisfies BackupEnd);
    await client.query('commit');
    return rows;
  } finally {
    await client.end();
  }
}

/** Every table but the list of migrations, those that others refer to first, with the columns that are written. */
export async function tablesOf(client: pg.Client): Promise<BackupTable[]> {
  const { rows: tables } = await client.query<BackupTable>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'schema_migrations'
     group by c.relname order by c.relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select distinct f.relname as from, t.relname as to
      from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = current_schema()::regnamespace and k.conrelid <> k.confrelid`);
  return inOrder(tables, references);
}

/** @throws Error when tables refer to one another in a circle: a backup of them could not be put back */
function inOrder(tables: BackupTable[], references: { from: string; to: string }[]): BackupTable[] {
  const ordered: BackupTable[] = [];
  const left = new Map(tables.map((one) => [one.table, one]));
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ table }) => !references.some(({ from, to }) => from === table && left.has(to)),
    );
    if (free.length === 0) throw new Error(`tables refer to one another in a circle: ${[...left.keys()].join(', ')}`);
    for (const one of free) {
      ordered.push(one);
      left.delete(one.table);
    }
  }
  return ordered;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const say = (out: Writable, line: object) => put(out, `${JSON.stringify(line)}\n`);

async function put(out: Writable, data: Buffer | string): Promise<void> {
  if (!out.write(data)) await once(out, 'drain');
}

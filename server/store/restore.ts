import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { PermanentError } from '../../shared/errors.ts';
import {
  BACKUP_FORMAT,
  type BackupEnd,
  type BackupHead,
  type BackupTable,
  quoted,
  TABLE_END,
  tablesOf,
} from './backup.ts';
import { connectTo } from './connect.ts';
import { migrate, migrationsApplied } from './migrate.ts';

export interface RestoreOptions {
  /** Folder of the migrations. */
  migrations: string;
  /** Rows that are there already are deleted; default: a database with rows is refused. */
  replace?: boolean;
  say?: (line: string) => void;
}

export interface Restored {
  /** When the backup was made. */
  at: string;
  rows: number;
  /** Migrations applied after the rows were put back, because the backup was older. */
  applied: string[];
}

/**
 * Puts a backup back: everything or nothing.
 * @throws PermanentError `backup-unreadable` (no backup, or cut off), `schema-newer` (made by a newer release),
 *   `database-not-empty`, `database-in-use` (a server works with it), `database-unreachable`
 */
export async function readBackup(url: string, file: Readable, options: RestoreOptions): Promise<Restored> {
  const lines = linesOf(file.pipe(createGunzip()));
  const head = await headOf(lines);
  const { migrations: directory, say = () => {} } = options;
  await reachSchemaOf(head, url, options);
  const client = await connectTo(url);
  try {
    await client.query('begin');
    await requireIdle(client);
    const tables = await tablesOf(client);
    await empty(client, tables, options.replace === true);
    const rows = await putRows(client, lines, tables);
    await continueCounting(client);
    for (const { table } of tables) await client.query(`alter table ${quoted(table)} enable trigger user`);
    await client.query('commit');
    return { at: head.at, rows, applied: await migrate(url, directory, { say }) };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** The schema as it was when the backup was made: later migrations come after its rows. */
async function reachSchemaOf(head: BackupHead, url: string, { migrations, say }: RestoreOptions): Promise<void> {
  const last = head.migrations.at(-1)?.number ?? 0;
  await migrate(url, migrations, { upTo: last, ...(say ? { say } : {}) });
  const there = await migrationsApplied(url);
  const same = JSON.stringify(there) === JSON.stringify(head.migrations);
  if (same) return;
  const newer = (there.at(-1)?.number ?? 0) > last;
  throw new PermanentError(
    newer ? 'database-not-empty' : 'schema-newer',
    newer
      ? 'the database has a newer schema than the backup: restore into an empty database, it is brought up to date afterwards'
      : 'the backup was made by a release that this one does not know: restore it with that release or a newer one',
  );
}

const HEARD_SECONDS = 35;

async function requireIdle(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ busy: boolean }>(
    `select exists (select from workers where beat_at > now() - make_interval(secs => ${HEARD_SECONDS})) as busy`,
  );
  if (rows[0]?.busy) {
    throw new PermanentError(
      'database-in-use',
      `a worker uses this database: stop every server and try again after ${HEARD_SECONDS} seconds`,
    );
  }
}

async function empty(client: pg.Client, tables: readonly BackupTable[], replace: boolean): Promise<void> {
  const inUse: string[] = [];
  for (const { table } of tables) {
    // Triggers keep logs append-only and count what is new; what is put back has been counted.
    await client.query(`alter table ${quoted(table)} disable trigger user`);
    const { rows } = await client.query<{ any: boolean }>(`select exists (select from ${quoted(table)}) as any`);
    if (rows[0]?.any) inUse.push(table);
  }
  if (inUse.length === 0) return;
  if (!replace) {
    throw new PermanentError(
      'database-not-empty',
      `the database holds data (${inUse.slice(0, 3).join(', ')}): name an empty one, or add --replace to delete what is there`,
    );
  }
  await client.query(`truncate ${tables.map(({ table }) => quoted(table)).join(', ')}`);
}

async function putRows(client: pg.Client, lines: Lines, tables: readonly BackupTable[]): Promise<number> {
  const known = new Map(tables.map((one) => [one.table, new Set(one.columns)]));
  let total = 0;
  for (;;) {
    const line = parsed<BackupTable | BackupEnd>(await lines.next());
    if ('end' in line) {
      if (line.rows !== total) throw unreadable('its rows are not all there');
      return total;
    }
    const columns = known.get(line.table);
    if (!columns || !Array.isArray(line.columns) || line.columns.some((name) => !columns.has(name))) {
      throw unreadable(`it has a table that its own release did not have: ${String(line.table)}`);
    }
    const copying = client.query(
      from(`copy ${quoted(line.table)} (${line.columns.map(quoted).join(', ')}) from stdin`),
    );
    const failed = once(copying, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => {});
    for (;;) {
      const row = await lines.next();
      if (row === null) {
        copying.destroy();
        throw unreadable('it is cut off');
      }
      if (row.length === 3 && row.toString() === TABLE_END) break;
      total += 1;
      if (!copying.write(row)) await Promise.race([once(copying, 'drain'), failed]);
    }
    copying.end();
    await Promise.race([once(copying, 'finish'), failed]);
  }
}

/** Numbers that the database gives out go on after the highest one put back. */
async function continueCounting(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and a.attidentity <> ''`);
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${quoted(column)}) from ${quoted(table)}), 0) + 1, false)`,
      [quoted(table), column],
    );
  }
}

async function headOf(lines: Lines): Promise<BackupHead> {
  const head = parsed<BackupHead>(await lines.next().catch(() => null));
  if (head.format !== BACKUP_FORMAT || !Array.isArray(head.migrations)) throw unreadable('it is no backup of Reelback');
  return head;
}

function parsed<T>(line: Buffer | null): T {
  try {
    const value: unknown = JSON.parse(line?.toString('utf8') ?? '');
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {
    // Said below.
  }
  throw unreadable(line === null ? 'it is cut off, or no gzip' : 'it is damaged');
}

const unreadable = (why: string) =>
  new PermanentError('backup-unreadable', `the file cannot be restored: ${why}; nothing has been changed`);

interface Lines {
  /** With its line end; null at the end. */
  next(): Promise<Buffer | null>;
}

/** A damaged gzip ends like one that is cut off. */
function linesOf(stream: Readable): Lines {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer[] = [];
  let chunk: Buffer = Buffer.alloc(0);
  return {
    async next() {
      for (;;) {
        const end = chunk.indexOf(0x0a);
        if (end >= 0) {
          const line = Buffer.concat([...rest, chunk.subarray(0, end + 1)]);
          rest = [];
          chunk = chunk.subarray(end + 1);
          return line;
        }
        if (chunk.length > 0) rest.push(chunk);
        const more = await chunks.next().catch(() => ({ done: true as const, value: undefined }));
        if (more.done) return null;
        chunk = more.value;
      }
    },
  };
}

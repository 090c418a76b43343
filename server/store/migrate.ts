import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { PermanentError } from '../../shared/errors.ts';
import { connectTo } from './connect.ts';

export interface Migration {
  number: number;
  /** File name without `.sql`: `0001-first`. */
  name: string;
  sql: string;
  /** SHA-256 of the text with LF line ends, hexadecimal: a checkout may turn them into CRLF. */
  checksum: string;
}

/** One lock for all servers on a database; the number is arbitrary but must never change. */
const lockKey = 7_305_826_193;

/**
 * Brings the schema up to date: every file of the directory, in the order of its number, in a transaction of its own,
 * once. Servers that start at the same time wait for each other.
 * @param directory folder of `NNNN-name.sql` files.
 * @param options `upTo`: the number of the last one to apply; default: all.
 * @returns the names applied now, in order; [] when the schema was up to date.
 * @throws PermanentError `schema-newer` (the database has been migrated by a newer release), `schema-changed` (a file
 *   was edited after it was applied), `migration-failed` (the transaction of that file was rolled back),
 *   `migration-misnamed`, `database-unreachable`.
 */
export async function migrate(
  url: string,
  directory: string,
  { say = () => {}, upTo = Number.POSITIVE_INFINITY }: { say?: (line: string) => void; upTo?: number } = {},
): Promise<string[]> {
  const migrations = readMigrations(directory);
  const client = await connectTo(url);
  try {
    await lock(client, say);
    await client.query(`create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
    const applied = await client.query<Applied>('select number, name, checksum from schema_migrations order by number');
    const pending = pendingOf(migrations, applied.rows).filter(({ number }) => number <= upTo);
    for (const migration of pending) {
      say(`database: applying ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    // Ending the session releases the lock.
    await client.end();
  }
}

/**
 * Names that migrate() would apply, in order; it changes nothing.
 * @throws PermanentError as migrate() does.
 */
export async function pendingMigrations(url: string, directory: string): Promise<string[]> {
  const client = await connectTo(url);
  try {
    const applied = await appliedTo(client);
    return pendingOf(readMigrations(directory), applied).map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** What has been applied to a database, in order; [] for an empty one. */
export async function migrationsApplied(url: string): Promise<Applied[]> {
  const client = await connectTo(url);
  try {
    return await appliedTo(client);
  } finally {
    await client.end();
  }
}

async function appliedTo(client: pg.Client): Promise<Applied[]> {
  const table = await client.query<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`);
  if (!table.rows[0]?.there) return [];
  return (await client.query<Applied>('select number, name, checksum from schema_migrations order by number')).rows;
}

/**
 * The migrations of a folder, in order.
 * @throws PermanentError `migration-misnamed` when a name is not `NNNN-name.sql` or a number occurs twice.
 */
export function readMigrations(directory: string): Migration[] {
  const migrations = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(file)) {
        throw new PermanentError('migration-misnamed', `${file}: a migration is named NNNN-name.sql`);
      }
      const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(file.slice(0, 4)), name: file.slice(0, -'.sql'.length), sql, checksum };
    });
  for (const [index, migration] of migrations.entries()) {
    const next = migrations[index + 1];
    if (next?.number === migration.number) {
      throw new PermanentError('migration-misnamed', `${migration.name} and ${next.name} have the same number`);
    }
  }
  return migrations;
}

type Applied = Pick<Migration, 'number' | 'name' | 'checksum'>;

function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  for (const row of applied) {
    const migration = migrations.find((candidate) => candidate.number === row.number);
    if (migration === undefined) {
      throw new PermanentError(
        'schema-newer',
        `the database has the migration ${row.name}, which this release does not know: start the release that ` +
          'applied it or a newer one, or restore a backup made before it',
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new PermanentError(
        'schema-changed',
        `the migration ${migration.name} has been edited after it was applied to this database: put the file back ` +
          'as it was and write the change as a new migration',
      );
    }
  }
  const last = applied.at(-1);
  const pending = migrations.filter((migration) => !applied.some((row) => row.number === migration.number));
  const late = pending.find((migration) => last !== undefined && migration.number < last.number);
  if (late !== undefined) {
    throw new PermanentError(
      'migration-misnamed',
      `the migration ${late.name} comes after ${last?.name} was applied: give it a number above ${last?.number}`,
    );
  }
  return pending;
}

async function lock(client: pg.Client, say: (line: string) => void): Promise<void> {
  const tried = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockKey]);
  if (tried.rows[0]?.locked === true) return;
  say('database: another server is migrating, waiting for it');
  await client.query('select pg_advisory_lock($1)', [lockKey]);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new PermanentError('migration-failed', `the migration ${migration.name} failed: ${String(error)}`, {
      cause: error,
    });
  }
}

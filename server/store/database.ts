import { Kysely, PostgresDialect, type sql } from 'kysely';
import pg from 'pg';

/** A connection or an open transaction; every store function takes one as its first argument. */
export type Db = Kysely<unknown>;

export interface Store {
  db: Db;
  /** For LISTEN, which needs a session of its own. */
  url: string;
  /** One transaction; no network call belongs inside. */
  inTransaction<T>(work: (trx: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

// int8 arrives as text: counts and identities here stay far below 2^53.
const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

/**
 * @param url postgres://...
 * @param onError told about errors of idle connections, such as 57P01 when the database stops; they are not fatal.
 */
export function openStore(url: string, onError: (error: Error) => void, maxConnections = 20): Store {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, application_name: 'reelback' });
  pool.on('error', onError);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    url,
    inTransaction: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}

/** The rows of one plain statement. */
export async function rows<T>(db: Db, statement: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await statement.execute(db)).rows;
}

export async function row<T>(db: Db, statement: ReturnType<typeof sql<T>>): Promise<T | null> {
  return (await statement.execute(db)).rows[0] ?? null;
}

/** Number of rows a write touched. */
export async function touched(db: Db, statement: ReturnType<typeof sql>): Promise<number> {
  return Number((await statement.execute(db)).numAffectedRows ?? 0n);
}

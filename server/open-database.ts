import { join } from 'node:path';
import type { Configuration } from './configuration.ts';
import { wrong } from './environment.ts';
import { type Embedded, startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { oldestMajor, versionOf } from './store/version.ts';

export interface OpenDatabase {
  /** postgres://… of the server's own role. */
  url: string;
  /** Names of the migrations applied now. */
  applied: string[];
  /** Call it after the last connection is closed: stops the embedded database unless another server uses it. */
  close(): Promise<void>;
}

/**
 * The database of a configuration, with the current schema: the configured one, else the embedded one, started.
 * @throws PermanentError of startEmbedded and migrate, `database-unreachable`, or `configuration` when the configured
 *   one is too old.
 */
export async function openDatabase(
  configuration: Where,
  rootDir: string,
  say: (line: string) => void,
): Promise<OpenDatabase> {
  const database = await openDatabaseAsItIs(configuration, rootDir, say);
  try {
    return { ...database, applied: await migrate(database.url, migrationsOf(rootDir), { say }) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Where = Pick<Configuration, 'databaseUrl' | 'dataDir'>;

/** The same, with the schema that it has. */
export async function openDatabaseAsItIs(
  { databaseUrl, dataDir }: Where,
  rootDir: string,
  say: (line: string) => void,
): Promise<Omit<OpenDatabase, 'applied'>> {
  const embedded = databaseUrl === null ? await startEmbedded({ dataDir, rootDir, say }) : null;
  if (databaseUrl !== null) await requireVersion(databaseUrl);
  return {
    url: databaseUrl ?? (embedded as Embedded).url,
    close: async () => {
      if ((await embedded?.stop()) === 'in_use') say('database: left running, another program uses it');
    },
  };
}

async function requireVersion(url: string): Promise<void> {
  const { major, text } = await versionOf(url);
  if (major >= oldestMajor) return;
  throw wrong('REELBACK_DATABASE_URL', `must name PostgreSQL ${oldestMajor} or newer, not ${text}`);
}

export function migrationsOf(rootDir: string): string {
  return join(rootDir, 'server/store/migrations');
}

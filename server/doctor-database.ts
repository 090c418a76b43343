import type { Configuration } from './configuration.ts';
import type { Check } from './doctor.ts';
import { migrationsOf } from './open-database.ts';
import { startEmbedded } from './store/embedded.ts';
import { pendingMigrations } from './store/migrate.ts';
import { oldestMajor, versionOf } from './store/version.ts';

const name = 'database';

/** Whether the database can be reached, is new enough, and has the schema of this release. */
export async function checkDatabase(
  { databaseUrl, dataDir }: Pick<Configuration, 'databaseUrl' | 'dataDir'>,
  rootDir: string,
  say: (line: string) => void,
): Promise<Check[]> {
  try {
    if (databaseUrl !== null) return await checkUrl(databaseUrl, rootDir, 'REELBACK_DATABASE_URL');
    const embedded = await startEmbedded({ dataDir, rootDir, say });
    try {
      return await checkUrl(embedded.url, rootDir, `embedded in ${dataDir}`);
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    return [{ name, state: 'fail', text: error instanceof Error ? error.message : String(error) }];
  }
}

async function checkUrl(url: string, rootDir: string, where: string): Promise<Check[]> {
  const version = await versionOf(url);
  const checks: Check[] = [
    version.major < oldestMajor
      ? { name, state: 'fail', text: `PostgreSQL ${version.text} is too old: ${oldestMajor} or newer is needed` }
      : { name, state: 'ok', text: `PostgreSQL ${version.text}, ${where}` },
  ];
  const pending = await pendingMigrations(url, migrationsOf(rootDir));
  checks.push(
    pending.length === 0
      ? { name: 'schema', state: 'ok', text: 'up to date' }
      : { name: 'schema', state: 'warn', text: `${pending.join(', ')} missing: the next start or migrate applies it` },
  );
  return checks;
}

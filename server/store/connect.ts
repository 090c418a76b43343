import pg from 'pg';
import { PermanentError } from '../../shared/errors.ts';

/**
 * One connection, for work that needs a session of its own; the caller ends it.
 * @throws PermanentError `database-unreachable`, with the driver's reason and the remedy, never the password.
 */
export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  // Without a listener a database that stops would end the process; the running query fails all the same.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw new PermanentError(
      'database-unreachable',
      `the database cannot be used (${reasonOf(error)}): check REELBACK_DATABASE_URL, and that it takes connections`,
      { cause: error },
    );
  }
}

/** A name with several addresses fails with one error each and no text of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

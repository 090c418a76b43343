import { connectTo } from './connect.ts';

/** The oldest major version of PostgreSQL whose SQL is enough for us. */
export const oldestMajor = 14;

/**
 * PostgreSQL's version: `18.4` is { major: 18, text: '18.4' }.
 * @throws PermanentError `database-unreachable`
 */
export async function versionOf(url: string): Promise<{ major: number; text: string }> {
  const client = await connectTo(url);
  try {
    const answer = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    );
    const { number = '0', text = '?' } = answer.rows[0] ?? {};
    return { major: Math.floor(Number(number) / 10_000), text };
  } finally {
    await client.end();
  }
}

import pg from 'pg';

/**
 * PostgreSQL's version: `18.4` is { major: 18, text: '18.4' }.
 * @throws the driver's error when the database cannot be reached within 10 s.
 */
export async function versionOf(url: string): Promise<{ major: number; text: string }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const answer = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    );
    const { number = '0', text = '?' } = answer.rows[0] ?? {};
    return { major: Math.floor(Number(number) / 10_000), text };
  } finally {
    await client.end();
  }
}

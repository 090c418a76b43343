import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../server/store/embedded.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { dataDirOf } from './run.ts';

/** Folder that has package.json: jest runs there. */
const rootDir = process.cwd();
const migrations = join(rootDir, 'server/store/migrations');

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * An empty database with the current schema, for one test file: a clone of a migrated template. The first call of a
 * run starts PostgreSQL, unless REELBACK_TEST_DATABASE_URL names one (a role that may create databases).
 */
export async function createDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const template = await ensureTemplate(server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server.adminUrl, (client) =>
    client.query(`create database ${name} template ${template} owner ${server.role}`),
  );
  return {
    url: withDatabase(server.url, name),
    drop: () =>
      onServer(server.adminUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

interface TestServer {
  adminUrl: string;
  url: string;
  role: string;
}

async function testServer(): Promise<TestServer> {
  const external = process.env.REELBACK_TEST_DATABASE_URL;
  if (external !== undefined) return { adminUrl: external, url: external, role: 'current_user' };
  const run = process.env.REELBACK_TEST_RUN;
  if (run === undefined) throw new Error('no REELBACK_TEST_RUN: createDatabase() works inside jest only');
  // Nothing in a test run has to survive a power cut; and of a hundred short-lived databases none wants to be vacuumed.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    autovacuum: 'off',
    max_connections: '300',
  };
  const { adminUrl, url } = await startEmbedded({ dataDir: dataDirOf(run), rootDir, settings });
  return { adminUrl, url, role: new URL(url).username };
}

/** Migrated once a run; other workers wait at the lock. Its name says which migrations it has. */
async function ensureTemplate(server: TestServer): Promise<string> {
  const files = existsSync(migrations) ? readMigrations(migrations) : [];
  const state = createHash('sha256')
    .update(files.map((file) => file.checksum).join())
    .digest('hex');
  const template = `template_${state.slice(0, 16)}`;
  await onServer(server.adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount === 1) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} owner ${server.role}`);
    if (files.length > 0) await migrate(withDatabase(server.url, unfinished), migrations);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
  return template;
}

async function onServer<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

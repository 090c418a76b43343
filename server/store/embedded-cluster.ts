import { spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PermanentError } from '../../shared/errors.ts';
import { type Account, canEnter } from './embedded-binaries.ts';

/** Where an embedded database lives. */
export interface Place {
  /** Real path of the folder that has everything below; the account can enter it. */
  folder: string;
  /** PostgreSQL's data folder; mode 0700, owned by the account. */
  cluster: string;
  /** Mode 0600, owned by whoever runs the server. */
  passwordFile: string;
  portFile: string;
  logFile: string;
}

/** PostgreSQL's own superuser: creates the role, clones test databases; the server does not use it. */
export const superuser = 'postgres';

/**
 * The place of a data folder's database: `<dataDir>/database`, or a folder under /var/lib/reelback when the account
 * cannot enter the data folder (a project under /root).
 * @throws PermanentError `data-dir-closed` when there is no such place.
 */
export function placeOf(dataDir: string, account: Account | null): Place {
  mkdirSync(dataDir, { recursive: true });
  const base = realpathSync(dataDir);
  if (canEnter(account, base)) return placeIn(base);
  const fallback = join('/var/lib/reelback', createHash('sha256').update(base).digest('hex').slice(0, 12));
  mkdirSync(fallback, { recursive: true, mode: 0o755 });
  if (canEnter(account, fallback)) return placeIn(realpathSync(fallback));
  throw new PermanentError(
    'data-dir-closed',
    `PostgreSQL runs as the user nobody, who can enter neither ${base} nor ${fallback}: ` +
      'set REELBACK_DATA_DIR to a folder open to others, or REELBACK_DATABASE_URL to a PostgreSQL of your own',
  );
}

function placeIn(base: string): Place {
  const folder = join(base, 'database');
  return {
    folder,
    cluster: join(folder, 'cluster'),
    passwordFile: join(folder, 'password'),
    portFile: join(folder, 'port'),
    logFile: join(folder, 'log'),
  };
}

/**
 * Creates the data folder when there is none. It appears complete or not at all, and of two starts at once one wins:
 * it is made under another name and renamed.
 * @throws PermanentError `embedded-postgres-version`, `initdb-failed`.
 */
export function ensureCluster(place: Place, binaries: string, account: Account | null): void {
  if (!existsSync(place.cluster)) createCluster(place, binaries, account);
  const found = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  const version = spawnSync(join(binaries, 'bin/postgres'), ['--version'], { encoding: 'utf8', cwd: '/', ...account });
  const major = / (\d+)/.exec(version.stdout)?.[1];
  if (found !== major) {
    throw new PermanentError(
      'embedded-postgres-version',
      `the data in ${place.cluster} were written by PostgreSQL ${found}, this release brings ${major}: make a backup ` +
        'with the release that wrote them and restore it with this one',
    );
  }
}

function createCluster(place: Place, binaries: string, account: Account | null): void {
  removeUnfinished(place);
  const unfinished = `${place.folder}.new-${randomUUID()}`;
  const cluster = join(unfinished, 'cluster');
  mkdirSync(cluster, { recursive: true, mode: 0o755 });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(join(unfinished, 'password'), password, { mode: 0o600 });
  // initdb reads it as the account.
  const initial = join(unfinished, 'initial-password');
  writeFileSync(initial, password, { mode: 0o600 });
  if (account !== null) for (const path of [cluster, initial]) chownSync(path, account.uid, account.gid);
  const options = [
    ...['-D', cluster, '-U', superuser, `--pwfile=${initial}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    // Independent of the locales that the system has; upper and lower know Unicode.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ];
  const ran = spawnSync(join(binaries, 'bin/initdb'), options, {
    cwd: '/',
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
    ...account,
  });
  rmSync(initial);
  if (ran.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    const reason = ran.error?.message ?? ran.stderr.trim().replaceAll('\n', ' | ');
    throw new PermanentError(
      'initdb-failed',
      `cannot create a database in ${place.folder}: ${reason}; ` +
        'or set REELBACK_DATABASE_URL to a PostgreSQL of your own',
    );
  }
  try {
    renameSync(unfinished, place.folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(place.cluster)) throw error;
  }
}

/** What a start that was killed left behind, ten minutes later at the earliest: initdb takes seconds. */
function removeUnfinished(place: Place): void {
  const parent = dirname(place.folder);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${basename(place.folder)}.new-`)) continue;
    const path = join(parent, name);
    if (Date.now() - statSync(path).mtimeMs > 600_000) rmSync(path, { recursive: true, force: true });
  }
}

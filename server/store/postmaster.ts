import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * The PostgreSQL that runs on a data folder, by its postmaster.pid; null when none does.
 * @param cluster real path of the data folder, as it stands on PostgreSQL's command line.
 * @throws the file system's error when the folder belongs to another user.
 * @see https://www.postgresql.org/docs/current/storage-file-layout.html
 */
export function readPostmaster(cluster: string): Postmaster | null {
  const lines = (readPidFile(cluster) ?? '').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !(port > 0)) return null;
  return commandOf(pid).includes(cluster) ? { pid, port } : null;
}

/** Text of postmaster.pid, null when there is none: PostgreSQL removes it as the last thing it does. */
export function readPidFile(cluster: string): string | null {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Removes a postmaster.pid that PostgreSQL itself would not (its pid belongs to another program of the same user by
 * now, or it is empty), and only when it still says what it said: without it two servers could run on one folder.
 */
export function removeLeftPidFile(cluster: string, asRead: string): void {
  if (readPidFile(cluster) === asRead && readPostmaster(cluster) === null) rmSync(join(cluster, 'postmaster.pid'));
}

/**
 * Command line of a process, '' when there is none. A pid alone proves nothing: after a restart of a container the
 * same low numbers belong to other programs, and a killed child that nobody waits for keeps its number as a zombie.
 */
function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

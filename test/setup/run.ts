import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wipeEmbedded } from '../../server/store/embedded.ts';

export const runPrefix = 'reelback-test-';

/** Data folder of the run's own PostgreSQL; absent until a test asks for a database. */
export function dataDirOf(run: string): string {
  return join(run, 'data');
}

/** Stops the run's PostgreSQL, if it was started, and removes the run's folder. */
export async function removeRun(run: string): Promise<void> {
  if (existsSync(dataDirOf(run))) await wipeEmbedded(dataDirOf(run), { evenInUse: true });
  rmSync(run, { recursive: true, force: true });
}

/** Runs whose jest was killed are cleared away by the next one. */
export async function removeAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const run = join(tmpdir(), name);
    if (name.startsWith(runPrefix) && isAbandoned(run)) await removeRun(run).catch(() => {});
  }
}

function isAbandoned(run: string): boolean {
  try {
    process.kill(Number(readFileSync(join(run, 'owner'), 'utf8')), 0);
    return false;
  } catch (error) {
    // EPERM: somebody else's process. ENOENT: the owner file is not written yet.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const runPrefix = 'reelback-test-';

/** Removes a run's folder. */
export async function removeRun(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs whose jest was killed: their folders are removed by the next run. */
export async function removeAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(runPrefix)) continue;
    const folder = join(tmpdir(), name);
    if (!ownerIsAlive(folder)) await removeRun(folder);
  }
}

function ownerIsAlive(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'owner'), 'utf8')), 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process. ENOENT: the owner file is not written yet.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

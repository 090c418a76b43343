import { removeRun } from './run.ts';

async function stop(): Promise<void> {
  const folder = process.env.REELBACK_TEST_RUN;
  if (folder !== undefined) await removeRun(folder);
}

module.exports = stop;

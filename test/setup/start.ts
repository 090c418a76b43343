/**
 * A folder for this run. The database in it is started by the first test that asks for one (database.ts): runs without
 * one stay fast, and the runs of several people do not meet.
 */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandonedRuns, runPrefix } from './run.ts';

async function start(): Promise<void> {
  await removeAbandonedRuns();
  const folder = mkdtempSync(join(tmpdir(), runPrefix));
  // The user nobody, under whom PostgreSQL runs when this is root, must be able to pass.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  process.env.REELBACK_TEST_RUN = folder;
}

module.exports = start;

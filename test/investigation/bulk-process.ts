/** A program that only works on bulk jobs, so that a test can kill it. Arguments: database URL, tenant, lease in ms. */
import { randomBytes } from 'node:crypto';
import { createBulkWorker } from '../../server/investigation/bulk-worker.ts';
import { openJobs } from '../../server/jobs/queue.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { listenForChanges } from '../../server/store/changes.ts';
import { openStore } from '../../server/store/database.ts';

const [url = '', tenant = '', leaseMs = '1000'] = process.argv.slice(2);
const fail = (error: unknown) => {
  console.error(error);
  process.exit(1);
};
const say = () => {};

async function run() {
  const store = openStore(url, fail);
  const changes = await listenForChanges(url, fail);
  const world = {
    tenant,
    store,
    changes,
    jobs: await openJobs(url, changes, fail),
    providers: new Map(),
    settings: openSettings(store, tenant, DEFAULT_SETTINGS),
    judge: () => Promise.reject(new Error('nothing is judged here')),
    now: () => new Date(),
    randomId: (prefix: string) => `${prefix}_${randomBytes(9).toString('hex')}`,
    log: { info: say, warn: say, error: (fields: unknown) => console.error(fields) },
    leaseMs: Number(leaseMs),
    lookAgainDelaysMs: [],
  };
  createBulkWorker(world, () => Promise.reject(new Error('nothing is searched here'))).start();
}

run().catch(fail);

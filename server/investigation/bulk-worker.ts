/** Does what bulk jobs ask for. Rows are the truth: any number of workers may run, and each may die at any moment. */
import type { MessageSearch } from '../../shared/messages.ts';
import { audit } from '../store/audit.ts';
import {
  type BulkJobRow,
  beginProcessing,
  bulkWorkWaits,
  claimDiscovery,
  endJob,
  finishJob,
  postponeDiscovery,
  recordPage,
  unfinishedJobs,
} from '../store/bulk-jobs.ts';
import { claimMessages, inFlight, settleMessages } from '../store/bulk-messages.ts';
import { notify } from '../store/changes.ts';
import { processMessage } from './bulk-step.ts';
import type { CaseworkWorld, Matching } from './casework-world.ts';

export interface BulkWorker {
  start(): void;
  stop(): Promise<void>;
  /** One look at every job. @returns whether anything was done */
  round(): Promise<boolean>;
  /** Whether no job has anything to do now; what waits for a person or for mailboxes waits. */
  idle(): Promise<boolean>;
}

const EVERY_MS = 1_000;
const PAGE = 500;
const AT_A_TIME = 40;
const AT_ONCE = 4;
/** Of one job, so that others' retractions, and other jobs, have their share of the mailboxes. */
const MOST_IN_FLIGHT = 25;
const MAX_DISCOVERY_ERRORS = 8;
const LATER_MS = 5_000;

export function createBulkWorker(world: CaseworkWorld, matching: Matching): BulkWorker {
  let stopped = false;
  let wake = () => {};
  let loop: Promise<void> = Promise.resolve();
  const unlisten = world.changes.on('bulk', () => wake());

  const round = async () => {
    let did = false;
    for (const job of await unfinishedJobs(world.store.db, world.tenant)) {
      if (stopped) break;
      did = (await lookAfter(world, matching, job)) || did;
    }
    return did;
  };
  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    round,
    start() {
      loop = (async () => {
        while (!stopped) {
          const did = await round().catch((error: unknown) => {
            world.log.error({ error: error instanceof Error ? error.message : String(error) }, 'bulk jobs failed');
            return false;
          });
          if (!did && !stopped) await sleep();
        }
      })();
    },
    async stop() {
      stopped = true;
      unlisten();
      wake();
      await loop;
    },
    idle: async () => !(await bulkWorkWaits(world.store.db, world.tenant)),
  };
}

async function lookAfter(world: CaseworkWorld, matching: Matching, job: BulkJobRow): Promise<boolean> {
  const { db } = world.store;
  if (job.status === 'CANCELLED') return (await settleMessages(db, job.id, world.now())) > 0;
  if (!job.discovery_over) return discover(world, matching, job.id);
  if (job.status !== 'PROCESSING') {
    await beginProcessing(db, job.id, world.now());
    await notify(db, job.id);
    return true;
  }
  return work(world, job);
}

/** The next page of what the search finds, and where the one behind it begins, are written down together. */
async function discover(world: CaseworkWorld, matching: Matching, jobId: string): Promise<boolean> {
  const { db } = world.store;
  const owner = world.randomId('own');
  const job = await claimDiscovery(db, jobId, owner, world.now(), world.leaseMs);
  if (!job) return false;
  try {
    const cursor = job.discovery_cursor === null ? {} : { cursor: job.discovery_cursor };
    const page = await matching(job.search as MessageSearch, { ...cursor, limit: PAGE });
    if ('trouble' in page) {
      await giveUp(world, job, page.trouble.code);
      return true;
    }
    await world.store.inTransaction(async (trx) => {
      await recordPage(trx, job.id, owner, { messageIds: page.ids, cursor: page.next_cursor ?? null });
      await notify(trx, job.id);
    });
    return true;
  } catch (error) {
    world.log.warn({ job: job.id, error: error instanceof Error ? error.message : String(error) }, 'a search waits');
    if (job.discovery_errors >= MAX_DISCOVERY_ERRORS) await giveUp(world, job, 'discovery_failed');
    else await postponeDiscovery(db, job.id, owner, new Date(world.now().getTime() + LATER_MS));
    return false;
  }
}

async function work(world: CaseworkWorld, job: BulkJobRow): Promise<boolean> {
  const { db } = world.store;
  const settled = await settleMessages(db, job.id, world.now());
  if (settled > 0) await notify(db, job.id);
  const free = job.action === 'RECLASSIFY' ? AT_A_TIME : MOST_IN_FLIGHT - (await inFlight(db, job.id));
  const owner = world.randomId('own');
  const claim = { jobId: job.id, owner, now: world.now(), leaseMs: world.leaseMs };
  const claimed = free > 0 ? await claimMessages(db, { ...claim, limit: Math.min(free, AT_A_TIME) }) : [];
  const waiting = [...claimed];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await processMessage(world, job, next, owner);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (claimed.length === 0) await finish(world, job);
  return claimed.length > 0 || settled > 0;
}

async function finish(world: CaseworkWorld, job: BulkJobRow): Promise<void> {
  await world.store.inTransaction(async (trx) => {
    const status = await finishJob(trx, job.id, world.now());
    if (!status) return;
    const line = { tenant: world.tenant, actor: 'reelback', subjectId: job.id };
    await audit(trx, { ...line, action: `bulk.${status.toLowerCase()}` });
    await notify(trx, job.id, 'bulk');
  });
}

async function giveUp(world: CaseworkWorld, job: BulkJobRow, why: string): Promise<void> {
  await world.store.inTransaction(async (trx) => {
    if (!(await endJob(trx, job.id, { status: 'FAILED', message: why, at: world.now() }))) return;
    const line = { tenant: world.tenant, actor: 'reelback', subjectId: job.id };
    await audit(trx, { ...line, action: 'bulk.failed', detail: { reason: why } });
    await notify(trx, job.id, 'bulk');
  });
}

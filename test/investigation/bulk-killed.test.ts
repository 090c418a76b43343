/** A bulk job whose worker is killed with SIGKILL, twice: nothing is lost, nothing is done twice. REELBACK_TEST_BULK sets how many rows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { sql } from 'kysely';
import { row } from '../../server/store/database.ts';
import type { BulkJob } from '../../shared/bulk-job.ts';
import { CaseDesk, MARA } from '../spec/case-desk.ts';
import { TENANT } from '../submission/desk.ts';
import { seedMails } from './seeded-mails.ts';

const ROWS = Number(process.env.REELBACK_TEST_BULK ?? 120);
const LEASE_MS = 1_000;

let house: CaseDesk;
let folder: string;
const children: ChildProcess[] = [];
jest.setTimeout(60_000 + ROWS * 60);
beforeAll(async () => {
  house = await CaseDesk.open();
  // Inside the checkout, so that the program finds its packages.
  folder = mkdtempSync(join(process.cwd(), '.dist-bulk-'));
  buildSync({
    entryPoints: [join(__dirname, 'bulk-process.ts')],
    outfile: join(folder, 'worker.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await house?.close();
});

function startWorker(): ChildProcess {
  const url = house.desk.store.url;
  const child = spawn(process.execPath, [join(folder, 'worker.mjs'), url, TENANT, String(LEASE_MS)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  return child;
}

const sums = (job: BulkJob) =>
  job.messages_pending + job.messages_successful + job.messages_failed + job.messages_skipped + job.messages_cancelled;

async function until(id: string, reached: (job: BulkJob) => boolean): Promise<BulkJob> {
  for (;;) {
    const job = (await house.casework.bulk.get(id))!;
    // Whatever is looked at, and whenever: the counters are the total.
    expect(sums(job)).toBe(job.total_messages_discovered);
    if (reached(job)) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test(`a job over ${ROWS} messages survives two kills`, async () => {
  const { db } = house.desk.store;
  await seedMails(db, TENANT, ROWS);
  const asked = { action: 'RECLASSIFY' as const, disposition: 'SPAM' as const, search_params: {} };
  const all = { search_params: { start: '2026-01-01T00:00:00Z', query: 'disposition:MALICIOUS' } };
  const job = (await house.casework.bulk.start({ ...asked, ...all }, MARA)) as BulkJob;
  await house.work((now) => now.status === 'PROCESSING', job.job_id);
  expect((await house.casework.bulk.get(job.job_id))!.total_messages_discovered).toBe(ROWS);

  for (const share of [0.25, 0.5]) {
    const worker = startWorker();
    await until(job.job_id, (now) => now.messages_successful >= ROWS * share);
    worker.kill('SIGKILL');
    await new Promise((resolve) => worker.once('exit', resolve));
  }
  const midway = (await house.casework.bulk.get(job.job_id))!;
  expect(midway.status).toBe('PROCESSING');
  startWorker();
  const over = await until(job.job_id, ({ completed_at }) => completed_at !== null);
  expect(over).toMatchObject({ status: 'COMPLETED', messages_successful: ROWS, messages_pending: 0 });

  const done = await row(
    db,
    sql`select (select count(*)::int from decisions) as decisions,
               (select count(distinct message_id)::int from decisions) as decided,
               (select count(*)::int from submissions where submission_type = 'TEAM') as submissions,
               (select count(*)::int from messages where disposition = 'SPAM') as judged`,
  );
  expect(done).toEqual({ decisions: ROWS, decided: ROWS, submissions: ROWS, judged: ROWS });
});

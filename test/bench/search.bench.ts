/**
 * Searching a million mails (REELBACK_BENCH_MESSAGES makes it fewer): what a person waits for each kind of search, beside the
 * plain statement of the same question in the same run, planned as PostgreSQL likes.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openInvestigations } from '../../server/investigation/investigations.ts';
import { readSearch } from '../../server/investigation/read-search.ts';
import { migrationsOf } from '../../server/open-database.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { plainSearch } from '../../server/store/message-search.ts';
import { migrate } from '../../server/store/migrate.ts';
import type { MessageSearch } from '../../shared/messages.ts';
import { NEWEST, SEARCH_KINDS, seedMessages, TENANT } from './seeded-messages.ts';

export const name = 'search: a million mails';

const MAILS = Number(process.env.REELBACK_BENCH_MESSAGES ?? 1_000_000);
const ROUNDS = Number(process.env.REELBACK_BENCH_ROUNDS ?? 20);
/** The plain statement can take seconds. */
const PLAIN_ROUNDS = 5;
const PLAIN_MS = 20_000;
const PAGE = 50;

type Row = { kind: string; p50: number; p95: number; most: number; plain: number; found: string; ratio: number };

export async function run({ log }: { log: (line: string) => void }): Promise<{ table: string; json: unknown }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-'));
  // The database runs as another user when we are root, and must get in.
  chmodSync(dataDir, 0o711);
  const rootDir = process.cwd();
  const database = await startEmbedded({ dataDir, rootDir });
  await migrate(database.url, migrationsOf(rootDir));
  const store = openStore(database.url, (error) => log(error.message));
  try {
    const began = performance.now();
    await seedMessages(store.db, MAILS, log);
    log(`seeded in ${Math.round((performance.now() - began) / 1_000)} s`);
    return await measure(store, log);
  } finally {
    await store.close();
    await database.stop();
    await wipeEmbedded(dataDir, { evenInUse: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(store: Store, log: (line: string) => void) {
  const now = () => NEWEST;
  const investigations = openInvestigations({ tenant: TENANT, store, providers: new Map(), now, searchMs: 1_000 });
  const rows: Row[] = [];
  const all: number[] = [];
  for (const [kind, searchOf] of Object.entries(SEARCH_KINDS)) {
    const times: number[] = [];
    let items = 0;
    let next = 0;
    for (let at = 1; at <= ROUNDS; at++) {
      const began = performance.now();
      const page = await investigations.search(searchOf(at), { limit: PAGE, language: 'en' });
      times.push(performance.now() - began);
      if ('trouble' in page) throw new Error(`${kind}: ${JSON.stringify(page.trouble)}`);
      items += page.items.length;
      if (page.next_cursor) next++;
    }
    const plain: number[] = [];
    for (let at = 1; at <= PLAIN_ROUNDS; at++) plain.push(await plainly(store, searchOf(at)));
    all.push(...times);
    const row = {
      kind,
      p50: at(times, 0.5),
      p95: at(times, 0.95),
      most: at(times, 1),
      plain: at(plain, 1),
      found: `${Math.round(items / ROUNDS)}${next > 0 ? '+' : ''}`,
      ratio: at(plain, 1) / at(times, 1),
    };
    rows.push(row);
    log(`${kind}: p50 ${row.p50.toFixed(0)} ms, p95 ${row.p95.toFixed(0)} ms; plain ${row.plain.toFixed(0)} ms`);
  }
  const overall = { p50: at(all, 0.5), p95: at(all, 0.95), most: at(all, 1) };
  return { table: tableOf(rows, overall), json: { mails: MAILS, rounds: ROUNDS, rows, overall } };
}

/** The slowest that a person would have waited, had the question been put as it is. */
async function plainly(store: Store, search: MessageSearch): Promise<number> {
  const read = readSearch(search, NEWEST);
  if ('trouble' in read) throw new Error(read.trouble.code);
  const began = performance.now();
  await plainSearch(store.db, { tenant: TENANT, ...read, before: null, limit: PAGE }, PLAIN_MS).catch(() => null);
  return performance.now() - began;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}

function tableOf(rows: Row[], overall: { p50: number; p95: number; most: number }): string {
  const line = (cells: string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(40) : cell.padStart(11))).join(' ');
  return [
    `${MAILS.toLocaleString('en')} mails, ${ROUNDS} searches of each kind, pages of ${PAGE} with all their fields; milliseconds`,
    line(['', 'p50', 'p95', 'slowest', 'plain SQL', 'plain/ours', 'items']),
    ...rows.map((r) =>
      line([
        r.kind,
        r.p50.toFixed(0),
        r.p95.toFixed(0),
        r.most.toFixed(0),
        r.plain.toFixed(0),
        r.ratio.toFixed(1),
        r.found,
      ]),
    ),
    line(['all', overall.p50.toFixed(0), overall.p95.toFixed(0), overall.most.toFixed(0), '', '', '']),
    'plain SQL: the slowest of 5 for the ids alone, in one statement; plain/ours: of the two slowest.',
  ].join('\n');
}

/**
 * A whole retraction with its database (fsync on): from the plan to the end of the first pass over every mailbox,
 * against a bare loop of fetch that posts the same $batch bodies with the same number in flight, in turns in one run.
 * With copies to retract our side also reads, compares, records and moves each; the bare loop only finds them.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { graphProvider } from '../../server/mailboxes/graph.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { migrationsOf } from '../../server/open-database.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { listDirectory } from '../../server/retraction/directory.ts';
import { createEngine } from '../../server/retraction/engine.ts';
import { DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import { prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { listenForChanges } from '../../server/store/changes.ts';
import { openStore } from '../../server/store/database.ts';
import { startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import { migrate } from '../../server/store/migrate.ts';
import { insertRetraction, retractionById, retractionProgress } from '../../server/store/retractions.ts';
import {
  type BenchTenant,
  bareLoop,
  bodiesOf,
  LATENCY_MS,
  LURE,
  MESSAGE_ID,
  median,
  startTenant,
} from './sweep-tenant.ts';

export const name = 'retraction: first pass over every mailbox, with its database';

const IN_FLIGHT = 64;
const ROUNDS = 3;

export async function run({ log }: { log: (line: string) => void }) {
  const table: Record<string, string | number>[] = [];
  for (const [count, hitEvery] of [
    [1_000, 0],
    [1_000, 50],
    [10_000, 0],
    [10_000, 50],
  ] as const) {
    const { child, tenant } = await startTenant(count, hitEvery);
    try {
      // The engine moves what it finds, so the bare loop goes first in every round, on the same mailboxes.
      const bodies = await bodiesOf(tenant);
      const ours: number[] = [];
      const bare: number[] = [];
      let retracted = 0;
      for (let round = 0; round < (hitEvery ? 1 : ROUNDS); round++) {
        bare.push(await seconds(() => bareLoop(tenant, bodies, IN_FLIGHT)));
        const pass = await firstPass(tenant);
        ours.push(pass.seconds);
        retracted = pass.retracted;
        log(`${count} mailboxes: ${pass.seconds.toFixed(2)} s, bare loop ${bare.at(-1)?.toFixed(2)} s`);
      }
      table.push({
        mailboxes: count,
        retracted,
        'first pass s': round2(median(ours)),
        'bare loop s': round2(median(bare)),
        ratio: round2(median(ours.map((s, i) => s / bare[i]!))),
      });
    } finally {
      child.kill('SIGKILL');
    }
  }
  return { table, json: { latencyMs: LATENCY_MS, inFlight: IN_FLIGHT, aim: 1.25, rows: table } };
}

/** A database, a directory and a provider of its own each time; only the pass itself is timed. */
async function firstPass(tenant: BenchTenant): Promise<{ seconds: number; retracted: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-'));
  // The database runs as another user when we are root, and must get in.
  chmodSync(dataDir, 0o711);
  const rootDir = process.cwd();
  const database = await startEmbedded({ dataDir, rootDir });
  await migrate(database.url, migrationsOf(rootDir));
  const fail = (error: Error) => console.error(error.message);
  const store = openStore(database.url, fail);
  const changes = await listenForChanges(database.url, fail);
  const provider = graphProvider({ ...tenant.settings, inFlight: { start: IN_FLIGHT, max: IN_FLIGHT } });
  const quiet = () => {};
  let serial = 0;
  const world: RetractionWorld = {
    tenant: 'bench',
    store,
    changes,
    providers: new Map([[provider.provider, provider]]),
    settings: openSettings(store, 'bench', DEFAULT_SETTINGS),
    now: () => new Date(),
    randomId: (prefix) => `${prefix}_${++serial}`,
    log: { info: quiet, warn: (_, text) => console.error(text), error: (fields, text) => console.error(text, fields) },
    tuning: { ...DEFAULT_TUNING },
  };
  const engine = createEngine(world);
  try {
    await listDirectory(world);
    const raw = Buffer.from(LURE);
    const blob = await prepareBlob(raw);
    const fingerprint = fingerprintOf(await parseMessage(raw));
    const start = async () => {
      await store.inTransaction(async (trx) => {
        await putBlob(trx, blob);
        const message = { id: 'msg_1', tenant: 'bench', sha256: blob.sha256, internet_message_id: MESSAGE_ID };
        await rememberMessage(trx, {
          ...message,
          subject: 'Invoice 4711',
          header_from: '',
          fingerprint,
          recipients: [],
        });
        await insertRetraction(trx, {
          id: 'ret_1',
          tenant: 'bench',
          cause: 'psr',
          state: 'planned',
          preview: false,
          reason: null,
          message_id: 'msg_1',
          internet_message_ids: [MESSAGE_ID],
          fingerprint,
          subject: 'Invoice 4711',
          destination: 'Quarantine',
          definitive: false,
          generation: 1,
          requested_by: 'bench',
          requested_at: new Date(),
        });
      });
      engine.start();
      while ((await retractionById(store.db, 'bench', 'ret_1'))?.state !== 'confirming') await sleep(20);
      return (await retractionProgress(store.db, 'ret_1')).retracted;
    };
    let retracted = 0;
    const took = await seconds(async () => {
      retracted = await start();
    });
    return { seconds: took, retracted };
  } finally {
    await engine.stop();
    await changes.close();
    await store.close();
    await database.stop();
    await wipeEmbedded(dataDir, { evenInUse: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const round2 = (value: number) => Math.round(value * 100) / 100;

/**
 * A whole retraction with its database (fsync on): from the plan to the end of the first pass over every mailbox,
 * against a bare loop of fetch that posts the same $batch bodies with the same number in flight, in turns in one run.
 * With copies to retract our side also reads, compares, records and moves each; the bare loop only finds them.
 */
import { graphProvider } from '../../server/mailboxes/graph.ts';
import { retractionProgress } from '../../server/store/retraction-progress.ts';
import { withEngine } from './engine.ts';
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
  const provider = graphProvider({ ...tenant.settings, inFlight: { start: IN_FLIGHT, max: IN_FLIGHT } });
  return withEngine([provider], async (engine) => {
    let retracted = 0;
    const took = await seconds(async () => {
      const id = await engine.retract({ messageId: MESSAGE_ID, raw: LURE });
      retracted = (await retractionProgress(engine.world.store.db, id)).retracted;
    });
    return { seconds: took, retracted };
  });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const round2 = (value: number) => Math.round(value * 100) / 100;

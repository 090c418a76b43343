/**
 * Finding one mail in every mailbox of a tenant: our sweep against a bare loop of fetch that posts the very same $batch
 * bodies with the same number in flight, in turns in one run. The tenant is the simulator in a process of its own, with
 * 200 ms for every request inside a batch and four of them at a time, as Graph does it: a full batch takes a second.
 */
import { graphProvider } from '../../server/mailboxes/graph.ts';
import type { GraphSettings } from '../../server/mailboxes/graph-settings.ts';
import { type BenchTenant, bareLoop, bodiesOf, LATENCY_MS, MESSAGE_ID, median, startTenant } from './sweep-tenant.ts';

export const name = 'sweep: one Message-ID in every mailbox';

const HIT_EVERY = 50;
const ROUNDS = 3;
const IN_FLIGHT = 64;

interface Measured {
  seconds: number;
  cpuMsPerMailbox: number;
  found: number;
}

export async function run({ log }: { log: (line: string) => void }) {
  const table: Record<string, string | number>[] = [];
  const runs: Record<string, unknown>[] = [];
  for (const count of [1_000, 10_000]) {
    const { child, tenant } = await startTenant(count, HIT_EVERY);
    try {
      const bodies = await bodiesOf(tenant);
      for (const inFlight of [{ start: IN_FLIGHT, max: IN_FLIGHT }, undefined]) {
        const compared = await compare(tenant, bodies, inFlight, log);
        table.push(compared.row);
        runs.push(compared);
      }
    } finally {
      child.kill('SIGKILL');
    }
  }
  return { table, json: { latencyMs: LATENCY_MS, rounds: ROUNDS, aim: 1.25, runs } };
}

async function compare(
  tenant: BenchTenant,
  bodies: string[],
  inFlight: GraphSettings['inFlight'],
  log: (line: string) => void,
) {
  const count = tenant.mailboxes.length;
  const most = inFlight?.max ?? 128;
  const ours: Measured[] = [];
  const bare: Measured[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const [our, other] = [
      await measured(count, () => sweep(tenant, inFlight)),
      await measured(count, () => bareLoop(tenant, bodies, most)),
    ];
    if (our.found !== other.found) throw new Error(`found ${our.found}, the bare loop ${other.found}`);
    log(`${count} mailboxes, ${most} in flight, round ${round}: ${our.seconds} s, bare ${other.seconds} s`);
    ours.push(our);
    bare.push(other);
  }
  const ratio = Math.round(median(ours.map((one, at) => one.seconds / (bare[at]?.seconds ?? 1))) * 100) / 100;
  const row = {
    mailboxes: count,
    'batches in flight': inFlight ? `${most}` : `64 growing to ${most}`,
    found: ours[0]?.found ?? 0,
    'sweep s': median(ours.map(({ seconds }) => seconds)),
    'bare loop s': median(bare.map(({ seconds }) => seconds)),
    ratio,
    'cpu ms/mailbox': median(ours.map(({ cpuMsPerMailbox }) => cpuMsPerMailbox)),
    'bare cpu ms/mailbox': median(bare.map(({ cpuMsPerMailbox }) => cpuMsPerMailbox)),
  };
  return { row, ratio, ours, bare };
}

/** A provider of its own each time, so that the window starts cold and a token is fetched. */
async function sweep({ settings, mailboxes }: BenchTenant, inFlight: GraphSettings['inFlight']): Promise<number> {
  const outcomes = await graphProvider({ ...settings, inFlight }).findCopies(mailboxes, MESSAGE_ID);
  return outcomes.filter((outcome) => {
    if (!outcome.ok) throw outcome.error;
    return outcome.value.length === 1;
  }).length;
}

async function measured(count: number, work: () => Promise<number>): Promise<Measured> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const found = await work();
  const { user, system } = process.cpuUsage(cpu);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const seconds = round((performance.now() - wall) / 1000);
  return { seconds, cpuMsPerMailbox: round((user + system) / 1000 / count), found };
}

/**
 * Finding one mail in every mailbox of a tenant: our sweep against a bare loop of fetch that posts the very same $batch
 * bodies with the same number in flight, in turns in one run. The tenant is the simulator in a process of its own, with
 * 200 ms for every request inside a batch and four of them at a time, as Graph does it: a full batch takes a second.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { graphProvider } from '../../server/mailboxes/graph.ts';
import type { GraphSettings } from '../../server/mailboxes/graph-settings.ts';
import { startSimulator } from '../../simulator/start.ts';

export const name = 'sweep: one Message-ID in every mailbox';

const LATENCY_MS = 200;
const HIT_EVERY = 50;
const ROUNDS = 3;
const IN_FLIGHT = 64;
const MESSAGE_ID = '<invoice+4711@lure.example>';
const CHILD = 'sweep-simulator';

interface Tenant {
  settings: GraphSettings;
  mailboxes: string[];
}
interface Measured {
  seconds: number;
  cpuMsPerMailbox: number;
  found: number;
}

if (process.argv[2] === CHILD) void serve(Number(process.argv[3]));

export async function run({ log }: { log: (line: string) => void }) {
  const table: Record<string, string | number>[] = [];
  const runs: Record<string, unknown>[] = [];
  for (const count of [1_000, 10_000]) {
    const { child, tenant } = await startChild(count);
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
  tenant: Tenant,
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
async function sweep({ settings, mailboxes }: Tenant, inFlight: GraphSettings['inFlight']): Promise<number> {
  const outcomes = await graphProvider({ ...settings, inFlight }).findCopies(mailboxes, MESSAGE_ID);
  return outcomes.filter((outcome) => {
    if (!outcome.ok) throw outcome.error;
    return outcome.value.length === 1;
  }).length;
}

async function bareLoop({ settings }: Tenant, bodies: string[], inFlight: number): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(settings)}` };
  let next = 0;
  let found = 0;
  const lane = async () => {
    while (next < bodies.length) {
      const body = bodies[next++];
      const response = await fetch(`${settings.graphUrl}/v1.0/$batch`, { method: 'POST', headers, body });
      const { responses } = (await response.json()) as { responses: { body: { value: unknown[] } }[] };
      for (const answer of responses) found += answer.body.value.length;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return found;
}

/** What the sweep posts, listened to at the wire; also warms both ends up. */
async function bodiesOf({ settings, mailboxes }: Tenant): Promise<string[]> {
  const bodies: string[] = [];
  const listening: typeof fetch = (input, init) => {
    if (String(input).endsWith('/$batch')) bodies.push(String(init?.body));
    return fetch(input, init);
  };
  const inFlight = { start: 128, max: 128 };
  await graphProvider({ ...settings, inFlight }, { fetch: listening }).findCopies(mailboxes, MESSAGE_ID);
  return bodies;
}

async function measured(count: number, work: () => Promise<number>): Promise<Measured> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const found = await work();
  const { user, system } = process.cpuUsage(cpu);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const seconds = round((performance.now() - wall) / 1000);
  return { seconds, cpuMsPerMailbox: round((user + system) / 1000 / count), found };
}

async function tokenFor({ loginUrl, tenantId, clientId, credential }: GraphSettings): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: 'clientSecret' in credential ? credential.clientSecret : '',
    scope: 'https://graph.microsoft.com/.default',
  });
  const response = await fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** The runner names this bundle as its first argument; the child is the same file in its other part. */
async function startChild(count: number): Promise<{ child: ChildProcess; tenant: Tenant }> {
  const child = fork(process.argv[2] ?? '', [CHILD, String(count)]);
  const tenant = await new Promise<Tenant>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Tenant));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, tenant };
}

async function serve(count: number): Promise<void> {
  const simulator = await startSimulator({ seed: 'none', keepLog: 0, latencyMs: LATENCY_MS });
  simulator.addMailboxes(count);
  const mailboxes = simulator.tenant.people.map((person) => person.mail ?? '');
  const lure = `Message-ID: ${MESSAGE_ID}\r\nFrom: billing@lure.example\r\nSubject: Invoice 4711\r\n\r\nPay now.\r\n`;
  for (let at = 0; at < count; at += HIT_EVERY) simulator.deliver(mailboxes[at] ?? '', lure);
  const { tenantId, loginUrl, graphUrl, app } = simulator;
  const credential = { clientSecret: app.clientSecret };
  process.send?.({ settings: { tenantId, loginUrl, graphUrl, clientId: app.clientId, credential }, mailboxes });
  process.on('disconnect', () => process.exit(0));
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

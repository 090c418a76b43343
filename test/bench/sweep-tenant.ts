/** A simulated tenant in a process of its own, and the bare loop that every sweep is held against. */
import { type ChildProcess, fork } from 'node:child_process';
import { graphProvider } from '../../server/mailboxes/graph.ts';
import type { GraphSettings } from '../../server/mailboxes/graph-settings.ts';
import { startSimulator } from '../../simulator/start.ts';

/** For every request inside a batch, four of them at a time, as Graph does it: a full batch takes a second. */
export const LATENCY_MS = 200;
export const MESSAGE_ID = '<invoice+4711@lure.example>';
export const LURE = `Message-ID: ${MESSAGE_ID}\r\nFrom: billing@lure.example\r\nSubject: Invoice 4711\r\n\r\nPay now.\r\n`;
const CHILD = 'sweep-simulator';

export interface BenchTenant {
  settings: GraphSettings;
  mailboxes: string[];
}

if (process.argv[2] === CHILD) void serve(Number(process.argv[3]), Number(process.argv[4]));

/**
 * The runner names this bundle as its first argument; the child is the same file in its other part.
 * @param hitEvery every so many mailboxes one has a copy; 0 for none
 */
export async function startTenant(
  count: number,
  hitEvery: number,
): Promise<{ child: ChildProcess; tenant: BenchTenant }> {
  const child = fork(process.argv[2] ?? '', [CHILD, String(count), String(hitEvery)]);
  const tenant = await new Promise<BenchTenant>((resolve, reject) => {
    child.once('message', (message) => resolve(message as BenchTenant));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, tenant };
}

async function serve(count: number, hitEvery: number): Promise<void> {
  const simulator = await startSimulator({ seed: 'none', keepLog: 0, latencyMs: LATENCY_MS });
  simulator.addMailboxes(count);
  const mailboxes = simulator.tenant.people.map((person) => person.mail ?? '');
  for (let at = 0; hitEvery > 0 && at < count; at += hitEvery) simulator.deliver(mailboxes[at] ?? '', LURE);
  const { tenantId, loginUrl, graphUrl, app } = simulator;
  const credential = { clientSecret: app.clientSecret };
  process.send?.({ settings: { tenantId, loginUrl, graphUrl, clientId: app.clientId, credential }, mailboxes });
  process.on('disconnect', () => process.exit(0));
}

/** Plain fetch of the same bodies, the same number in flight. @returns copies found */
export async function bareLoop({ settings }: BenchTenant, bodies: string[], inFlight: number): Promise<number> {
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
export async function bodiesOf({ settings, mailboxes }: BenchTenant, messageId = MESSAGE_ID): Promise<string[]> {
  const bodies: string[] = [];
  const listening: typeof fetch = (input, init) => {
    if (String(input).endsWith('/$batch')) bodies.push(String(init?.body));
    return fetch(input, init);
  };
  const inFlight = { start: 128, max: 128 };
  await graphProvider({ ...settings, inFlight }, { fetch: listening }).findCopies(mailboxes, messageId);
  return bodies;
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

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

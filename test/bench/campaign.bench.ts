/**
 * One campaign over both suites, 5,000 mailboxes each, through the whole engine with its database (fsync on): from the
 * decision to the last moved copy, and to the end of the first pass. Beside it, in the same run and on the same tenant,
 * what each suite's search alone takes with plain fetch and nothing recorded, compared or moved; the ratio is to the
 * slower of the two. Cold: no mailbox of the Workspace has a token yet. Then warm, and warm with five times the copies.
 * REELBACK_BENCH_MAILBOXES: of each suite.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { sql } from 'kysely';
import { gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { GmailSettings } from '../../server/mailboxes/gmail-settings.ts';
import { graphProvider } from '../../server/mailboxes/graph.ts';
import type { GraphSettings } from '../../server/mailboxes/graph-settings.ts';
import { rows } from '../../server/store/database.ts';
import { startSimulator } from '../../simulator/start.ts';
import { type BenchEngine, withEngine } from './engine.ts';
import { bareBatches, bareTokens, batchesOf } from './google-bare.ts';
import { bareLoop, bodiesOf, LATENCY_MS } from './sweep-tenant.ts';

export const name = 'campaign: one mail in both suites, retracted by the whole engine';

const EACH = Number(process.env.REELBACK_BENCH_MAILBOXES ?? 5_000);
const GOOGLE_LATENCY_MS = 50;
const UNITS_PER_SECOND = 1_200_000 / 60;
const IN_FLIGHT = 64;
const CHILD = 'campaign-simulator';

/** `hitEvery`: of so many mailboxes one has a copy; every other copy is read. */
const CAMPAIGNS = [
  { campaign: 'cold, 2 % hit', messageId: '<cold+4711@lure.example>', hitEvery: 50 },
  { campaign: 'warm, 2 % hit', messageId: '<warm+4711@lure.example>', hitEvery: 50 },
  { campaign: 'warm, 10 % hit', messageId: '<wide+4711@lure.example>', hitEvery: 10 },
] as const;

interface BothSuites {
  microsoft: { settings: GraphSettings; mailboxes: string[] };
  google: { settings: GmailSettings; mailboxes: string[] };
}

if (process.argv[2] === CHILD) void serve();

export async function run({ log }: { log: (line: string) => void }) {
  const { child, suites } = await startSuites();
  try {
    const floors = await bareFloors(suites, log);
    const providers = [graphProvider(suites.microsoft.settings), gmailProvider(suites.google.settings)];
    const table = await withEngine(providers, async (engine) => {
      const lines: Record<string, string | number>[] = [];
      for (const campaign of CAMPAIGNS) {
        lines.push(await measured(engine, campaign, floors, lines.length === 0));
        log(JSON.stringify(lines.at(-1)));
      }
      return lines;
    });
    return { table, json: { graphLatencyMs: LATENCY_MS, gmailLatencyMs: GOOGLE_LATENCY_MS, floors, rows: table } };
  } finally {
    child.kill('SIGKILL');
  }
}

interface Floors {
  microsoft: number;
  googleTokens: number;
  googleSearch: number;
}

async function bareFloors({ microsoft, google }: BothSuites, log: (line: string) => void): Promise<Floors> {
  const nobody = '<nobody-has-this@lure.example>';
  const bodies = await bodiesOf(microsoft, nobody);
  const batches = await batchesOf(google.settings, google.mailboxes, nobody);
  const started = performance.now();
  await bareLoop(microsoft, bodies, IN_FLIGHT);
  const floors = {
    microsoft: round((performance.now() - started) / 1000),
    googleTokens: round(await bareTokens(google.settings, google.mailboxes)),
    googleSearch: round(await bareBatches(google.settings, batches)),
  };
  log(`bare, s: ${JSON.stringify(floors)}`);
  return floors;
}

async function measured(
  engine: BenchEngine,
  { campaign, messageId, hitEvery }: (typeof CAMPAIGNS)[number],
  floors: Floors,
  cold: boolean,
) {
  const copies = 2 * Math.ceil(EACH / hitEvery);
  const started = Date.now();
  const cpu = process.cpuUsage();
  const id = await engine.retract({ messageId, raw: lureOf(messageId) });
  const firstPass = (Date.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const moved = await movesOf(engine, id);
  if (moved.length !== copies) throw new Error(`${moved.length} of ${copies} copies were retracted`);
  const after = (which: (move: Move) => boolean) =>
    moved
      .filter(which)
      .map(({ acted_at }) => (acted_at.getTime() - started) / 1000)
      .sort((a, b) => a - b);
  const all = after(() => true);
  const at = (seconds: number[], share: number) =>
    round(seconds[Math.max(0, Math.ceil(seconds.length * share) - 1)] ?? 0);
  // A find, then of each copy one read, one claim, one removal.
  const quota = (EACH * 5 + (copies / 2) * 30) / UNITS_PER_SECOND;
  const google = (cold ? floors.googleTokens : 0) + Math.max(floors.googleSearch, quota);
  const floor = Math.max(floors.microsoft, google);
  return {
    campaign,
    mailboxes: 2 * EACH,
    copies,
    'first copy s': at(all, 0),
    'half of them s': at(all, 0.5),
    'last unread s': at(
      after(({ was_read }) => !was_read),
      1,
    ),
    'last Outlook s': at(
      after(({ provider }) => provider === 'microsoft365'),
      1,
    ),
    'last Gmail s': at(
      after(({ provider }) => provider === 'google'),
      1,
    ),
    'last copy s': at(all, 1),
    'first pass s': round(firstPass),
    'bare Microsoft s': floors.microsoft,
    'bare Google s': round(google),
    ratio: round(at(all, 1) / floor),
    'cpu ms/mailbox': round((user + system) / 1000 / (2 * EACH)),
  };
}

interface Move {
  provider: string;
  acted_at: Date;
  was_read: boolean;
}

function movesOf({ world }: BenchEngine, id: string): Promise<Move[]> {
  return rows<Move>(
    world.store.db,
    sql`select provider, acted_at, was_read from retraction_copies where retraction_id = ${id} and state = 'retracted'`,
  );
}

function lureOf(messageId: string): string {
  return `Message-ID: ${messageId}\r\nFrom: billing@lure.example\r\nSubject: Invoice 4711\r\n\r\nPay now.\r\n`;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The runner names this bundle as its first argument; the child is the same file in its other part. */
async function startSuites(): Promise<{ child: ChildProcess; suites: BothSuites }> {
  const child = fork(process.argv[2] ?? '', [CHILD]);
  const suites = await new Promise<BothSuites>((resolve, reject) => {
    child.once('message', (message) => resolve(message as BothSuites));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, suites };
}

async function serve(): Promise<void> {
  const google = { settings: { latencyMs: GOOGLE_LATENCY_MS } };
  const simulator = await startSimulator({ seed: 'none', keepLog: 0, latencyMs: LATENCY_MS, google });
  simulator.addMailboxes(EACH);
  simulator.google.addMailboxes(EACH);
  const outlook = simulator.tenant.people.map((person) => person.mail ?? '');
  const gmail = simulator.google.workspace.users
    .map(({ primaryEmail }) => primaryEmail)
    .filter((one) => one.startsWith('user'));
  for (const { messageId, hitEvery } of CAMPAIGNS) {
    const lure = lureOf(messageId);
    for (let at = 0; at < EACH; at += hitEvery) {
      const isRead = (at / hitEvery) % 2 === 1;
      simulator.deliver(outlook[at] ?? '', lure, { isRead });
      simulator.google.deliver(gmail[at] ?? '', lure, { labels: isRead ? ['INBOX'] : ['INBOX', 'UNREAD'] });
    }
  }
  const { tenantId, loginUrl, graphUrl, app } = simulator;
  const key = simulator.google.serviceAccount;
  process.send?.({
    microsoft: {
      settings: {
        tenantId,
        loginUrl,
        graphUrl,
        clientId: app.clientId,
        credential: { clientSecret: app.clientSecret },
      },
      mailboxes: outlook,
    },
    google: {
      settings: {
        serviceAccount: {
          clientEmail: key.client_email,
          privateKey: key.private_key,
          privateKeyId: key.private_key_id,
          tokenUri: key.token_uri,
        },
        admin: simulator.google.adminAddress,
        gmailUrl: simulator.google.gmailUrl,
        adminUrl: simulator.google.adminUrl,
      },
      mailboxes: gmail,
    },
  } satisfies BothSuites);
  process.on('disconnect', () => process.exit(0));
}

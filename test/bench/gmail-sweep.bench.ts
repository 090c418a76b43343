/**
 * Finding one mail in every mailbox of a Workspace of 10,000, under the documented quotas (6,000 units a user and minute,
 * 1,200,000 a project), which the pretend Workspace enforces in a process of its own. The quota floor is what the quota
 * alone would take: units spent over 20,000 a second. Warm, the ratio is to that. Cold, every mailbox needs a token first:
 * a grant names one user (RFC 7523 `sub`), so there is neither a batch nor a common token, and an hour later it is worth
 * nothing. The floor of the tokens is a bare loop that signs and posts as many assertions with as many in flight, in the
 * same run. REELBACK_BENCH_MAILBOXES: how many mailboxes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { GmailSettings } from '../../server/mailboxes/gmail-settings.ts';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import { startSimulator } from '../../simulator/start.ts';
import { bareTokens } from './google-bare.ts';

export const name = 'gmail sweep: one Message-ID in every mailbox of a Workspace';

const MAILBOXES = Number(process.env.REELBACK_BENCH_MAILBOXES ?? 10_000);
const HIT_EVERY = 50;
const ROUNDS = 3;
const COLD_ROUNDS = 2;
const LATENCY_MS = 50;
const UNITS_PER_SECOND = 1_200_000 / 60;
const MESSAGE_ID = '<invoice+4711@lure.example>';
const CHILD = 'gmail-sweep-simulator';

interface Workspace {
  settings: GmailSettings;
  mailboxes: string[];
}

if (process.argv[2] === CHILD) void serve();

export async function run({ log }: { log: (line: string) => void }) {
  const { child, workspace } = await startWorkspace();
  try {
    const table: Record<string, string | number>[] = [];
    const tokens = await bareTokens(workspace.settings, workspace.mailboxes);
    log(`a token for every mailbox by a bare loop: ${tokens.toFixed(2)} s`);
    for (let cold = 1; cold <= COLD_ROUNDS; cold++) {
      const provider = gmailProvider(workspace.settings);
      const warmRounds = cold === COLD_ROUNDS ? ROUNDS : 0;
      for (let round = 0; round <= warmRounds; round++) {
        const row = await sweep(provider, workspace.mailboxes, round === 0 ? tokens : 0);
        table.push({ sweep: round === 0 ? `cold ${cold}: tokens first` : `warm ${round}`, ...row });
        log(JSON.stringify(table.at(-1)));
      }
    }
    const floor = 'units / 20,000 a second; cold: a bare loop of token requests, when that is longer';
    return { table, json: { latencyMs: LATENCY_MS, aim: 1.2, floor, bareTokensSeconds: tokens, rows: table } };
  } finally {
    child.kill('SIGKILL');
  }
}

/** @param tokenFloor seconds that the tokens alone take; 0 when they are there */
async function sweep(provider: MailProvider, mailboxes: string[], tokenFloor: number) {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const outcomes = await provider.findCopies(mailboxes, MESSAGE_ID);
  const seconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  let found = 0;
  for (const outcome of outcomes) {
    if (!outcome.ok) throw outcome.error;
    found += outcome.value.length;
  }
  if (found !== mailboxes.length / HIT_EVERY) throw new Error(`found ${found}`);
  const units = mailboxes.length * 5 + found * 20;
  const quotaFloor = units / UNITS_PER_SECOND;
  const floor = Math.max(quotaFloor, tokenFloor);
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    mailboxes: mailboxes.length,
    found,
    units,
    s: round(seconds),
    'quota floor s': round(quotaFloor),
    'token floor s': round(tokenFloor),
    ratio: round(seconds / floor),
    'cpu ms/mailbox': round((user + system) / 1000 / mailboxes.length),
  };
}

/** The runner names this bundle as its first argument; the child is the same file in its other part. */
async function startWorkspace(): Promise<{ child: ChildProcess; workspace: Workspace }> {
  const child = fork(process.argv[2] ?? '', [CHILD]);
  const workspace = await new Promise<Workspace>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Workspace));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, workspace };
}

async function serve(): Promise<void> {
  const { google } = await startSimulator({ seed: 'none', keepLog: 0, latencyMs: LATENCY_MS });
  google.addMailboxes(MAILBOXES);
  const mailboxes = google.workspace.users
    .map(({ primaryEmail }) => primaryEmail)
    .filter((one) => one.startsWith('user'));
  const lure = `Message-ID: ${MESSAGE_ID}\r\nFrom: billing@lure.example\r\nSubject: Invoice 4711\r\n\r\nPay now.\r\n`;
  for (let at = 0; at < MAILBOXES; at += HIT_EVERY) google.deliver(mailboxes[at] ?? '', lure);
  const key = google.serviceAccount;
  const serviceAccount = {
    clientEmail: key.client_email,
    privateKey: key.private_key,
    privateKeyId: key.private_key_id,
    tokenUri: key.token_uri,
  };
  const { adminAddress: admin, gmailUrl, adminUrl } = google;
  const settings: GmailSettings = { serviceAccount, admin, gmailUrl, adminUrl };
  process.send?.({ settings, mailboxes });
  process.on('disconnect', () => process.exit(0));
}

/**
 * Finding one mail in every mailbox of a Workspace of 10,000, under the documented quotas (6,000 units a user and minute,
 * 1,200,000 a project), which the pretend Workspace enforces in a process of its own. The floor is what the quota alone
 * would take: units spent over 20,000 a second. Once cold, where every mailbox needs a token of its own, and then warm.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { GmailSettings } from '../../server/mailboxes/gmail-settings.ts';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import { startSimulator } from '../../simulator/start.ts';

export const name = 'gmail sweep: one Message-ID in every mailbox of a Workspace';

const MAILBOXES = 10_000;
const HIT_EVERY = 50;
const ROUNDS = 3;
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
    const provider = gmailProvider(workspace.settings);
    for (let round = 0; round <= ROUNDS; round++) {
      const row = await sweep(provider, workspace.mailboxes);
      table.push({ sweep: round === 0 ? 'cold: a token for every mailbox' : `warm, round ${round}`, ...row });
      log(JSON.stringify(table.at(-1)));
    }
    return { table, json: { latencyMs: LATENCY_MS, aim: 1.2, floor: 'units / 20,000 a second', rows: table } };
  } finally {
    child.kill('SIGKILL');
  }
}

async function sweep(provider: MailProvider, mailboxes: string[]) {
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
  const floor = units / UNITS_PER_SECOND;
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    mailboxes: mailboxes.length,
    found,
    units,
    s: round(seconds),
    'quota floor s': round(floor),
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

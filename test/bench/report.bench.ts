/**
 * From the press of the button to the verdict: one server process with its embedded database (fsync on) and the
 * simulator, reports of 50 KB mails arriving at 1, 10 and 50 a second from many people, each waiting with ?wait=8.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wipeEmbedded } from '../../server/store/embedded.ts';
import { startSimulator } from '../../simulator/start.ts';
import { freePort, ServerProcess } from '../flow/server-process.ts';

export const name = 'report to verdict: 50 KB mails, latency by rate';

const RATES_PER_SECOND = [1, 10, 50];
const SECONDS = 12;
const MAIL_BYTES = 50_000;
const PEOPLE = 200;
const WARM_UP = 20;

interface Sample {
  ms: number;
  status: number;
  concluded: boolean;
}

export async function run({ log }: { log: (line: string) => void }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-'));
  // The database runs as another user when we are root, and must get in.
  chmodSync(dataDir, 0o711);
  const simulator = await startSimulator({ seed: 'none', keepLog: 0 });
  const port = await freePort();
  const server = new ServerProcess(
    {
      REELBACK_PORT: String(port),
      REELBACK_DATA_DIR: dataDir,
      REELBACK_MS_TENANT_ID: simulator.tenantId,
      REELBACK_MS_CLIENT_ID: simulator.app.clientId,
      REELBACK_MS_CLIENT_SECRET: simulator.app.clientSecret,
      REELBACK_MS_LOGIN_URL: simulator.loginUrl,
      REELBACK_MS_GRAPH_URL: simulator.graphUrl,
      REELBACK_DNS: 'off',
      LOG_LEVEL: 'warn',
    },
    `http://127.0.0.1:${port}`,
  );
  try {
    const people = Array.from({ length: PEOPLE }, (_, i) => `p${i}@example.org`);
    for (const person of people) simulator.addMailbox(person);
    await server.start();
    let serial = 0;
    const press = async (): Promise<Sample> => {
      const person = people[serial % PEOPLE]!;
      const id = simulator.deliver(person, bigMail(serial++, person));
      const started = performance.now();
      const response = await fetch(`${server.url}/api/v1/submissions?wait=8`, {
        method: 'POST',
        headers: { authorization: `Bearer ${simulator.accessToken(person)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ provider: 'microsoft365', mailbox: person, provider_message_id: id, type: 'phish' }),
      });
      const view = (await response.json()) as { status?: string };
      return { ms: performance.now() - started, status: response.status, concluded: view.status === 'concluded' };
    };
    for (let i = 0; i < WARM_UP; i++) await press();

    const table: Record<string, string | number>[] = [];
    for (const rate of RATES_PER_SECOND) {
      const samples = await atRate(rate, press);
      const judged = samples.filter((s) => s.concluded).map((s) => s.ms);
      log(`${rate}/s: ${judged.length} of ${samples.length} judged within the wait`);
      table.push({
        'reports/s': rate,
        reports: samples.length,
        judged: judged.length,
        refused: samples.filter((s) => s.status > 202).length,
        'p50 ms': percentile(judged, 0.5),
        'p99 ms': percentile(judged, 0.99),
      });
    }
    const slowest = table.at(-1)!;
    const calm = table[1]!;
    log(
      `p50 at ${slowest['reports/s']}/s is ${ratio(slowest['p50 ms'], calm['p50 ms'])} times that at ${calm['reports/s']}/s`,
    );
    return { table, json: { mailBytes: MAIL_BYTES, secondsEach: SECONDS, rows: table } };
  } finally {
    await server.stop();
    await simulator.stop();
    await wipeEmbedded(dataDir, { evenInUse: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Open loop: presses come when they come, whether or not earlier ones are answered. */
async function atRate(perSecond: number, press: () => Promise<Sample>): Promise<Sample[]> {
  const running: Promise<Sample>[] = [];
  const started = performance.now();
  for (let i = 0; i < Math.max(perSecond * SECONDS, 10); i++) {
    const dueMs = (i * 1000) / perSecond;
    await sleep(Math.max(0, started + dueMs - performance.now()));
    running.push(press());
  }
  return Promise.all(running);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}

const ratio = (a: unknown, b: unknown) => Math.round((Number(a) / Number(b)) * 100) / 100;

const WORDS =
  'project meeting invoice delivery customer report quarter budget schedule update review team plan contract order'.split(
    ' ',
  );

/** Different text in every mail, so that nothing is judged from a cache. */
function bigMail(serial: number, to: string): string {
  const lines = [
    'Received: from mail.partner.test (mail.partner.test [192.0.2.10]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000',
    `From: "Partner ${serial}" <news${serial}@partner.test>`,
    `To: ${to}`,
    `Subject: Report ${serial}`,
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    `Message-ID: <bench-${serial}@partner.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body>',
  ];
  let length = 0;
  for (let i = 0; length < MAIL_BYTES; i++) {
    const words = Array.from({ length: 12 }, (_, j) => WORDS[(serial * 7 + i * 13 + j * j) % WORDS.length]);
    const line = `<p>${words.join(' ')} ${serial}.${i} <a href="https://www.partner.test/${serial}/${i}">more</a></p>`;
    lines.push(line);
    length += line.length + 2;
  }
  return [...lines, '</body></html>', ''].join('\r\n');
}

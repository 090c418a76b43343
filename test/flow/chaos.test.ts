/**
 * The server is killed with -9 and Graph fails at random while people report; in the end every report is answered,
 * every copy has a final state, nothing has moved that should not have, and a restore puts everything back exactly.
 * REELBACK_CHAOS_SEED and REELBACK_CHAOS_KILLS make it another, or a longer, run.
 */
import type { RetractionCopy, RetractionView, SubmissionView } from '../../shared/api.ts';
import type { FaultRule, RouteName } from '../../simulator/faults.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { colleague, lure } from './mail.ts';
import { buildServer, freePort, ServerProcess } from './server-process.ts';

const SEED = Number(process.env.REELBACK_CHAOS_SEED ?? 20261121);
const KILLS = Number(process.env.REELBACK_CHAOS_KILLS ?? 20);
const MAILBOXES = 200;
const CAMPAIGNS = 6;
const TOKEN = 'admin-token-of-the-chaos-test';
const QUARANTINE = 'Reelback Quarantine';

/** mulberry32: the same seed makes the same mails, reports, faults and kills. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const address = (i: number) => `p${String(i).padStart(3, '0')}@example.org`;
const campaignId = (c: number) => `<wave-${c}+x%25@micros0ft-login.test>`;

describe(`chaos (seed ${SEED}, ${KILLS} kills)`, () => {
  const random = randomOf(SEED);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  let simulator: Simulator;
  let database: TestDatabase;
  let server: ServerProcess;
  /** Mailboxes that hold a real copy of each campaign. */
  const victims: Set<string>[] = [];

  beforeAll(async () => {
    if (!process.env.REELBACK_TEST_BUILT) buildServer();
    simulator = await startSimulator({ seed: 'none', random, keepLog: 0 });
    database = await createDatabase();
    fillTenant();
    const port = await freePort();
    server = new ServerProcess(
      {
        REELBACK_PORT: String(port),
        REELBACK_DATABASE_URL: database.url,
        REELBACK_MS_TENANT_ID: simulator.tenantId,
        REELBACK_MS_CLIENT_ID: simulator.app.clientId,
        REELBACK_MS_CLIENT_SECRET: simulator.app.clientSecret,
        REELBACK_MS_LOGIN_URL: simulator.loginUrl,
        REELBACK_MS_GRAPH_URL: simulator.graphUrl,
        REELBACK_ADMIN_TOKEN: TOKEN,
        REELBACK_CONFIRM_DELAYS: '1s,2s',
        // Short, so that a dead server's work is soon taken over; longer than a busy machine takes for one wave.
        REELBACK_WORK_LEASE: '4s',
        REELBACK_REQUEST_TIMEOUT: '700ms',
        REELBACK_DNS: 'off',
        LOG_LEVEL: 'warn',
      },
      `http://127.0.0.1:${port}`,
    );
  }, 120_000);

  afterAll(async () => {
    await server?.kill();
    await simulator?.stop();
    await database?.drop();
  });

  function fillTenant(): void {
    for (let i = 0; i < MAILBOXES; i++) {
      const owner = address(i);
      simulator.addMailbox(owner);
      simulator.deliver(owner, colleague(`<work-${i}@example.org>`, `Minutes ${i}`, owner));
    }
    for (let c = 0; c < CAMPAIGNS; c++) {
      const hit = new Set<string>();
      for (let i = 0; i < MAILBOXES; i++) {
        const owner = address(i);
        const dice = random();
        if (dice < 0.15) {
          simulator.deliver(owner, lure(campaignId(c), owner, `on day ${c}`), {
            folder: pick(['inbox', 'inbox', 'archive', 'junkemail', 'deleteditems']),
            isRead: random() < 0.5,
            flag: pick(['notFlagged', 'flagged'] as const),
            categories: random() < 0.2 ? ['Blue category'] : [],
          });
          hit.add(owner);
        } else if (dice < 0.2) {
          // Another mail under the same Message-ID: it must never move.
          simulator.deliver(owner, colleague(campaignId(c), `Borrowed ${c} in ${i}`, owner));
        }
      }
      victims.push(hit);
    }
  }

  /** At least 50 fault points beside the kills. */
  function plantFaults(): number {
    const routes: RouteName[] = [
      'find',
      'batch',
      'value',
      'move',
      'message',
      'folders',
      'createFolder',
      'users',
      'token',
    ];
    const faults: FaultRule['fault'][] = [
      { status: 429, retryAfter: 1 },
      { status: 503 },
      { status: 504 },
      { status: 504, afterEffect: true },
      { status: 500, afterEffect: true },
      { lost: 'reset' },
      { lost: 'reset', afterEffect: true },
      { lost: 'silence', afterEffect: true },
      { delayMs: 300 },
      { staleMs: 2_000 },
    ];
    let planted = 0;
    for (const route of routes) {
      for (const fault of faults) {
        if ('staleMs' in fault && route !== 'find' && route !== 'batch') continue;
        simulator.faults.add({ route, fault, skip: Math.floor(random() * 40), times: route === 'token' ? 1 : 3 });
        planted++;
      }
    }
    return planted;
  }

  async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...(init.body ? { 'content-type': 'application/json' } : {}) },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Presses the button, and presses again with the same key until the server has said that it has the report. */
  async function reportStubbornly(owner: string, campaign: number): Promise<string> {
    const copy = simulator.copies(owner).find((c) => c.internetMessageId === campaignId(campaign));
    const body = JSON.stringify({
      provider: 'microsoft365',
      mailbox: owner,
      provider_message_id: copy!.id,
      internet_message_id: campaignId(campaign),
      type: 'phish',
    });
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await fetch(`${server.url}/api/v1/submissions`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${simulator.accessToken(owner)}`,
            'content-type': 'application/json',
            'idempotency-key': `${owner}/${campaign}`,
          },
          body,
        });
        if (response.status <= 202) return ((await response.json()) as SubmissionView).id;
        if (response.status < 429) throw new Error(`refused with ${response.status}: ${await response.text()}`);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('refused')) throw error;
      }
      if (attempt > 400) throw new Error(`the report of ${owner} never got through:\n${server.log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function until(
    what: string,
    timeoutMs: number,
    condition: () => Promise<boolean>,
    story: () => Promise<string> = async () => '',
  ): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms\n${await story()}\n${server.log}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  const retractions = async () => (await api<{ items: RetractionView[] }>('/api/v1/retractions?limit=1000')).items;

  /** What keeps a retraction from its end. */
  async function openCopies(): Promise<string> {
    const open = (await retractions()).filter((r) => r.state !== 'done');
    const copies = await Promise.all(
      open.map(async (r) => {
        const { items } = await api<{ items: RetractionCopy[] }>(`/api/v1/retractions/${r.id}/copies?limit=1000`);
        return items.filter((c) => !['retracted', 'review'].includes(c.state));
      }),
    );
    return JSON.stringify({ open, copies });
  }

  test('nothing is lost, nothing moves wrongly, and a restore is exact', async () => {
    const before = new Map(Array.from({ length: MAILBOXES }, (_, i) => [address(i), simulator.copies(address(i))]));
    await server.start();
    await api('/api/v1/settings/psr', {
      method: 'PUT',
      body: JSON.stringify({ mode: 'on', scope: 'message', dispositions: ['MALICIOUS'] }),
    });
    await api('/api/v1/settings/guard', {
      method: 'PUT',
      body: JSON.stringify({ max_mailboxes: 500, max_share: 0.05, canary_mailbox: null }),
    });
    const faultPoints = plantFaults();
    expect(faultPoints + KILLS).toBeGreaterThanOrEqual(50);

    // People report while the server dies again and again.
    const reports: Promise<string>[] = [];
    for (const [campaign, hit] of victims.entries()) {
      for (const owner of [...hit].slice(0, 5)) {
        const waitMs = random() * KILLS * 700;
        reports.push(
          new Promise((resolve) => setTimeout(resolve, waitMs)).then(() => reportStubbornly(owner, campaign)),
        );
      }
    }
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 150 + random() * 900));
      await server.kill();
      await server.start();
    }
    const ids = await Promise.all(reports);

    // Every submission is accounted for.
    await until('every submission concludes', 60_000, async () => {
      const { items } = await api<{ items: SubmissionView[] }>('/api/v1/submissions?limit=1000');
      return items.length === ids.length && items.every((s) => s.status === 'concluded');
    });
    const { items: submissions } = await api<{ items: SubmissionView[] }>('/api/v1/submissions?limit=1000');
    expect(new Set(submissions.map((s) => s.id))).toEqual(new Set(ids));
    expect(submissions.map((s) => [s.outcome_disposition, s.psr?.action])).toEqual(
      ids.map(() => ['MALICIOUS', 'retract']),
    );

    // The outage is over. Waits double with every error, so what is still open comes back in at most the time that has passed.
    simulator.faults.clear();
    await until(
      'every retraction is done',
      180_000,
      async () => (await retractions()).every((r) => r.state === 'done'),
      openCopies,
    );
    const done = await retractions();
    expect(done).toHaveLength(CAMPAIGNS);

    // Every copy is in a final state, and only real copies have moved.
    for (const retraction of done) {
      const campaign = Array.from({ length: CAMPAIGNS }, (_, c) => campaignId(c)).indexOf(retraction.message_id!);
      expect(retraction.copies).toMatchObject({ unknown: 0, failed: 0, gone: 0, retracted: victims[campaign]!.size });
      const { items } = await api<{ items: RetractionCopy[] }>(
        `/api/v1/retractions/${retraction.id}/copies?limit=1000`,
      );
      expect(new Set(items.map((c) => c.state))).toEqual(new Set(['retracted', 'review']));
    }
    for (let i = 0; i < MAILBOXES; i++) {
      for (const copy of simulator.copies(address(i))) {
        const original = before.get(address(i))!.find((c) => c.id === copy.id)!;
        const campaign = victims.findIndex((hit, c) => hit.has(address(i)) && copy.internetMessageId === campaignId(c));
        const expected = campaign >= 0 && copy.subject.includes('password') ? QUARANTINE : original.folderName;
        expect([address(i), copy.subject, copy.folderName]).toEqual([address(i), copy.subject, expected]);
      }
    }

    // Everything back, with the server dying on the way once more.
    for (const retraction of done)
      await api(`/api/v1/retractions/${retraction.id}/restore`, { method: 'POST', body: '{}' });
    for (let kill = 0; kill < 3; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 300));
      await server.kill();
      await server.start();
    }
    await until('every retraction is restored', 60_000, async () =>
      (await retractions()).every((r) => r.state === 'restored'),
    );
    for (let i = 0; i < MAILBOXES; i++) expect(simulator.copies(address(i))).toEqual(before.get(address(i)));
  }, 600_000);
});

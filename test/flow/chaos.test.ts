/**
 * The server is killed with -9 and both suites fail at random while people report from both; in the end every report is
 * answered, every copy has a final state, nothing has moved that should not have, and a restore puts everything back
 * exactly. REELBACK_CHAOS_SEED and REELBACK_CHAOS_KILLS make it another, or a longer, run.
 */
import type { RetractionCopy, RetractionView, SubmissionView } from '../../shared/api.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import {
  CAMPAIGNS,
  campaignId,
  copiesOf,
  EVERYBODY,
  fillBoth,
  type Person,
  plantFaults,
  randomOf,
  reportOf,
  retractedFrom,
  type SeenCopy,
} from './chaos-tenant.ts';
import { googleEnvironment } from './google-environment.ts';
import { buildWholeServer, freePort, ServerProcess } from './server-process.ts';

const SEED = Number(process.env.REELBACK_CHAOS_SEED ?? 20261121);
const KILLS = Number(process.env.REELBACK_CHAOS_KILLS ?? 20);
const TOKEN = 'admin-token-of-the-chaos-test';

describe(`chaos (seed ${SEED}, ${KILLS} kills)`, () => {
  const random = randomOf(SEED);
  let simulator: Simulator;
  let database: TestDatabase;
  let server: ServerProcess;
  let google: ReturnType<typeof googleEnvironment>;
  /** Who holds a real copy of each campaign. */
  let victims: Person[][] = [];

  beforeAll(async () => {
    const program = buildWholeServer();
    simulator = await startSimulator({ seed: 'none', random, keepLog: 0 });
    database = await createDatabase();
    victims = fillBoth(simulator, random);
    google = googleEnvironment(simulator.google);
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
        ...google.env,
        REELBACK_ADMIN_TOKEN: TOKEN,
        REELBACK_CONFIRM_DELAYS: '1s,2s',
        // Short, so that a dead server's work is soon taken over; longer than a busy machine takes for one wave.
        REELBACK_WORK_LEASE: '4s',
        REELBACK_REQUEST_TIMEOUT: '700ms',
        REELBACK_DNS: 'off',
        LOG_LEVEL: 'warn',
      },
      `http://127.0.0.1:${port}`,
      program,
    );
  }, 120_000);

  afterAll(async () => {
    await server?.kill();
    await simulator?.stop();
    await database?.drop();
    google?.remove();
  });

  async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...(init.body ? { 'content-type': 'application/json' } : {}) },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Presses the button, and presses again with the same key until the server has said that it has the report. */
  async function reportStubbornly(person: Person, campaign: number): Promise<string> {
    const { token, body } = reportOf(simulator, person, campaign);
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await fetch(`${server.url}/api/v1/submissions`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': `${person.address}/${campaign}`,
          },
          body: JSON.stringify(body),
        });
        if (response.status <= 202) return ((await response.json()) as SubmissionView).id;
        if (response.status < 429) throw new Error(`refused with ${response.status}: ${await response.text()}`);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('refused')) throw error;
      }
      if (attempt > 1_500) throw new Error(`the report of ${person.address} never got through:\n${server.log}`);
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
    const before = new Map<Person, SeenCopy[]>(EVERYBODY.map((person) => [person, copiesOf(simulator, person)]));
    await server.start();
    await api('/api/v1/settings/psr', {
      method: 'PUT',
      body: JSON.stringify({ mode: 'on', scope: 'message', dispositions: ['MALICIOUS'] }),
    });
    await api('/api/v1/settings/guard', {
      method: 'PUT',
      body: JSON.stringify({ max_mailboxes: 500, max_share: 0.05, canary_mailbox: null }),
    });
    const faultPoints = plantFaults(simulator, random);
    expect(faultPoints + KILLS).toBeGreaterThanOrEqual(50);

    // People report while the server dies again and again.
    const reports: Promise<string>[] = [];
    for (const [campaign, hit] of victims.entries()) {
      const [office, lab] = [
        hit.filter((p) => p.provider === 'microsoft365'),
        hit.filter((p) => p.provider === 'google'),
      ];
      // The first report of a campaign comes from the one suite or from the other.
      for (const person of [...office.slice(0, 3), ...lab.slice(0, 3)]) {
        const waitMs = random() * KILLS * 700;
        reports.push(
          new Promise((resolve) => setTimeout(resolve, waitMs)).then(() => reportStubbornly(person, campaign)),
        );
      }
    }
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 700));
      await server.kill();
      await server.start();
    }
    const ids = await Promise.all(reports);

    // Every submission is accounted for.
    await until('every submission concludes', 120_000, async () => {
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
      expect(retraction.copies).toMatchObject({ unknown: 0, failed: 0, gone: 0, retracted: victims[campaign]!.length });
      const { items } = await api<{ items: RetractionCopy[] }>(
        `/api/v1/retractions/${retraction.id}/copies?limit=1000`,
      );
      expect(new Set(items.map((c) => c.state))).toEqual(new Set(['retracted', 'review']));
    }
    for (const person of EVERYBODY) {
      for (const copy of copiesOf(simulator, person)) {
        const original = before.get(person)!.find((c) => c.id === copy.id)!;
        const isLure = victims.some((hit, c) => hit.includes(person) && copy.internetMessageId === campaignId(c));
        const moved = isLure && copy.subject.includes('password');
        const expected = moved ? retractedFrom(person, original.place) : original.place;
        expect([person.address, copy.subject, copy.place]).toEqual([person.address, copy.subject, expected]);
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
    for (const person of EVERYBODY) expect(copiesOf(simulator, person)).toEqual(before.get(person));
  }, 600_000);
});

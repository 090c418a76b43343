import { connect } from 'node:net';
import { isSettled } from '../../server/http/submission-events.ts';
import type { SubmissionView } from '../../shared/api.ts';
import { blankView, type Doors, openDoors } from './doors.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { blankRetraction } from './retractions-in-memory.ts';

let issuer: Issuer;
let doors: Doors;
let url: string;
let headers: Record<string, string>;
let id: string;

beforeAll(async () => {
  issuer = await startIssuer();
  headers = { authorization: `Bearer ${await issuer.token()}` };
});
afterAll(() => issuer.stop());

async function open(limits = {}) {
  doors = await openDoors(issuer, { options: { limits: { heartbeatMs: 100, ...limits } } });
  url = await doors.app.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(`${url}/api/v1/submissions`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      provider: 'microsoft365',
      mailbox: 'ana@example.org',
      provider_message_id: 'a',
      type: 'phish',
    }),
  });
  id = ((await response.json()) as SubmissionView).id;
}
afterEach(() => doors.app.close());

const follow = (signal?: AbortSignal) => fetch(`${url}/api/v1/submissions/${id}/events`, { headers, signal });
const eventsOf = (text: string) =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('event: view\ndata: '))
    .map((block) => JSON.parse(block.slice('event: view\ndata: '.length)) as SubmissionView);
const progress = (
  state: SubmissionView['retraction'] extends infer R | null ? (R & { state: string })['state'] : never,
) => {
  const { mailboxes, copies } = blankRetraction('ret_1');
  return { id: 'ret_1', state, mailboxes, copies } as SubmissionView['retraction'];
};

test('a stream shows the present view, every change, and ends when the retraction confirms', async () => {
  await open();
  const response = await follow();
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const steps: Partial<SubmissionView>[] = [
    { status: 'analysing' },
    { status: 'concluded', outcome_disposition: 'MALICIOUS', psr: { action: 'retract' } },
    { retraction: progress('running') },
    { retraction: progress('confirming') },
  ];
  const play = (async () => {
    for (const step of steps) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      doors.submissions.change(id, step);
    }
  })();
  const text = await response.text();
  await play;
  expect(eventsOf(text).map((view) => [view.status, view.retraction?.state ?? null])).toEqual([
    ['received', null],
    ['analysing', null],
    ['concluded', null],
    ['concluded', 'running'],
    ['concluded', 'confirming'],
  ]);
});

test('a quiet stream shows that it is alive', async () => {
  await open();
  const leave = new AbortController();
  const response = await follow(leave.signal);
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (text.includes(': still here\n\n')) break;
  }
  leave.abort();
  expect(eventsOf(text)).toHaveLength(1);
});

test('a stream of a finished submission ends at once', async () => {
  await open();
  doors.submissions.change(id, { status: 'concluded', psr: { action: 'none', reason: 'not_malicious' } });
  expect(eventsOf(await (await follow()).text())).toHaveLength(1);
});

test('a text that looks like the end of an event stays inside it', async () => {
  await open();
  doors.submissions.change(id, {
    status: 'concluded',
    psr: { action: 'none', reason: 'not_malicious' },
    subject: 'a\n\nevent: view\ndata: {"id":"evil"}\n\n\u2028',
  });
  const events = eventsOf(await (await follow()).text());
  expect(events.map((view) => view.id)).toEqual([id]);
});

test('closing the server ends streams at once and waits for none', async () => {
  await open({ heartbeatMs: 60_000 });
  const streams = await Promise.all([follow(), follow(), follow()]);
  const texts = streams.map((stream) => stream.text());
  const started = Date.now();
  await doors.app.close();
  expect(Date.now() - started).toBeLessThan(2_000);
  for (const text of await Promise.all(texts)) expect(eventsOf(text)).toHaveLength(1);
});

test('closing the server answers those who wait for a verdict with their receipt', async () => {
  await open();
  const started = Date.now();
  const waiting = fetch(`${url}/api/v1/submissions?wait=30`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      provider: 'microsoft365',
      mailbox: 'ana@example.org',
      provider_message_id: 'waits',
      type: 'phish',
    }),
  });
  while (doors.submissions.reports.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await doors.app.close();
  expect((await waiting).status).toBe(202);
  expect(Date.now() - started).toBeLessThan(10_000);
});

test('a connection that was opened and never used does not hold the stop', async () => {
  await open();
  const { port, hostname } = new URL(url);
  const unused = [connect(Number(port), hostname), connect(Number(port), hostname)];
  for (const socket of unused) socket.on('error', () => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  unused[1]!.write('GET /healthz HTTP/1.1\r\nHo');
  const started = Date.now();
  await doors.app.close();
  expect(Date.now() - started).toBeLessThan(5_000);
  for (const socket of unused) socket.destroy();
});

test('whoever hangs up is no longer waited for', async () => {
  await open();
  let ended = 0;
  const changed = doors.submissions.changed.bind(doors.submissions);
  doors.submissions.changed = async (...args) => {
    await changed(...args);
    ended += 1;
  };
  const leave = new AbortController();
  const stream = await follow(leave.signal);
  void stream.text().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 300));
  leave.abort();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = ended;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(ended).toBe(after);
});

test('a person has a bounded number of streams, and closing one makes room', async () => {
  await open({ streamsOfCaller: 2 });
  const controllers = [new AbortController(), new AbortController()];
  for (const { signal } of controllers) void (await follow(signal));
  const third = await follow();
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '10']);
  controllers[0]!.abort();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const fourth = new AbortController();
  expect((await follow(fourth.signal)).status).toBe(200);
  fourth.abort();
  controllers[1]!.abort();
});

test('a stream ends after its time, so that a token is looked at again', async () => {
  await open({ streamMs: 300 });
  const started = Date.now();
  await (await follow()).text();
  expect(Date.now() - started).toBeLessThan(3_000);
});

test('a reader that does not read holds no memory but the newest view, and nobody else', async () => {
  await open({ heartbeatMs: 60_000 });
  const { port, hostname } = new URL(url);
  const deaf = connect(Number(port), hostname);
  deaf.pause();
  deaf.write(
    `GET /api/v1/submissions/${id}/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n\r\n`,
  );
  const big = 'x'.repeat(500_000);
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 200; i += 1) {
    doors.submissions.change(id, { subject: `${i} ${big}` });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(60);
  deaf.destroy();
});

test.each<[string, Partial<SubmissionView>, boolean]>([
  ['received', {}, false],
  ['analysing', { status: 'analysing' }, false],
  ['judged, the plan is still to come', { status: 'concluded', psr: { action: 'retract' } }, false],
  [
    'judged, held',
    { status: 'concluded', psr: { action: 'hold', reason: 'blast_radius' }, retraction: progress('held') },
    false,
  ],
  ['running', { status: 'concluded', psr: { action: 'retract' }, retraction: progress('running') }, false],
  ['confirming', { status: 'concluded', psr: { action: 'retract' }, retraction: progress('confirming') }, true],
  ['done', { status: 'concluded', psr: { action: 'retract' }, retraction: progress('done') }, true],
  ['nothing to retract', { status: 'concluded', psr: { action: 'none', reason: 'not_malicious' } }, true],
  ['preview only', { status: 'concluded', psr: { action: 'preview' } }, true],
  ['invalid', { status: 'invalid' }, true],
  ['withdrawn before anything moved', { status: 'withdrawn' }, true],
  ['withdrawn, copies on their way back', { status: 'withdrawn', retraction: progress('restoring') }, false],
  ['withdrawn and restored', { status: 'withdrawn', retraction: progress('restored') }, true],
])('settled? %s', (_name, change, expected) => {
  expect(isSettled({ ...blankView('sub_1'), ...change })).toBe(expected);
});

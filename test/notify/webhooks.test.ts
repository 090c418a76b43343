/** Webhooks on the real database, through the guarded POST, to a target that listens here. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { guardedPost } from '../../server/lookups/guarded-post.ts';
import { isSignedBy } from '../../server/notify/signature.ts';
import { deliverNext, type SenderWorld } from '../../server/notify/webhook-sender.ts';
import { openWebhooks } from '../../server/policies/webhooks.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { AlertRow, PostDeliveryRow } from '../../shared/log-rows.ts';
import type { NewWebhook } from '../../shared/webhook.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { AT, judge, retract, TENANT } from './judged.ts';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: Record<string, unknown>;
}

let database: TestDatabase;
let store: Store;
let server: Server;
let target: string;
let answer: { status: number; headers?: Record<string, string> };
const received: Received[] = [];
let now = AT;
let ids = 0;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      received.push({ headers: request.headers, text, body: JSON.parse(text) });
      response.writeHead(answer.status, answer.headers ?? {}).end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.close();
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  received.length = 0;
  answer = { status: 200 };
  now = AT;
  await sql`truncate webhooks, mail_events cascade`.execute(store.db);
});

const world = (): SenderWorld => ({
  tenant: TENANT,
  store,
  changes: { on: () => () => {} } as unknown as SenderWorld['changes'],
  post: guardedPost({ resolve: async () => [], isAllowed: () => false, anywhere: true }),
  context: async () => ({
    ownDomains: ['example.org'],
    microsoftTenantId: 'entra',
    publicUrl: 'https://r.example.org',
  }),
  now: () => now,
  randomId: (prefix) => `${prefix}_${++ids}`,
  log: { error: () => {} },
});
const webhooks = () => openWebhooks({ ...world(), anywhere: true });
const add = (draft: Partial<NewWebhook> = {}) =>
  webhooks().add({ name: 'SIEM', url: target, format: 'json', ...draft }, 'admin');
const deliverAll = async () => {
  while (await deliverNext(world())) if (received.length > 100) throw new Error('it never ends');
};

test('a detection reaches the target signed, once, with the names of the alert log', async () => {
  const { secret } = await add();
  await judge(store, 'msg_a1', 'MALICIOUS');
  await deliverAll();
  expect(received).toHaveLength(1);
  const [{ headers, text, body }] = received as [Received];
  expect(headers['reelback-event']).toBe('email_security_alerts');
  expect(headers['reelback-delivery']).toMatch(/^whd_\d+$/);
  expect(isSignedBy(secret, String(headers['reelback-signature']), text, AT)).toBe(true);
  expect(isSignedBy(`${secret}x`, String(headers['reelback-signature']), text, AT)).toBe(false);
  expect(isSignedBy(secret, String(headers['reelback-signature']), `${text} `, AT)).toBe(false);
  expect(Value.Check(AlertRow, body)).toBe(true);
  expect(body).toMatchObject({
    FinalDisposition: 'malicious',
    From: 'it@micros0ft.test',
    FromName: 'IT desk',
    SPFResult: 'softfail',
    DMARCResult: 'fail',
    DMARCPolicy: 'reject',
    SMTPHeloServerIP: '192.0.2.7',
    Links: ['hxxps[:]//micros0ft[.]test/'],
    Origin: 'external',
  });
  expect(await deliverNext(world())).toBe(false);
});

test('the same verdict again is no news, another one is, and an exercise alarms nobody', async () => {
  await add();
  await judge(store, 'msg_b1', 'SUSPICIOUS');
  await judge(store, 'msg_b1', 'SUSPICIOUS');
  await judge(store, 'msg_b1', 'MALICIOUS');
  await judge(store, 'msg_b1', 'NONE');
  await judge(store, 'msg_b2', 'MALICIOUS', { simulation: true });
  await deliverAll();
  expect(received.map(({ body }) => body.FinalDisposition)).toEqual(['suspicious', 'malicious']);
});

test('only the verdicts, and only the events, that a target wants', async () => {
  await add({ dispositions: ['SPOOF'], events: ['alerts'] });
  await judge(store, 'msg_c1', 'MALICIOUS');
  await judge(store, 'msg_c2', 'SPOOF');
  await retract(store, 'msg_c2', ['ana@example.org']);
  await deliverAll();
  expect(received.map(({ body }) => body.FinalDisposition)).toEqual(['spoof']);
});

test('what is moved is told mailbox by mailbox, failures with their reason', async () => {
  await judge(store, 'msg_d1', 'MALICIOUS');
  await add({ events: ['post_delivery'] });
  await retract(store, 'msg_d1', ['ana@example.org', 'ben@example.org']);
  await retract(store, 'msg_d1', ['carla@example.org'], 'failed');
  await deliverAll();
  expect(received.every(({ body }) => Value.Check(PostDeliveryRow, body))).toBe(true);
  expect(
    received.map(({ body }) => [body.Recipient, body.Operation, body.Success, body.Status, body.Folder]).sort(),
  ).toEqual([
    ['ana@example.org', 'move', true, 'OK', 'Hidden'],
    ['ben@example.org', 'move', true, 'OK', 'Hidden'],
    ['carla@example.org', 'move', false, 'not_authorized', ''],
  ]);
  expect(received[0]?.body).toMatchObject({ MicrosoftTenantID: 'entra', mode: 'auto', folder_before: 'Inbox' });
});

test('a target that fails rests, is tried again with the same id, shows its error and recovers', async () => {
  const { id } = await add();
  const other = await add({ name: 'healthy', url: `${target}?other` });
  answer = { status: 500 };
  await judge(store, 'msg_e1', 'MALICIOUS');
  await webhooks().change(other.id, { enabled: false }, 'admin');
  await deliverAll();
  expect(received).toHaveLength(1);
  expect(await webhooks().get(id)).toMatchObject({
    waiting: 1,
    last_error: 'http_500',
    failing_since: AT.toISOString(),
  });
  // It rests, so nothing is tried before its time.
  expect(await deliverNext(world())).toBe(false);
  now = new Date(AT.getTime() + 6_000);
  answer = { status: 200 };
  await deliverAll();
  expect(received).toHaveLength(2);
  expect(received[1]?.headers['reelback-delivery']).toBe(received[0]?.headers['reelback-delivery']);
  expect(await webhooks().get(id)).toMatchObject({ waiting: 0, failing_since: null, given_up: 0 });
});

test('a target may ask for patience, and a day of silence is the end of an event', async () => {
  const { id } = await add();
  answer = { status: 429, headers: { 'retry-after': '90' } };
  await judge(store, 'msg_f1', 'MALICIOUS');
  await deliverAll();
  now = new Date(AT.getTime() + 60_000);
  expect(await deliverNext(world())).toBe(false);
  now = new Date(Date.now() + 25 * 3_600_000);
  await deliverAll();
  expect(received).toHaveLength(2);
  expect(await webhooks().get(id)).toMatchObject({ waiting: 0, given_up: 1, last_error: 'http_429' });
});

test('two senders at once deliver everything once', async () => {
  await add();
  for (let n = 0; n < 30; n++) await judge(store, `msg_g${n}`, 'MALICIOUS');
  await Promise.all([deliverAll(), deliverAll()]);
  await deliverAll();
  expect(new Set(received.map(({ body }) => body.MessageID)).size).toBe(30);
  expect(received).toHaveLength(30);
});

test('an event exists exactly when what it tells of does', async () => {
  await add();
  await expect(
    store.inTransaction(async (trx) => {
      await judge({ ...store, inTransaction: (work) => work(trx) }, 'msg_h1', 'MALICIOUS');
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  await deliverAll();
  expect(received).toEqual([]);
});

test('another key, another signature; a token goes to no other host', async () => {
  const { id, secret } = await add({ format: 'splunk', token: 'hec-token' });
  const fresh = await webhooks().rotate(id, 'admin');
  expect(fresh?.secret).not.toBe(secret);
  await judge(store, 'msg_i1', 'MALICIOUS');
  await deliverAll();
  const [{ headers, text, body }] = received as [Received];
  expect(headers.authorization).toBe('Splunk hec-token');
  expect(body).toMatchObject({ sourcetype: 'email_security_alerts', event: { FinalDisposition: 'malicious' } });
  expect(isSignedBy(fresh!.secret, String(headers['reelback-signature']), text, AT)).toBe(true);
  const moved = await webhooks().change(id, { url: 'http://elsewhere.example/hec' }, 'admin');
  expect(moved?.has_token).toBe(false);
});

test('a test says what the target answered, and the audit log knows hosts and no addresses with their passwords', async () => {
  const { id } = await add({ url: `${target}?key=secret-in-the-address` });
  answer = { status: 404 };
  expect(await webhooks().test(id, 'admin')).toEqual({ delivered: false, status: 404, error: 'http_404' });
  expect(received[0]?.headers['reelback-event']).toBe('test');
  const lines = await sql<{ line: string }>`select row_to_json(a)::text as line from audit_log a`.execute(store.db);
  const log = lines.rows.map(({ line }) => line).join('\n');
  expect(log).toContain('webhook.tested');
  expect(log).toContain('127.0.0.1');
  expect(log).not.toContain('secret-in-the-address');
  expect(log).not.toContain('whs_');
});

test.each([
  ['http://hooks.example.com/x', 'must begin with https'],
  ['https://localhost/x', 'of your own network'],
  ['https://10.0.0.7/x', 'of your own network'],
  ['https://[::1]/x', 'of your own network'],
  ['https://metadata.internal/x', 'of your own network'],
  ['https://user:pass@hooks.example.com/x', 'must not carry'],
  ['hooks.example.com', 'not a full one'],
])('%s is refused: %s', async (url, said) => {
  const guarded = openWebhooks({ ...world(), anywhere: false });
  await expect(guarded.add({ name: '', url, format: 'json' }, 'admin')).rejects.toThrow(said);
});

test('a chat is not told of every mailbox', async () => {
  await expect(add({ format: 'slack', events: ['alerts', 'post_delivery'] })).rejects.toThrow('alerts only');
  expect((await add({ format: 'teams' })).events).toEqual(['alerts']);
});

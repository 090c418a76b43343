import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';
import { tokenFor } from './gmail-caller.ts';

let simulator: Simulator;
let tokens: string[];
const addresses = Array.from({ length: 6 }, (_, i) => `u${i}@lab.example.org`);

beforeAll(async () => {
  simulator = await startSimulator({ random: () => 0 });
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  simulator.reset();
  simulator.google.settings.batchAcrossUsers = true;
  for (const address of addresses) simulator.google.deliver(address, mail({ id: '<b@example.net>' }));
  tokens = await Promise.all(addresses.map((address) => tokenFor(simulator, address)));
});

interface Request {
  id: string;
  line: string;
  token?: string;
  body?: unknown;
}

async function batch(requests: Request[], token?: string) {
  const parts = requests.map(({ id, line, token: own, body }) =>
    [
      '--b0undary',
      'Content-Type: application/http',
      `Content-ID: <${id}>`,
      '',
      line,
      ...(own ? [`Authorization: Bearer ${own}`] : []),
      ...(body === undefined ? [] : ['Content-Type: application/json']),
      '',
      body === undefined ? '' : JSON.stringify(body),
    ].join('\r\n'),
  );
  const response = await fetch(`${simulator.google.gmailUrl}/batch/gmail/v1`, {
    method: 'POST',
    headers: {
      'content-type': 'multipart/mixed; boundary="b0undary"',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: `${parts.join('\r\n')}\r\n--b0undary--`,
  });
  const text = await response.text();
  const mark = /boundary=(\S+)/.exec(response.headers.get('content-type') ?? '')?.[1];
  const answers = (mark ? text.split(`--${mark}`).slice(1, -1) : []).map((part) => ({
    id: /Content-ID: <response-(.*)>/.exec(part)?.[1],
    status: Number(/HTTP\/1\.1 (\d+)/.exec(part)?.[1]),
    body: JSON.parse(/\r\n\r\n[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(part)?.[1]?.trim() || '{}') as {
      messages?: unknown[];
      emailAddress?: string;
      labelIds?: string[];
    },
  }));
  return { status: response.status, text, answers };
}

const find = 'GET /gmail/v1/users/me/messages?q=rfc822msgid%3Ab%40example.net HTTP/1.1';

test('one batch spans mailboxes, each part with its own token; answers come in another order', async () => {
  const { status, answers } = await batch(
    addresses.map((_, i) => ({ id: String(i), line: 'GET /gmail/v1/users/me/profile', token: tokens[i] })),
  );
  expect(status).toBe(200);
  expect(answers.map(({ id }) => id)).not.toEqual(addresses.map((_, i) => String(i)));
  for (const { id, body } of answers) expect(body.emailAddress).toBe(addresses[Number(id)]);
  expect(answers).toHaveLength(6);
});

test('parts without a token use that of the batch; a part may fail alone', async () => {
  const { answers } = await batch(
    [
      { id: 'a', line: find },
      { id: 'b', line: 'GET /gmail/v1/users/me/messages/19aaaaaaaaaaaaaa' },
      { id: 'c', line: find, token: 'nonsense' },
      { id: 'd', line: 'GET /gmail/v1/users/u3@lab.example.org/messages' },
      { id: 'e', line: 'GET /gmail/v1/nothing' },
    ],
    tokens[0],
  );
  const statuses = Object.fromEntries(answers.map(({ id, status }) => [id, status]));
  expect(statuses).toEqual({ a: 200, b: 404, c: 401, d: 403, e: 404 });
});

test('writes carry their bodies', async () => {
  const { id } = simulator.google.copies(addresses[0]!)[0]!;
  const line = `POST /gmail/v1/users/me/messages/${id}/modify`;
  const { answers } = await batch([{ id: 'x', line, token: tokens[0], body: { addLabelIds: ['STARRED'] } }]);
  expect(answers[0]!.body.labelIds).toEqual(['INBOX', 'UNREAD', 'STARRED']);
});

test('at most 100 parts, and what is no batch is refused', async () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i), line: find }));
  expect((await batch(rows(100), tokens[0])).answers).toHaveLength(100);
  expect((await batch(rows(101), tokens[0])).status).toBe(400);
  expect((await batch([], tokens[0])).status).toBe(400);
  expect((await batch([{ id: 'a', line: 'nonsense' }], tokens[0])).status).toBe(400);
  expect((await batch([{ id: 'a', line: 'GET https://elsewhere.example/x' }], tokens[0])).status).toBe(400);
});

test('each part costs its units, and a lost answer of one loses them all after their effect', async () => {
  const before = simulator.google.quota.spent;
  await batch(addresses.map((_, i) => ({ id: String(i), line: find, token: tokens[i] })));
  expect(simulator.google.quota.spent - before).toBe(30);
  simulator.faults.add({ mailbox: addresses[2], route: 'gmailList', times: 1, fault: { lost: 'reset' } });
  await expect(batch(addresses.map((_, i) => ({ id: String(i), line: find, token: tokens[i] })))).rejects.toThrow();
  simulator.faults.add({ route: 'gmailBatch', times: 1, fault: { status: 503 } });
  expect((await batch([{ id: 'a', line: find }], tokens[0])).status).toBe(503);
});

test('a Google that lets no batch span users refuses the strangers', async () => {
  simulator.google.settings.batchAcrossUsers = false;
  const { answers } = await batch(
    [
      { id: 'a', line: find },
      { id: 'b', line: find, token: tokens[1] },
    ],
    tokens[0],
  );
  expect(Object.fromEntries(answers.map(({ id, status }) => [id, status]))).toEqual({ a: 200, b: 401 });
});

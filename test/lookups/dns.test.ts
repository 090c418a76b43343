import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { dnsResolve, offlineResolve } from '../../server/lookups/dns.ts';

/** RFC 1035: TXT for key.example.org, silence for slow., SERVFAIL for broken., no such name for the rest. */
function answer(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const name = labels.join('.').toLowerCase();
  if (name.startsWith('slow.')) return null;
  const head = Buffer.from(query.subarray(0, 12));
  const code = name.startsWith('broken.') ? 2 : name === 'key.example.org' ? 0 : 3;
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(code === 0 ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  if (code !== 0) return Buffer.concat([head, question]);
  const texts = ['v=DKIM1; ', 'p=abc'].map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]));
  const data = Buffer.concat(texts);
  const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, question, record, data]);
}

let server: Socket;
/** Questions by first label; c-ares repeats itself when a server is silent or in trouble. */
let asked: Record<string, number> = {};
let servers: string[];
beforeEach(async () => {
  asked = {};
  server = createSocket('udp4');
  server.on('message', (query, from) => {
    const label = query.toString('latin1', 13, 13 + (query[12] ?? 0)).toLowerCase();
    asked[label] = (asked[label] ?? 0) + 1;
    const reply = answer(query);
    if (reply) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  servers = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
});
afterEach(() => new Promise<void>((closed) => server.close(() => closed())));

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );

test('a record comes in the shape of node:dns, asked for once, until its time is over', async () => {
  let ahead = 0;
  const resolve = dnsResolve({ servers, now: () => Date.now() + ahead });
  const both = await Promise.all([resolve('key.example.org', 'TXT'), resolve('KEY.example.org.', 'TXT')]);
  for (const records of both) expect(records).toEqual([['v=DKIM1; ', 'p=abc']]);
  expect(asked.key).toBe(1);
  ahead = 300_001;
  await resolve('key.example.org', 'TXT');
  expect(asked.key).toBe(2);
});

test('no such name, trouble and silence are told apart, and remembered for less long', async () => {
  let ahead = 0;
  const resolve = dnsResolve({ servers, timeoutMs: 300, now: () => Date.now() + ahead });
  const since = Date.now();
  expect(await code(resolve('none.example.org', 'TXT'))).toBe('ENOTFOUND');
  expect(await code(resolve('broken.example.org', 'TXT'))).toBe('ESERVFAIL');
  expect(await code(resolve('slow.example.org', 'TXT'))).toBe('ETIMEOUT');
  expect(Date.now() - since).toBeLessThan(2_000);
  const { none, broken } = asked;
  expect(await code(resolve('none.example.org', 'TXT'))).toBe('ENOTFOUND');
  expect(asked.none).toBe(none);
  ahead = 10_001;
  expect(await code(resolve('none.example.org', 'TXT'))).toBe('ENOTFOUND');
  expect(asked.none).toBe(none);
  expect(await code(resolve('broken.example.org', 'TXT'))).toBe('ESERVFAIL');
  expect(asked.broken).toBeGreaterThan(broken ?? 0);
});

test('what is no name or no type is refused without a question', async () => {
  const resolve = dnsResolve({ servers });
  expect(await code(resolve('', 'TXT'))).toBe('EBADNAME');
  expect(await code(resolve(`${'a'.repeat(60)}.`.repeat(5), 'TXT'))).toBe('EBADNAME');
  expect(await code(resolve('key.example.org', 'ANY'))).toBe('EBADNAME');
  expect(asked).toEqual({});
});

test('offline there is no DNS, which is not the same as no record', async () => {
  expect(await code(offlineResolve('key.example.org', 'TXT'))).toBe('ECONNREFUSED');
});

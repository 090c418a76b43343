import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { askDomainAges, type DomainAgesOptions, type KnownRegistration } from '../../server/lookups/domain-ages.ts';
import { isPublicAddress } from '../../server/lookups/public-address.ts';
import { newerServers, rdapServerOf, readRdapServers } from '../../server/lookups/rdap-servers.ts';
import { readRegistration } from '../../server/lookups/registration.ts';
import { type Internet, startInternet } from '../../simulator/internet/internet.ts';
import { zone } from './stranger.ts';

const start = new Date('2026-03-01T12:00:00Z');
const young = new Date('2026-02-26T08:00:00Z');
const longAgo = new Date('2009-05-12T09:30:00Z');

let internet: Internet;
let now: Date;
let kept: (KnownRegistration & { until: Date })[];
let errors: Error[];
beforeEach(async () => {
  internet = await startInternet();
  now = start;
  kept = [];
  errors = [];
});
afterEach(async () => {
  await internet.stop();
  expect(errors).toEqual([]);
});

function asker(extra: Partial<DomainAgesOptions> = {}) {
  return askDomainAges({
    resolve: zone({}),
    isAllowed: isPublicAddress,
    servers: new Map(),
    only: internet.rdapUrl,
    userAgent: 'Reelback/test',
    now: () => now,
    onError: (error) => errors.push(error),
    memory: {
      recall: async (domains, at) => kept.filter(({ domain, until }) => domains.includes(domain) && until > at),
      keep: async (known, _, until) => {
        kept = [...kept.filter(({ domain }) => domain !== known.domain), { ...known, until }];
      },
    },
    ...extra,
  });
}

test('the date of registration is asked for once and believed for seven days', async () => {
  internet.registry.register('new-shop.example', young);
  const ask = asker();
  const ages = await ask(['new-shop.example', 'example.org'], 2_000);
  expect(ages).toEqual(
    new Map([
      ['new-shop.example', young],
      ['example.org', longAgo],
    ]),
  );
  now = new Date(start.getTime() + 6 * 86_400_000);
  await asker()(['example.org', 'new-shop.example'], 2_000);
  expect(internet.registry.asked).toHaveLength(2);
  now = new Date(start.getTime() + 8 * 86_400_000);
  await ask(['example.org'], 2_000);
  expect(internet.registry.asked).toHaveLength(3);
});

test('"no such domain" and "no date" are believed for six hours', async () => {
  const ask = asker();
  expect(await ask(['unknown-shop.example', 'undated-shop.example'], 2_000)).toEqual(
    new Map([
      ['unknown-shop.example', null],
      ['undated-shop.example', null],
    ]),
  );
  await ask(['unknown-shop.example', 'undated-shop.example'], 2_000);
  expect(internet.registry.asked).toHaveLength(2);
  now = new Date(start.getTime() + 7 * 3_600_000);
  await ask(['unknown-shop.example'], 2_000);
  expect(internet.registry.asked).toHaveLength(3);
});

test.each(['broken', 'garbage', 'page', 'other', 'inward', 'plain', 'circular', 'huge'])(
  'a registry that is %s gives no date, is left alone for ten minutes, and nothing is remembered of it',
  async (word) => {
    const ask = asker();
    const domain = `${word}-shop.example`;
    expect((await ask([domain], 5_000)).get(domain)).toBeNull();
    const questions = internet.registry.asked.length;
    expect((await ask([domain], 5_000)).get(domain)).toBeNull();
    expect(internet.registry.asked).toHaveLength(questions);
    expect(kept).toEqual([]);
    now = new Date(start.getTime() + 660_000);
    await ask([domain], 5_000);
    expect(internet.registry.asked.length).toBeGreaterThan(questions);
  },
);

test.each(['future', 'ancient'])('a date of the %s is none', async (word) => {
  expect((await asker()([`${word}-shop.example`], 2_000)).get(`${word}-shop.example`)).toBeNull();
});

test('a registry that is asked too much is asked nothing for as long as it says', async () => {
  const ask = asker();
  await ask(['throttled-shop.example'], 2_000);
  await ask(['example.org', 'throttled-shop.example'], 2_000);
  expect(internet.registry.asked).toEqual(['throttled-shop.example']);
  now = new Date(start.getTime() + 121_000);
  expect((await ask(['throttled-shop.example'], 2_000)).get('throttled-shop.example')).toEqual(longAgo);
});

test('a silent registry holds nobody up beyond the budget, and the others are answered', async () => {
  const since = Date.now();
  const ages = await asker()(['silent-shop.example', 'example.org'], 1_500);
  expect(Date.now() - since).toBeLessThan(6_000);
  expect(ages).toEqual(
    new Map([
      ['silent-shop.example', null],
      ['example.org', longAgo],
    ]),
  );
});

test('two mails that ask for the same domain at the same time ask once', async () => {
  const ask = asker();
  await Promise.all([ask(['example.org'], 2_000), ask(['example.org'], 2_000)]);
  expect(internet.registry.asked).toEqual(['example.org']);
});

test('a domain without a registry that answers is nobody’s to ask', async () => {
  const resolve = zone({});
  const servers = new Map([['example', 'https://rdap.example.net/']]);
  const ask = asker({ only: undefined, servers, resolve, refresh: false });
  expect((await ask(['shop.test', 'localhost', 'shop.local', 'shop.example:22', '..'], 1_000)).size).toBe(5);
  expect(resolve.asked).toEqual([]);
});

test('a server of the list that points inwards is not asked', async () => {
  const resolve = zone({ 'rdap.example.net': ['10.0.0.7'] });
  for (const server of [
    'https://rdap.example.net/',
    'https://127.0.0.1/',
    'https://[::1]:443/',
    'http://rdap.example.net/',
  ]) {
    const ask = asker({ only: undefined, servers: new Map([['example', server]]), resolve, refresh: false });
    expect((await ask(['shop.example'], 1_000)).get('shop.example')).toBeNull();
  }
  expect(internet.registry.asked).toEqual([]);
});

test('a memory that fails costs no answer that the registry gave', async () => {
  const ask = asker({
    memory: { recall: async () => [], keep: () => Promise.reject(new Error('database is gone')) },
  });
  expect((await ask(['example.org'], 2_000)).get('example.org')).toEqual(longAgo);
  expect(errors.splice(0)).toHaveLength(1);
});

test('the list that is shipped is read, and knows the registries most mail comes from', () => {
  const servers = readRdapServers(readFileSync(join(__dirname, '../../server/lookups/rdap-servers.json'), 'utf8'))!;
  expect(servers.size).toBeGreaterThan(1_000);
  for (const domain of ['a.com', 'a.net', 'a.org', 'a.info', 'a.xyz', 'a.top', 'a.shop', 'a.online', 'a.app'])
    expect(rdapServerOf(domain, servers)).toMatch(/^https:\/\/.*\/$/);
  expect(rdapServerOf('example.test', servers)).toBeNull();
});

test('the longest suffix of the list decides, and plain http is left out', () => {
  const servers = readRdapServers(
    JSON.stringify({
      services: [
        [['example'], ['http://plain.example.net/', 'https://a.example.net']],
        [['co.example'], ['https://b.example.net/']],
        [['test'], ['http://plain.example.net/']],
      ],
    }),
  )!;
  expect(rdapServerOf('shop.example', servers)).toBe('https://a.example.net/');
  expect(rdapServerOf('shop.co.example', servers)).toBe('https://b.example.net/');
  expect(rdapServerOf('shop.test', servers)).toBeNull();
});

test('a list that was fetched takes the place of the one at hand when it is whole, and at least half as long', () => {
  const got = (body: string, extra = {}) => ({
    ok: true as const,
    url: '',
    status: 200,
    headers: {},
    body: Buffer.from(body),
    truncated: false,
    ...extra,
  });
  const list = JSON.stringify({ services: [[['example', 'test'], ['https://new.example.net/']]] });
  const atHand = new Map(['example', 'test', 'net', 'org'].map((suffix) => [suffix, 'https://old.example.net/']));
  expect(newerServers(got(list), atHand)?.get('test')).toBe('https://new.example.net/');
  expect(newerServers(got(list), new Map([...atHand, ['com', 'https://old.example.net/']]))).toBeNull();
  for (const bad of [got(list, { status: 403 }), got(list, { truncated: true }), got('<html>'), got('{}')])
    expect(newerServers(bad, atHand)).toBeNull();
  expect(newerServers({ ok: false, url: '', reason: 'tls' }, atHand)).toBeNull();
});

test('a registry that cannot be reached costs one wait a minute, not one a domain', async () => {
  const rdapUrl = internet.rdapUrl;
  await internet.stop();
  const resolve = zone({});
  const servers = new Map([['example', 'https://rdap.example.net/']]);
  const ask = asker({ only: undefined, servers, resolve, refresh: false });
  await ask(['a.example'], 1_000);
  await ask(['b.example', 'c.example'], 1_000);
  expect(resolve.asked).toEqual(['A rdap.example.net', 'AAAA rdap.example.net']);
  now = new Date(start.getTime() + 61_000);
  await ask(['b.example'], 1_000);
  expect(resolve.asked).toHaveLength(4);
  expect((await asker({ only: rdapUrl })(['example.org'], 1_000)).get('example.org')).toBeNull();
  internet = await startInternet();
});

test('whatever a list or an answer holds, reading it throws nothing', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.json(), fc.jsonValue(), (text, value) => {
      readRdapServers(text);
      readRdapServers(JSON.stringify({ services: value }));
      const body = Buffer.from(JSON.stringify({ ldhName: 'a.example', events: value }));
      const got = { ok: true as const, url: '', status: 200, headers: {}, body, truncated: false };
      expect(readRegistration(got, 'a.example', at).outcome).toBe('none');
      readRegistration({ ...got, body: Buffer.from(text) }, 'a.example', at);
    }),
    { numRuns: 200 },
  );
});

test('a list that could not be had is asked for again an hour later, not at every report', async () => {
  let asked = 0;
  const nobody = zone({});
  const ask = asker({
    only: undefined,
    servers: new Map([['example', 'https://rdap.registry.example/']]),
    resolve: (...question: Parameters<typeof nobody>) => {
      if (question[0] === 'data.iana.org') asked++;
      return nobody(...question);
    },
  });
  const report = async () => {
    await ask(['shop.example'], 200);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await report();
  const once = asked;
  expect(once).toBeGreaterThan(0);
  now = new Date(start.getTime() + 30 * 60_000);
  await report();
  expect(asked).toBe(once);
  now = new Date(start.getTime() + 61 * 60_000);
  await report();
  expect(asked).toBe(2 * once);
});

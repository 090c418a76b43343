/** Policies and lists (product specification, section 19), row by row on the real lists and the real procedure. */

import { dispose, type Evidence } from '../../server/analysis/disposition.ts';
import type { AllowPolicy, BlockEntry, ObservedWorld } from '../../server/analysis/world.ts';
import type { InvalidCsv } from '../../server/policies/invalid-csv.ts';
import { checkedEntry } from '../../server/policies/list-entry.ts';
import { entriesOfCsv } from '../../server/policies/lists-csv.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { decidePsr, type PsrFacts } from '../../server/retraction/psr.ts';
import { type Draft, verdictOf } from '../analysis/mail.ts';
import { ADMIN_TOKEN, type Doors, openDoors } from '../http/doors.ts';
import { verdictOf as storedVerdict } from '../notify/judged.ts';

const NEWS: Draft = {
  from: 'News <news@shop.example.net>',
  subject: 'Summer catalogue',
  html: '<p>Our catalogue. <a href="https://shop.example.net/a">Open</a></p>',
};
const allow = (kind: AllowPolicy['kind'], value: string, trust: AllowPolicy['trust'] = 'trusted') => ({
  allowPolicies: [{ id: 'lst_1', kind, value, trust }],
});
const block = (kind: BlockEntry['kind'], value: string): ObservedWorld =>
  ({ blockEntries: [{ id: 'lst_1', kind, value }] }) as unknown as ObservedWorld;
const FOUND: Evidence = {
  margin: 1,
  marginWithoutReporter: 1,
  spam: 0,
  bulkPoints: 0,
  families: [],
  definitive: false,
  association: false,
  authentication: { state: 'pass', mismatch: false },
  ownDomainFrom: false,
  registryHit: false,
  undecidedHigh: false,
  offersUnsubscribe: true,
  spamFeed: false,
  floor: null,
  allow: null,
  decided: null,
};
const said = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('allow policies', () => {
  const facts: PsrFacts = {
    submissionType: 'USER',
    reportType: 'phish',
    original: 'authoritative',
    verdict: storedVerdict('MALICIOUS'),
    allowed: false,
    simulation: false,
    analystDecided: false,
    protectedMailbox: false,
    namedMailboxes: 1,
    guardLimit: 500,
  };
  const on = { psr: { ...DEFAULT_SETTINGS.psr, mode: 'on' as const }, retraction: DEFAULT_SETTINGS.retraction };

  test('is_trusted_sender: nothing is moved by itself; our verdict is still shown, and a proof still counts', () => {
    expect(decidePsr(facts, on).action).toBe('retract');
    expect(decidePsr({ ...facts, allowed: true }, on)).toEqual({ action: 'none', reason: 'allow_policy' });
    const proven = { ...facts, allowed: true, verdict: { ...facts.verdict, definitive: true } };
    expect(decidePsr(proven, on).action).toBe('retract');
  });
  test('is_acceptable_sender: exempt from SPAM, SPOOF and BULK only', () => {
    const quiet = { ...FOUND, margin: -5, marginWithoutReporter: -5 };
    const seen: Record<string, Evidence> = {
      SPAM: { ...quiet, spam: 0.99, offersUnsubscribe: false },
      SPOOF: { ...FOUND, authentication: { state: 'pass', mismatch: true } },
      BULK: { ...quiet, bulkPoints: 9 },
      SUSPICIOUS: FOUND,
      MALICIOUS: { ...FOUND, definitive: true },
    };
    for (const [disposition, evidence] of Object.entries(seen)) {
      expect(dispose(evidence)).toBe(disposition);
      const letPass = ['SPAM', 'SPOOF', 'BULK'].includes(disposition);
      expect(dispose({ ...evidence, allow: 'acceptable' })).toBe(letPass ? 'NONE' : disposition);
    }
  });
  test('verify_sender: always, and stricter than the vendor: no policy covers a sender that is not proven', async () => {
    for (const [state, covered] of [
      ['pass', true],
      ['none', false],
      ['fail', false],
    ] as const) {
      const verdict = await verdictOf(NEWS, allow('domain', 'example.net'), { state });
      expect([state, verdict.allowedBy === 'lst_1']).toEqual([state, covered]);
    }
  });
  test('is_exempt_recipient: a mailbox that nothing leaves by itself is a protected one', () => {
    expect(checkedEntry('protected_mailboxes', { value: 'soc@example.org' }).kind).toBe('address');
    expect(decidePsr({ ...facts, protectedMailbox: true }, on)).toMatchObject({
      action: 'hold',
      reason: 'protected_mailbox',
    });
    expect(said(() => entriesOfCsv('allow_policies', 'pattern,is_exempt_recipient\nsoc@example.org,true\n'))).toMatch(
      /protected/,
    );
  });
  test.each([
    ['EMAIL', 'news@shop.example.net', 'address'],
    ['DOMAIN', 'example.net', 'domain'],
    ['IP', '192.0.2.0/24', 'ip'],
  ])('pattern_type %s', (type, pattern, kind) => {
    const csv = `pattern,pattern_type,is_trusted_sender,comments\n${pattern},${type},true,x\n`;
    expect(entriesOfCsv('allow_policies', csv)).toMatchObject([
      { kind, value: pattern, comment: 'x', options: { trust: 'trusted' } },
    ]);
  });
  test('is_acceptable_sender of the vendor’s CSV becomes acceptable trust; is_regex is refused for allowing', () => {
    expect(entriesOfCsv('allow_policies', 'pattern,is_acceptable_sender\nexample.net,true\n')).toMatchObject([
      { options: { trust: 'acceptable' } },
    ]);
    expect(said(() => entriesOfCsv('allow_policies', 'pattern,is_regex\n.*,true\n'))).toMatch(/no proof of a sender/);
  });
  test('private, loopback and link-local IP ranges are refused', () => {
    for (const value of ['10.0.0.1', '127.0.0.1', '169.254.169.254', '::1'])
      expect(said(() => checkedEntry('allow_policies', { value }))).not.toBe('');
  });
});

describe('blocked senders: CUSTOM_BLOCK_LIST', () => {
  test.each<[string, BlockEntry['kind'], string, Draft]>([
    ['header from', 'address', 'news@shop.example.net', NEWS],
    ['reply-to', 'domain', 'elsewhere.example', { ...NEWS, headers: { 'Reply-To': 'x@elsewhere.example' } }],
    ['envelope from', 'domain', 'bounces.example', { ...NEWS, headers: { 'Return-Path': '<b@bounces.example>' } }],
    ['originating IP', 'ip', '192.0.2.7', NEWS],
    ['server name', 'server_name', 'mail.example.net', NEWS],
  ])('matched on %s', async (_, kind, value, draft) => {
    expect((await verdictOf(draft, block(kind, value))).attributes).toContain('CUSTOM_BLOCK_LIST');
  });
  test('is_regex: RE2, in linear time; a pattern with look-around is refused where it is entered', () => {
    expect(entriesOfCsv('block_senders', 'pattern,is_regex\nsummer.*catalogue,true\n')).toMatchObject([
      { kind: 'pattern' },
    ]);
    expect(said(() => checkedEntry('block_senders', { kind: 'pattern', value: '(?=a)b' }))).toMatch(/RE2/);
  });
});

test.each(['SUBJECT', 'BODY'])('content policies on %s are patterns of the block list', async (target) => {
  const draft = target === 'SUBJECT' ? { ...NEWS, subject: 'xyzzy-42' } : { ...NEWS, html: '<p>xyzzy-42</p>' };
  expect((await verdictOf(draft, block('pattern', 'xyzzy-\\d+'))).attributes).toContain('CUSTOM_BLOCK_LIST');
});

test('trusted domains: is_recent (age is no trigger) and is_similarity (likeness is none)', () => {
  expect(checkedEntry('trusted_domains', { value: 'example.net' }).options).toEqual({ recent: true, similarity: true });
  const csv = 'domain,is_recent,is_similarity\nexample.net,true,false\n';
  expect(entriesOfCsv('trusted_domains', csv)).toMatchObject([{ options: { recent: true, similarity: false } }]);
});

test('impersonation registry: mail using the name from another address is BEC; CSV Display_Name, Email', async () => {
  const [entry] = entriesOfCsv('impersonation_registry', 'Display_Name,Email\nAna María Díaz,ana@example.org\n');
  const registry = [{ name: entry!.value, addresses: entry!.options.addresses as string[] }];
  const asks = { text: 'Please pay this invoice today.' };
  const from = (address: string) => `"Ana María Díaz" <${address}>`;
  expect((await verdictOf({ ...asks, from: from('x@mail.example') }, { registry })).attributes).toContain('BEC');
  const own = await verdictOf({ ...asks, from: from('ana@example.org') }, { registry }, { state: 'pass' });
  expect(own.attributes).not.toContain('BEC');
});

test('simulation vendors belong into a registry of their own: recognised by signing domain or IP range', () => {
  for (const value of ['exercises.example', '192.0.2.0/24'])
    expect(checkedEntry('simulations', { value }).value).toBe(value);
});

describe('CSV up to 150 KB with a header row', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors(null, {
      deps: {
        lists: {
          entries: async () => [],
          add: async () => Promise.reject(new Error('not asked for')),
          change: async () => null,
          remove: async () => false,
          exportCsv: async () => '',
          importCsv: async (list, csv) => ({ added: entriesOfCsv(list, csv).length, changed: 0, unchanged: 0 }),
        },
      },
    });
  });
  afterAll(() => doors.app.close());
  const send = (csv: string) =>
    doors.app.inject({
      method: 'POST',
      url: '/api/v1/settings/block_senders/csv',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'text/csv' },
      payload: csv,
    });

  test('every wrong line is named with its number, and nothing is imported', async () => {
    const response = await send('value\nexample.net\n10.0.0.1\nnonsense here\n');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      code: 'invalid_csv',
      lines: [
        { line: 3, detail: expect.stringContaining('10.0.0.1') },
        { line: 4, detail: expect.any(String) },
      ],
    });
  });
  test('a file without a header, an unclosed quote and a bomb are refused, and quickly', async () => {
    expect((await send('example.net\n')).json()).toMatchObject({ code: 'invalid_csv' });
    expect((await send('value\n"open\n')).json()).toMatchObject({ code: 'invalid_csv' });
    expect((await send(`value\n${'a.example\n'.repeat(20_000)}`)).statusCode).toBe(413);
    expect((await send(`value\n${'x\n'.repeat(10_001)}`)).json()).toMatchObject({ code: 'invalid_csv' });
    const quotes = await send(`value\n${'"",'.repeat(40_000)}\n`);
    expect(quotes.statusCode).toBe(400);
  });
  test('of thousands of wrong lines the first fifty are told', () => {
    try {
      entriesOfCsv('block_senders', `value\n${'10.0.0.1\n'.repeat(2_000)}`);
    } catch (error) {
      expect((error as InvalidCsv).lines).toHaveLength(50);
      expect((error as InvalidCsv).message).toMatch(/2000 lines are wrong/);
    }
    expect.assertions(2);
  });
});

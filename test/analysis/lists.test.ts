import { cidrContains } from '../../server/analysis/cidr.ts';
import type { BlockEntry } from '../../server/analysis/world.ts';
import { verdictOf } from './mail.ts';

const draft = {
  from: 'Ben <ben@shop.example.net>',
  subject: 'Summer catalogue',
  html: '<p>Our catalogue.</p><a href="https://pictures.example.com/a">Open</a>',
};
const block = (
  kind: BlockEntry['kind'],
  value: string,
  disposition?: BlockEntry['disposition'],
): { blockEntries: BlockEntry[] } => ({
  blockEntries: [{ id: 'b1', kind, value, ...(disposition ? { disposition } : {}) }],
});

test.each<[BlockEntry['kind'], string]>([
  ['address', 'ben@shop.example.net'],
  ['domain', 'example.net'],
  ['ip', '192.0.2.0/24'],
  ['server_name', 'example.net'],
  ['url_host', 'example.com'],
  ['pattern', 'summer\\s+cat.*'],
])('an entry of kind %s blocks', async (kind, value) => {
  const verdict = await verdictOf(draft, block(kind, value));
  expect(verdict.disposition).toBe('MALICIOUS');
  expect(verdict.attributes).toContain('CUSTOM_BLOCK_LIST');
  expect(verdict.definitive).toBe(true);
});

test('an entry is a floor: its own word, or something worse', async () => {
  const minutes = {
    from: draft.from,
    subject: 'Minutes',
    text: 'Hi Ana, here are the minutes. See you on Monday. Ben',
  };
  expect((await verdictOf(minutes)).disposition).toBe('NONE');
  expect((await verdictOf(minutes, block('domain', 'example.net', 'SPAM'))).disposition).toBe('SPAM');
  const known = {
    knownBad: { sha256: new Set<string>(), urls: new Set<string>(), hosts: new Set(['pictures.example.com']) },
  };
  expect((await verdictOf(draft, { ...block('domain', 'example.net', 'SPAM'), ...known })).disposition).toBe(
    'MALICIOUS',
  );
});

test.each<[BlockEntry['kind'], string]>([
  ['address', 'ben@example.net'],
  ['domain', 'hop.example.net'],
  ['ip', '198.51.100.0/24'],
  ['pattern', '(unclosed'],
])('an entry of kind %s that does not match changes nothing', async (kind, value) => {
  expect(await verdictOf(draft, block(kind, value))).toEqual(await verdictOf(draft));
});

test('a pattern that is a trap for backtracking engines ends at once', async () => {
  const started = Date.now();
  await verdictOf({ ...draft, html: `<p>${'a'.repeat(50_000)}</p>` }, block('pattern', '(a+)+$x'));
  expect(Date.now() - started).toBeLessThan(3000);
});

test('an allow policy covers authenticated senders only, and the verdict is still computed', async () => {
  const allowPolicies = [{ id: 'al1', kind: 'domain' as const, value: 'example.net', trust: 'trusted' as const }];
  expect((await verdictOf(draft, { allowPolicies }, { state: 'pass' })).allowedBy).toBe('al1');
  expect((await verdictOf(draft, { allowPolicies }, { state: 'none' })).allowedBy).toBeUndefined();
});

test('a known bad host is definitive, and an allow policy does not hide it', async () => {
  const knownBad = { sha256: new Set<string>(), urls: new Set<string>(), hosts: new Set(['pictures.example.com']) };
  const allowPolicies = [{ id: 'al1', kind: 'domain' as const, value: 'example.net', trust: 'acceptable' as const }];
  expect((await verdictOf(draft, { knownBad, allowPolicies }, { state: 'pass' })).disposition).toBe('MALICIOUS');
});

test('domain ages are attributes when somebody looked them up, and missing coverage when nobody did', async () => {
  const young = new Date('2025-02-20T08:00:00Z');
  const old = new Date('2001-01-01T00:00:00Z');
  const asked = await verdictOf(draft, {
    domainAges: new Map([
      ['example.net', young],
      ['example.com', old],
    ]),
  });
  expect(asked.attributes).toEqual(['NEW_DOMAIN_SENDER=2025-02-20 08:00:00 UTC']);
  expect(asked.coverageMissing).not.toContain('rdap');
  const unasked = await verdictOf(draft);
  expect(unasked.attributes).toEqual([]);
  expect(unasked.coverageMissing).toContain('rdap');
});

test('address ranges, both families', () => {
  expect(cidrContains('192.0.2.0/24', '192.0.2.255')).toBe(true);
  expect(cidrContains('192.0.2.0/24', '192.0.3.0')).toBe(false);
  expect(cidrContains('2001:db8::/32', '2001:db8:1::5')).toBe(true);
  expect(cidrContains('192.0.2.9', '192.0.2.9')).toBe(true);
  for (const bad of ['192.0.2.0/33', 'nonsense', '192.0.2.0/x']) expect(cidrContains(bad, '192.0.2.1')).toBe(false);
});

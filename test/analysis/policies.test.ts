/** What an organisation's own knowledge does to a verdict: colleagues' names, trusted domains, exercises, allowed senders. */
import { verdictOf } from './mail.ts';

const ids = (verdict: { findings: { id: string }[] }) => verdict.findings.map(({ id }) => id);
const registry = [{ name: 'Ana María Díaz', addresses: ['ana@example.org', 'diaz@example.org'] }];
const ask = {
  subject: 'Are you at your desk?',
  text: 'Hi, I am in a meeting and need a quick favour. Can you pay an invoice for me today? Send me your mobile number. Ana',
};

test.each([['Ana María Díaz'], ['Díaz, Ana María'], ['ANA  MARIA DIAZ'], ['Ana Marïa Dlaz'], ['Ana Maria Dias']])(
  'a registered name from a foreign address is an impersonation: %s',
  async (name) => {
    const verdict = await verdictOf({ ...ask, from: `"${name}" <ceo.office77@mail.example>` }, { registry });
    expect(ids(verdict)).toContain('identity.registry_name');
    expect(['SPOOF', 'MALICIOUS']).toContain(verdict.disposition);
    expect(verdict.attributes).toContain('BEC');
  },
);

test.each([['Ana María Díaz <diaz@example.org>'], ['Ana Diazotto <someone@mail.example>'], ['Ben <ana@mail.example>']])(
  'no impersonation: %s',
  async (from) => {
    const verdict = await verdictOf({ ...ask, from }, { registry }, { state: 'pass' });
    expect(ids(verdict)).not.toContain('identity.registry_name');
    expect(verdict.attributes).not.toContain('BEC');
  },
);

test('a registered address whose mail fails the check is one too', async () => {
  const from = 'Ana <ana@example.org>';
  const forged = await verdictOf({ ...ask, from }, { registry, ownDomains: ['example.org'] }, { state: 'fail' });
  expect(ids(forged)).toContain('identity.registry_forged');
  expect(forged.attributes).toContain('BEC');
  const own = await verdictOf({ ...ask, from }, { registry, ownDomains: ['example.org'] }, { state: 'pass' });
  expect(own.attributes).not.toContain('BEC');
});

test('a trusted domain may look like another name, or be young, and no further than it is trusted', async () => {
  const draft = {
    from: 'Shop <news@paypa1.example>',
    subject: 'News',
    html: '<p>News</p><a href="https://paypa1.example/news">Read</a>',
  };
  const domainAges = new Map([['paypa1.example', new Date('2025-03-01T00:00:00Z')]]);
  const trusted = (recent: boolean, similarity: boolean) => [{ value: 'paypa1.example', recent, similarity }];
  const found = async (recent: boolean, similarity: boolean) =>
    ids(await verdictOf(draft, { domainAges, trustedDomains: trusted(recent, similarity) }));
  expect(await found(false, false)).toEqual(
    expect.arrayContaining(['identity.lookalike_domain', 'url.lookalike', 'intel.young_domain']),
  );
  const both = await found(true, true);
  for (const id of ['identity.lookalike_domain', 'url.lookalike', 'intel.young_domain']) expect(both).not.toContain(id);
  expect(await found(true, false)).toContain('identity.lookalike_domain');
  expect(await found(false, true)).toContain('intel.young_domain');
});

describe('an exercise', () => {
  const lure = {
    from: 'IT <help@drill-lures.example>',
    subject: 'Your password expires',
    html: '<p>Verify your account immediately or it will be suspended.</p><a href="http://192.0.2.9/login.php">Sign in</a>',
    headers: { 'X-Drill': 'spring' },
  };
  const client = { ip: '203.0.113.9', name: 'out.drill.example' };
  const byDomain = { id: 'lst_d', kind: 'domain' as const, value: 'drill.example' };
  const byIp = { id: 'lst_i', kind: 'ip' as const, value: '203.0.113.0/24' };
  const passed = { dkim: [{ result: 'pass' as const, domain: 'mail.drill.example' }] };

  test.each([
    ['its domain signed it', byDomain, passed],
    ['its envelope passed', byDomain, { spf: { result: 'pass' as const, domain: 'drill.example' } }],
    ['our receiver took it from there', byIp, { client }],
    ['a header besides', { ...byIp, header: { name: 'x-drill', value: 'SPRING' } }, { client }],
  ])('proves itself: %s', async (_, simulation, authentication) => {
    const verdict = await verdictOf(lure, { simulations: [simulation] }, authentication);
    expect(verdict).toMatchObject({ disposition: 'NONE', simulation: simulation.id, definitive: false });
  });

  test.each([
    ['a domain that only stands in From', { ...byDomain, value: 'drill-lures.example' }, {}],
    ['a signature that failed', byDomain, { dkim: [{ result: 'fail' as const, domain: 'drill.example' }] }],
    ['an address nobody of ours saw', byIp, {}],
    ['another header', { ...byIp, header: { name: 'x-drill', value: 'autumn' } }, { client }],
    ['a look-alike domain', byDomain, { dkim: [{ result: 'pass' as const, domain: 'notdrill.example' }] }],
  ])('is not proven by %s', async (_, simulation, authentication) => {
    const verdict = await verdictOf(lure, { simulations: [simulation] }, authentication);
    expect(verdict.simulation).toBeUndefined();
    expect(verdict.disposition).not.toBe('NONE');
  });

  test('an analyst who decided about it is heard first', async () => {
    const decided = { disposition: 'MALICIOUS' as const, by: 'analyst' as const };
    const verdict = await verdictOf(lure, { simulations: [byIp], decided }, { client });
    expect(verdict.disposition).toBe('MALICIOUS');
  });
});

test.each([
  ['ip', '203.0.113.0/24'],
  ['server_name', 'partner.example'],
  ['domain', 'example.net'],
] as const)('an allow policy by %s holds for proven senders only', async (kind, value) => {
  const allowPolicies = [{ id: 'al1', kind, value, trust: 'trusted' as const }];
  const client = { ip: '203.0.113.7', name: 'out.partner.example' };
  expect((await verdictOf({}, { allowPolicies }, { state: 'pass', client })).allowedBy).toBe('al1');
  expect((await verdictOf({}, { allowPolicies }, { state: 'none', client })).allowedBy).toBeUndefined();
  if (kind !== 'domain') expect((await verdictOf({}, { allowPolicies }, { state: 'pass' })).allowedBy).toBeUndefined();
});

test('of several block entries the worst counts, and one that is not reached makes nothing definitive', async () => {
  const entry = (id: string, disposition: 'SPAM' | 'SPOOF') => ({
    id,
    kind: 'domain' as const,
    value: 'example.net',
    disposition,
  });
  const verdict = await verdictOf({}, { blockEntries: [entry('a', 'SPAM'), entry('b', 'SPOOF')] });
  expect(verdict).toMatchObject({ disposition: 'SPOOF', definitive: true });
  const lure = {
    from: 'Microsoft <security@micros0ft-login.example.net>',
    subject: 'Action required: your password expires today',
    html: '<p>Verify your account immediately or your mailbox will be suspended.</p><a href="http://192.0.2.7/login/verify.php">Sign in</a>',
  };
  expect(await verdictOf(lure, { blockEntries: [entry('a', 'SPAM')] })).toMatchObject({
    disposition: 'MALICIOUS',
    definitive: false,
  });
});

test('a wave of reported mail associates, and is no evidence of its own', async () => {
  const alone = await verdictOf({});
  const wave = await verdictOf({}, { campaign: { distinctMessages: 9, sharedWithConfirmed: [] } });
  expect(ids(wave)).toContain('campaign.wave');
  expect(wave.families).toEqual(alone.families);
  expect(wave.margin).toBe(alone.margin);
  const shared = await verdictOf({}, { campaign: { distinctMessages: 1, sharedWithConfirmed: ['a link'] } });
  expect(shared.families).toContain('campaign');
});

import { findingsOf, verdictOf } from './mail.ts';

const own = { ownDomains: ['lumen-oak.test'] };

test('a company name on a stranger’s address is said, on its own address it is not', async () => {
  expect(await findingsOf({ from: 'PayPal Service <help@mail.example.com>' })).toContain('identity.brand_name');
  expect(await findingsOf({ from: 'PayPal <service@paypal.com>' })).not.toContain('identity.brand_name');
  expect(await findingsOf({ from: 'PаyPаl <help@mail.example.com>' })).toContain('identity.brand_name');
});

test('a company that writes from a free mail address is not that company', async () => {
  expect(await findingsOf({ from: 'DHL Express <dhl.notice@gmail.com>' })).toContain('identity.free_mail_brand');
});

test('an everyday word that is also a name needs a second word', async () => {
  expect(await findingsOf({ from: 'Robin Apple Chase <robin@example.net>' })).not.toContain('identity.brand_name');
  expect(await findingsOf({ from: 'Apple Support <robin@example.net>' })).toContain('identity.brand_name');
});

test('another address inside the display name is said', async () => {
  const { findings } = await verdictOf({ from: '"ceo@lumen-oak.test" <x1@example.net>' });
  expect(findings.map(({ id }) => id)).toContain('identity.address_in_name');
  expect(findings.find(({ id }) => id === 'identity.address_in_name')?.evidence).toContain('x1@example.net');
});

test.each([
  ['a@paypa1.test', 'identity.lookalike_domain'],
  ['a@micros0ft-login.example', 'identity.lookalike_domain'],
  ['a@lumen-0ak.test', 'identity.own_lookalike_domain'],
  ['a@lumenoak.test', 'identity.own_lookalike_domain'],
])('%s imitates a name', async (address, id) => {
  expect(await findingsOf({ from: `Team <${address}>` }, own)).toContain(id);
});

test.each(['a@paypal.com', 'a@mail.paypal.de', 'a@lumen-oak.test', 'a@team.lumen-oak.test', 'a@newsletter.online.com'])(
  '%s imitates nobody',
  async (address) => {
    const ids = await findingsOf({ from: `Team <${address}>` }, own);
    expect(ids.filter((id) => id.includes('lookalike'))).toEqual([]);
  },
);

test('an own address that failed its check is forged; one that nobody checked is only unproven', async () => {
  const draft = { from: 'Ana <ana@lumen-oak.test>' };
  expect(await findingsOf(draft, own, { state: 'fail' })).toContain('identity.own_domain_forged');
  expect(await findingsOf(draft, own, { state: 'none' })).toContain('identity.own_domain_unproven');
  expect(await findingsOf(draft, own, { state: 'pass' })).not.toContain('identity.own_domain_unproven');
});

test('answers that go to a free mail address are said, those inside the sender’s domain are not', async () => {
  const from = 'Ben <ben@example.net>';
  expect(await findingsOf({ from, headers: { 'Reply-To': 'ben.b@gmail.com' } })).toContain('identity.reply_to_free');
  expect(await findingsOf({ from, headers: { 'Reply-To': 'help@support.example.net' } })).not.toContain(
    'identity.reply_to_other',
  );
});

test('a From line that cannot be read, and one with two senders', async () => {
  expect(await findingsOf({ from: 'nobody at all' })).toContain('identity.no_from');
  expect(await findingsOf({ from: 'A <a@example.net>, B <b@example.com>' })).toContain('identity.several_from');
});

test('a colleague’s name with a foreign address matches the registry, whatever the order or accents', async () => {
  const registry = [{ name: 'Élena Petrov', addresses: ['elena@lumen-oak.test'] }];
  for (const name of ['Elena Petrov', 'Petrov, Elena', 'ELENA PETR0V'])
    expect(await findingsOf({ from: `"${name}" <e.p@example.net>` }, { registry })).toContain('identity.registry_name');
  expect(await findingsOf({ from: 'Elena Petrov <elena@lumen-oak.test>' }, { registry })).not.toContain(
    'identity.registry_name',
  );
  const spoof = await verdictOf({ from: 'Elena Petrov <e.p@example.net>', text: 'Lunch?' }, { registry });
  expect(spoof.disposition).toBe('SPOOF');
  expect(spoof.attributes).toContain('BEC');
});

test('letters of other alphabets and invisible ones in the subject are said, emoji are not', async () => {
  expect(await findingsOf({ subject: '=?utf-8?B?UGF5cOKAi2FsIG5vdGljZQ==?=' })).toContain('identity.hidden_letters');
  expect(await findingsOf({ subject: '=?utf-8?B?8J+RqOKAjfCfkrsgaGVsbG8g4p2k77iP?=' })).not.toContain(
    'identity.hidden_letters',
  );
});

import { domainsToAge } from '../../server/analysis/evidence/domain-age.ts';
import { type Draft, mail, verdictOf } from './mail.ts';

const links = (...urls: string[]): Draft => ({
  from: 'Ben <ben@news.shop.example.net>',
  html: urls.map((url) => `<a href="${url}">Open</a>`).join(' '),
});
const arrived = Date.parse('2025-03-04T10:00:00Z');
const ago = (days: number) => new Date(arrived - days * 86_400_000);

test('asked are the registrable domains of the sender and of the links behind their wrappers, each once', async () => {
  const safelink = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent('https://a.b.lure.co.uk/x')}&data=1`;
  const message = await mail(
    links('https://www.shop.example.net/', safelink, 'https://LURE.co.uk:8443/y', 'mailto:x@y.example'),
  );
  expect(domainsToAge(message, {})).toEqual(['example.net', 'lure.co.uk']);
});

test('not asked are free hosting, numbers, own domains, trusted ones and well-known companies', async () => {
  const message = await mail(
    links(
      'https://login-page.web.app/',
      'https://someone.github.io/',
      'http://192.0.2.7/',
      'http://[2001:db8::1]/',
      'https://intranet.example.org/',
      'https://www.microsoft.com/',
      'https://partner.example/',
      'http://localhost/',
    ),
  );
  const trustedDomains = [{ value: 'partner.example', recent: true, similarity: false }];
  expect(domainsToAge(message, { ownDomains: ['example.org'], trustedDomains })).toEqual(['example.net']);
});

test('of many link domains the first ten are asked for, and the answer says that the rest was not', async () => {
  const message = links(...Array.from({ length: 40 }, (_, i) => `https://shop-${i}.test/`));
  const domains = domainsToAge(await mail(message), {});
  expect(domains).toHaveLength(11);
  const verdict = await verdictOf(message, { domainAges: new Map(domains.map((domain) => [domain, ago(900)])) });
  expect(verdict.coverageMissing).toContain('rdap');
});

test('a mail in which nothing is worth asking lacks nothing', async () => {
  const verdict = await verdictOf(
    { from: 'Ana <ana@example.org>', text: 'Lunch?' },
    { ownDomains: ['example.org'], domainAges: new Map() },
  );
  expect(verdict.coverageMissing).not.toContain('rdap');
});

test('new is what was registered less than thirty days before the mail arrived; of several the newest is named', async () => {
  const draft = links('https://a.test/', 'https://b.test/', 'https://c.test/');
  const domainAges = new Map([
    ['example.net', ago(30.01)],
    ['a.test', ago(29.99)],
    ['b.test', ago(3)],
    ['c.test', ago(4_000)],
  ]);
  const verdict = await verdictOf(draft, { domainAges });
  expect(verdict.attributes).toEqual(['NEW_DOMAIN_LINK=2025-03-01 10:00:00 UTC']);
  expect(verdict.findings.find(({ id }) => id === 'intel.young_domain')?.evidence).toBe(
    'b[.]test registered 2025-03-01 10:00:00 UTC',
  );
});

test('a question without an answer is no attribute and no finding, but a gap', async () => {
  const verdict = await verdictOf(links('https://a.test/'), {
    domainAges: new Map([
      ['example.net', ago(3_000)],
      ['a.test', null],
    ]),
  });
  expect(verdict.attributes).toEqual([]);
  expect(verdict.coverageMissing).toContain('rdap');
});

import { type Lookups, lookUp } from '../../server/submission/lookups.ts';
import { authentic, mail } from '../analysis/mail.ts';

const draft = {
  from: 'Ben <ben@shop.example.net>',
  html: '<a href="https://a.test/in">Open</a> <a href="https://intranet.example.org/">Home</a>',
};

function recorded() {
  const asked: { domains: readonly string[][]; links: readonly string[][] } = { domains: [], links: [] };
  const lookups: Lookups = {
    domainAges: async (domains) => {
      (asked.domains as string[][]).push([...domains]);
      return new Map(domains.map((domain) => [domain, null]));
    },
    lookAtLures: async (links) => {
      (asked.links as string[][]).push([...links]);
      return null;
    },
  };
  return { asked, lookups };
}

test('asked are the domains and links of the mail, without the organisation’s own', async () => {
  const { asked, lookups } = recorded();
  const answers = await lookUp(lookups, await mail(draft), authentic(), { ownDomains: ['example.org'] });
  expect(asked).toEqual({ domains: [['example.net', 'a.test']], links: [['https://a.test/in']] });
  expect(answers).toEqual({
    domainAges: new Map([
      ['example.net', null],
      ['a.test', null],
    ]),
    unanswered: ['rdap', 'crawl'],
  });
});

test('the link of a registered exercise is not opened: its maker would count a click', async () => {
  const { asked, lookups } = recorded();
  const simulations = [{ id: 'sim_1', kind: 'domain' as const, value: 'shop.example.net' }];
  const proof = authentic({ dkim: [{ result: 'pass', domain: 'shop.example.net' }] });
  await lookUp(lookups, await mail(draft), proof, { simulations });
  expect(asked.links).toEqual([]);
  // A mail that only says it is one proves nothing.
  await lookUp(lookups, await mail(draft), authentic(), { simulations });
  expect(asked.links).toHaveLength(1);
});

test('where nobody may be asked nothing is', async () => {
  expect(await lookUp({ domainAges: null, lookAtLures: null }, await mail(draft), authentic(), {})).toEqual({
    unanswered: [],
  });
});

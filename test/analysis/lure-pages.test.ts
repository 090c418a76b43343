import { linksToLookAt } from '../../server/analysis/looked-at.ts';
import type { AnalysisWorld } from '../../server/analysis/world.ts';
import type { LurePage } from '../../shared/lure-page.ts';
import { type Draft, findingsOf, mail, verdictOf } from './mail.ts';

const link = 'https://portal.lure.test/login';
const draft: Draft = {
  from: 'Ben <ben@shop.example.net>',
  subject: 'Minutes',
  html: `<p>Hello Ana, here are the minutes of Monday.</p><a href="${link}">Open</a>`,
};
const page = (extra: Partial<LurePage> = {}): LurePage => ({
  url: link,
  finalUrl: link,
  failure: null,
  title: 'Sign in to Microsoft 365',
  names: [],
  secrets: ['password'],
  postsTo: [],
  ...extra,
});
const old = new Date('2001-01-01T00:00:00Z');
const young = new Date('2025-03-01T00:00:00Z');
const urlFindings = async (
  lures: LurePage[],
  extra: Partial<AnalysisWorld> = {},
  from?: Partial<Draft>,
  pass = false,
) => {
  const ids = await findingsOf({ ...draft, ...from }, { lures, ...extra }, pass ? { state: 'pass' } : {});
  return ids.filter((id) => /_page$|sends_away$|site_asks$/.test(id));
};

test('a false sign-in page of a well-known company is proof enough by itself', async () => {
  const verdict = await verdictOf(draft, { lures: [page()] });
  expect(verdict.disposition).toBe('MALICIOUS');
  expect(verdict.definitive).toBe(true);
  const without = await verdictOf(draft, { lures: [page({ secrets: [], title: 'Minutes' })] });
  expect(without.definitive).toBe(false);
  // PSR wants the machine alone to find it suspicious.
  expect(verdict.marginWithoutReporter).toBeGreaterThan(without.marginWithoutReporter + 3);
  const reason = verdict.findings.find(({ id }) => id === 'url.lure_page');
  expect(reason).toMatchObject({ family: 'url', severity: 'critical' });
  expect(reason?.evidence).toMatch(/portal\[\.\]lure\[\.\]test\/login shows Microsoft, asks for password/);
});

test.each<[string, Partial<LurePage>]>([
  ['in a logo', { title: 'Sign in to your account', names: ['Microsoft logo'] }],
  ['in the title, for a card', { title: 'DHL Express - Zustellung', secrets: ['card'] }],
  ['in a heading, for a code', { title: '', names: ['PayPal'], secrets: ['one_time_code'] }],
  ['for a recovery phrase', { title: 'MetaMask', secrets: ['recovery_phrase'] }],
])('the borrowed name may stand %s', async (_, extra) =>
  expect(await urlFindings([page(extra)])).toEqual(['url.lure_page']),
);

test.each<[string, Partial<LurePage>]>([
  ['the company’s own page', { finalUrl: 'https://login.microsoftonline.com/common/oauth2' }],
  ['a page that asks for nothing', { secrets: [] }],
  ['an article about a company', { title: 'How PayPal works', secrets: [] }],
  ['a page that nobody saw', { finalUrl: null, failure: 'timeout', secrets: [] }],
])('%s is no false sign-in page', async (_, extra) => expect(await urlFindings([page(extra)])).toEqual([]));

test('a page that shows many names lists partners or means of payment', async () => {
  const names = ['Visa card', 'PayPal', 'American Express', 'Klarna'];
  expect(await urlFindings([page({ title: 'Check-out', names })])).toEqual(['url.credential_page']);
});

test.each([
  ['a program that anybody runs', 'Zimbra Web Client Sign In'],
  ['web access to one’s own Exchange', 'Outlook Web App'],
  ['an association of hundreds of houses', 'Sparkasse Beispielstadt: Anmelden'],
])('%s with its maker’s name is a reason, and no proof', async (_, title) => {
  expect(await urlFindings([page({ title })])).toEqual(['url.brand_page']);
  const verdict = await verdictOf(draft, { lures: [page({ title })] });
  expect(verdict.definitive).toBe(false);
});

test('a page that also says who it is, in accord with its address, is a reason and no proof', async () => {
  const shop = { url: link, finalUrl: 'https://www.corner-shop.example.com/login' };
  const title = 'Pay with PayPal | Corner Shop';
  expect(await urlFindings([page({ finalUrl: 'https://corner-shop.test/login', title })])).toEqual(['url.brand_page']);
  expect(await urlFindings([page({ ...shop, title: 'PayPal: log in' })])).toEqual(['url.lure_page']);
  const lookAlike = { finalUrl: 'https://paypal-login.test/', title: 'PayPal-Login' };
  expect(await urlFindings([page(lookAlike)])).toEqual(['url.lure_page']);
});

test('an everyday word is a company’s name only where the mail speaks for that company', async () => {
  const lures = [page({ title: 'Team sign-ups: your account' })];
  expect(await urlFindings(lures)).toEqual(['url.brand_page']);
  expect(await urlFindings(lures, {}, { subject: 'UPS delivery: your parcel' })).toEqual(['url.lure_page']);
});

test('the proven sender’s own site may ask for a password, unless its domain is new', async () => {
  const lures = [page({ title: 'Sign in - PayPal partner shop', finalUrl: 'https://www.example.net/login' })];
  const ages = (date: Date | null) => ({ domainAges: new Map([['example.net', date]]) });
  expect(await urlFindings(lures, ages(old), {}, true)).toEqual([]);
  expect(await urlFindings(lures, ages(null), {}, true)).toEqual(['url.brand_page']);
  expect(await urlFindings(lures, ages(young), {}, true)).toEqual(['url.lure_page']);
  expect(await urlFindings(lures, ages(old), {}, false)).toEqual(['url.lure_page']);
});

test('without a borrowed name the weaker signs count, one a page', async () => {
  const plain = { title: 'Welcome' };
  expect(await urlFindings([page(plain)])).toEqual(['url.credential_page']);
  expect(await urlFindings([page({ ...plain, postsTo: ['drop.example.com'] })])).toEqual(['url.page_sends_away']);
  expect(await urlFindings([page({ ...plain, postsTo: ['www.lure.test'] })])).toEqual(['url.credential_page']);
  expect(await urlFindings([page({ ...plain, secrets: ['recovery_phrase'] })])).toEqual(['url.recovery_page']);
  expect(await urlFindings([page(plain)], { ownDomains: ['lure.test'] })).toEqual([]);
  const ages = (date: Date) => ({ domainAges: new Map([['lure.test', date]]) });
  expect(await urlFindings([page(plain)], ages(young))).toEqual(['url.new_site_asks']);
  expect(await urlFindings([page(plain)], ages(old))).toEqual(['url.credential_page']);
});

test('coverage lacks a look where nobody looked, or a look saw nothing; a mail without links lacks none', async () => {
  const gap = async (lures: LurePage[] | null | undefined, from: Draft = draft) =>
    (await verdictOf(from, { lures })).coverageMissing.includes('crawl');
  expect(await gap(undefined)).toBe(true);
  expect(await gap(null)).toBe(true);
  expect(await gap([page({ failure: 'unsubscribe', finalUrl: null })])).toBe(true);
  expect(await gap([page()])).toBe(false);
  expect(await gap(undefined, { text: 'No link at all.' })).toBe(false);
});

test('looked at are links of strangers that a reader can press, one a host, at most five', async () => {
  const html = `
    <img src="https://pixel.test/open.gif"><a href="https://a.test/1">One</a><a href="https://a.test/2">Two</a>
    <a href="https://www.microsoft.com/">Microsoft</a><a href="https://sites.google.com/view/x">Site</a>
    <a href="https://intranet.example.org/">Home</a><a href="https://news.test/u?i=1">Unsubscribe here</a>
    <a href="https://list.test/x">Leave</a><a style="display:none" href="https://hidden.test/">x</a>
    <a href="mailto:a@b.test">Mail</a><form action="https://form.test/"></form>
    ${[1, 2, 3, 4, 5, 6].map((n) => `<a href="https://more-${n}.test/">more</a>`).join('')}`;
  const message = await mail({ html, headers: { 'List-Unsubscribe': '<https://list.test/x>' } });
  expect(linksToLookAt(message, { ownDomains: ['example.org'] })).toEqual([
    'https://a.test/1',
    'https://sites.google.com/view/x',
    'https://more-1.test/',
    'https://more-2.test/',
    'https://more-3.test/',
  ]);
});

test('the target behind a wrapper is looked at, not the wrapper', async () => {
  const target = encodeURIComponent('https://lure.test/in');
  const html = `<a href="https://eur01.safelinks.protection.outlook.com/?url=${target}&data=1">Open</a>`;
  expect(linksToLookAt(await mail({ html }), {})).toEqual(['https://lure.test/in']);
});

/** Every screen of the table: strangers' words stay words, axe finds nothing, and nothing is cut off on a phone. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { SCREENS } from '../../server/dashboard/screens.tsx';
import { type Dashboard, openDashboard } from './built.ts';
import { fill } from './morning.ts';
import { poisonAnswers, SHOWN, traces } from './poison.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 320, height: 720 };

/** An address for each screen of the table; some for what it shows in other states. */
const ADDRESSES: Record<string, string[]> = {
  '/': ['/'],
  '/submissions': ['/submissions?outcome_disposition=SPAM'],
  '/submissions/:id': ['/submissions/sub_phish', '/submissions/sub_hostile'],
  '/invalid': ['/invalid'],
  '/bulk-jobs': ['/bulk-jobs'],
  '/bulk-jobs/:id': ['/bulk-jobs/job_1'],
  '/retractions': ['/retractions'],
  '/retractions/:id': ['/retractions/ret_2', '/retractions/ret_3'],
  '/search': ['/search', '/search?query=invoice'],
  '/messages/:id': ['/messages/msg_1'],
  '/metrics': ['/metrics'],
  '/metrics/:view': ['/metrics/submissions?days=90', '/metrics/reporters', '/metrics/verdicts?days=1'],
  '/model': ['/model'],
  '/settings': ['/settings'],
  '/audit': ['/audit', '/audit?type=RETRACTION&actor=kim'],
  '/access': ['/access?person=ana@example.org'],
};
/** Screens on which a stranger's words must be seen, or the poison has not reached them. */
const STRANGE = [
  '/',
  '/submissions/:id',
  '/retractions',
  '/retractions/:id',
  '/metrics',
  '/metrics/:view',
  '/audit',
  '/access',
];

let dashboard: Dashboard;
let page: Page;

jest.setTimeout(120_000);
beforeAll(async () => {
  dashboard = await openDashboard();
  fill(dashboard.doors);
  // German words are the longer ones. One page for all: it is the arrival that takes long.
  page = await dashboard.open('/nowhere', { locale: 'de-DE', reducedMotion: 'reduce' });
  page.on('dialog', (dialog) => {
    dashboard.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await poisonAnswers(page);
  await page.evaluate(axe);
});
afterAll(() => dashboard.close());
afterEach(() => {
  // Page errors, console errors and violations of the content security policy.
  expect(dashboard.faults.splice(0)).toEqual([]);
});

test('every screen has an address here, and a letter of its own', () => {
  expect(Object.keys(ADDRESSES).sort()).toEqual(SCREENS.map(({ path }) => path).sort());
  const keys = SCREENS.flatMap(({ way }) => (way ? [way.key] : []));
  expect(new Set(keys).size).toBe(keys.length);
});

test('the page allows no script and no style but the server’s own', async () => {
  const response = await fetch(`${dashboard.url}/dashboard/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|data:(?!\s*;?.*img)|\*/);
});

/** In place, as a link does. */
async function go(address: string): Promise<void> {
  await page.setViewportSize(DESKTOP);
  await page.evaluate((to) => {
    history.pushState(null, '', `/dashboard${to}`);
    dispatchEvent(new PopStateEvent('popstate'));
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, address);
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .loading'));
}

const violations = (rules: string[]) =>
  page.evaluate(async (only) => {
    type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { axe } = window as unknown as { axe: Axe };
    const options = only.length > 0 ? { runOnly: { type: 'rule', values: only } } : {};
    return (await axe.run(options)).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 300)).join(' | ')}`,
    );
  }, rules);

/** What reaches beyond the right edge of the page, if the page can be scrolled there. */
const cut = () =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5 && element.children.length === 0)
      .map((element) => `${element.parentElement?.outerHTML.slice(0, 150)}`);
  });

const walks = Object.entries(ADDRESSES).flatMap(([path, addresses]) => addresses.map((address) => ({ path, address })));
test.each(walks)('$address: words stay words; axe finds nothing; nothing is cut off', async ({ path, address }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await go(address);
  expect(await traces(page)).toEqual([]);
  if (STRANGE.includes(path))
    await page.waitForFunction((shown) => {
      const text = document.querySelector('main')?.innerText ?? '';
      return shown.some((part) => text.includes(part));
    }, SHOWN);
  expect(await violations([])).toEqual([]);
  await page.setViewportSize(PHONE);
  expect({ cutOff: await cut() }).toEqual({ cutOff: [] });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(['color-contrast', 'scrollable-region-focusable', 'target-size'])).toEqual([]);
});

test('the title of the page is a stranger’s words too, and text', async () => {
  await go('/submissions/sub_hostile');
  expect(await page.title()).toMatch(/ · Reelback$/);
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
});

test('the sign-in too', async () => {
  await page.context().clearCookies();
  await page.goto(`${dashboard.url}/dashboard/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(axe);
  expect(await violations([])).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light' });
  expect({ cutOff: await cut() }).toEqual({ cutOff: [] });
  expect(await violations(['color-contrast'])).toEqual([]);
});

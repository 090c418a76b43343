/** An analyst's day and an admin's first hour, in a browser, on the real server, database and simulated tenant. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { ADMIN_TOKEN, House } from '../flow/house.ts';
import { lure } from '../flow/mail.ts';
import { launchChromium } from '../setup/chromium.ts';

const TODAY = '<expiry-1@micros0ft-login.test>';
const TOMORROW = '<expiry-2@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org', 'dora@example.org'];
const pictures = join(__dirname, '../../test-results/dashboard');
let house: House;
let browser: Browser;
let page: Page;
const faults: string[] = [];

jest.setTimeout(120_000);
beforeAll(async () => {
  // `npm test` builds before it tests; alone, run `npm run build` first.
  if (!existsSync(join(process.cwd(), 'dist/dashboard/app.js'))) throw new Error('dist/dashboard is not built');
  mkdirSync(pictures, { recursive: true });
  house = await House.start();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' });
  page.on('pageerror', (error) => faults.push(String(error)));
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});
afterEach(() => expect(faults.splice(0)).toEqual([]));

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
/** `g` and a letter, from wherever the keyboard is not typing. */
async function way(letter: string, title: string): Promise<void> {
  await page.locator('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press(letter);
  await heading(title);
}
const where = () => PEOPLE.map((person) => house.simulator.copies(person).map(({ folder }) => folder));

test('an analyst’s day: queue, evidence, similar, reclassify, release, a bulk job, figures', async () => {
  for (const person of PEOPLE) house.simulator.addMailbox(person);
  for (const person of PEOPLE.slice(0, 3)) house.simulator.deliver(person, lure(TODAY));
  for (const person of PEOPLE.slice(2)) house.simulator.deliver(person, lure(TOMORROW, person, 'tomorrow'));
  const before = where();

  await page.goto(`${await house.url()}/`);
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await page.keyboard.press('Enter');
  await page.getByText('No report yet').waitFor();

  // The queue fills by itself.
  await house.report('ana@example.org', TODAY, { body: { comment: 'looks odd', exposure: ['clicked_link'] } });
  await house.report('dora@example.org', TOMORROW);
  const row = page.locator('.rows > li').filter({ hasText: 'expires today' });
  await row.getByText('Malicious', { exact: true }).waitFor();
  await row.getByText('3 of 3 removed').waitFor();
  await page.locator('.rows > li').filter({ hasText: 'expires tomorrow' }).getByText('2 of 2 removed').waitFor();

  // One report, by keyboard: what they wrote, why, and every copy.
  await row.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await page.getByText('looks odd').waitFor();
  await page.getByText('clicked a link', { exact: true }).waitFor();
  // Six findings are enough to begin with; the rest opens.
  const hidden = page.locator('.more-reasons li').first();
  expect(await hidden.isVisible()).toBe(false);
  await page.getByText(/^\d+ more findings?$/).click();
  expect(await hidden.isVisible()).toBe(true);
  for (const person of PEOPLE.slice(0, 3))
    await page.getByRole('row').filter({ hasText: person }).getByText('Removed').waitFor();
  const similar = page.getByRole('region', { name: 'Similar messages' });
  await similar.getByRole('button').first().click();
  await similar.getByText('expires tomorrow').waitFor();
  await picture('real-submission');

  // It was an exercise of the service desk after all: the team's word, and every copy back where it was.
  await page.getByRole('button', { name: 'Reclassify' }).click();
  const asks = page.getByRole('group', { name: 'What is this mail?' });
  await asks.getByLabel('It is').selectOption('NONE');
  await asks.getByLabel('Also put every copy back').check();
  await asks.getByRole('button', { name: 'Say so' }).click();
  await page.getByText('The team says: Nothing found.').waitFor();
  await page.getByRole('row').filter({ hasText: 'ben@example.org' }).getByText('Put back').waitFor();
  await picture('real-restored');

  // The other one is found by its words, and released.
  await way('f', 'Search');
  await page.getByRole('searchbox').fill('subject:tomorrow');
  await page.keyboard.press('Enter');
  await page.locator('.message-rows a.row').filter({ hasText: 'expires tomorrow' }).click();
  await page.getByRole('button', { name: 'Put back' }).first().click();
  await page.getByRole('group', { name: 'Put every copy back?' }).getByRole('button', { name: 'Put back' }).click();
  await page.getByText('2 copies are on the way back.').waitFor();
  await house.until(() => isDeepStrictEqual(where(), before));

  // Both were the campaign they looked like: one action over all that match.
  await way('f', 'Search');
  await page.goto(`${await house.url()}/dashboard/search?query=from%3Amicros0ft-login.test&all=1`);
  await page.locator('.message-rows a.row').nth(1).waitFor();
  await page.getByRole('button', { name: 'Act on all matching…' }).click();
  await page.getByRole('button', { name: 'Start with 2 messages' }).click();
  await page.waitForURL(/bulk-jobs\//);
  await page.locator('.detail-head').getByText('Done', { exact: true }).waitFor();
  await house.until(() => !isDeepStrictEqual(where(), before));
  await picture('real-bulk-job');

  // And what the day came to.
  await way('m', 'Metrics');
  const tile = (label: string) => page.locator('.tiles .card').filter({ hasText: label }).locator('.value');
  await tile('Put back later').getByText('5', { exact: true }).waitFor();
  expect(await tile('Copies found').innerText()).toBe('10');
  expect(await tile('To the last copy').innerText()).toMatch(/^\d[\d.,]* (s|min)$/);
  await page.getByText('Copies over time').waitFor();
  await picture('real-metrics');
  await page.getByRole('navigation', { name: 'View details' }).getByRole('link', { name: 'Removed' }).click();
  await page.locator('.message-rows a.row').first().waitFor();
});

test('an admin’s first hour: steps, preview to on, names from a CSV, a webhook, mail to people, the audit chain', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await heading('Settings');
  const steps = page.getByRole('region', { name: 'The first hour' });
  await steps.getByText('Name those whom impostors pretend to be').waitFor();

  // Preview first, then on.
  const psr = page.getByRole('form', { name: 'When a report turns out malicious' });
  for (const mode of ['Copies are found and counted; none is moved.', 'Copies are taken back from every mailbox.']) {
    await psr.getByText(mode).click();
    await psr.getByRole('button', { name: 'Save' }).click();
    await psr.getByText('Saved.', { exact: true }).waitFor();
  }

  const names = page.getByRole('region', { name: 'Protected names' });
  const csv = 'Display_Name,Email\r\nAna Díaz,ana@example.org\r\n';
  await names
    .getByLabel('Import CSV')
    .setInputFiles({ name: 'names.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await names.getByText('1 added, 0 changed, 0 as they were.').waitFor();
  await names.getByText('Ana Díaz').waitFor();

  const hooks = page.getByRole('region', { name: 'Webhooks' });
  await hooks.getByLabel('Address').fill('https://siem.example.net/ingest');
  await hooks.getByRole('button', { name: 'Add', exact: true }).click();
  await hooks.getByText('It is shown this once').waitFor();
  await hooks.getByRole('button', { name: 'I have kept it' }).click();
  // The key is nowhere afterwards; and a target that cannot be reached is said to be.
  await hooks.getByText('It is shown this once').waitFor({ state: 'detached' });
  await hooks.getByRole('button', { name: 'Test' }).click();
  await hooks.getByText('The target did not take the test.').waitFor();

  const mail = page.getByRole('form', { name: 'Mail to people' });
  await mail.getByLabel('To whoever got a copy back').check();
  await mail.getByRole('button', { name: 'Save' }).click();
  await mail.getByText('Saved.', { exact: true }).waitFor();
  await picture('real-settings');

  await page.getByRole('link', { name: 'Audit log' }).click();
  await heading('Audit log');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/The chain holds: \d+ lines recomputed\./).waitFor();
  await picture('real-audit');
});

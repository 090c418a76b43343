/** The dashboard on the real server, database and simulated tenant: from the report to the restored copy. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ADMIN_TOKEN, House } from '../flow/house.ts';
import { lure } from '../flow/mail.ts';
import { launchChromium } from '../setup/chromium.ts';

const ID = '<expiry-1@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org', 'dora@example.org'];
const pictures = join(__dirname, '../../test-results/dashboard');
let house: House;
let browser: Browser;

jest.setTimeout(90_000);
beforeAll(async () => {
  // `npm test` builds before it tests; alone, run `npm run build` first.
  if (!existsSync(join(process.cwd(), 'dist/dashboard/app.js'))) throw new Error('dist/dashboard is not built');
  house = await House.start();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('an analyst watches a report, sees every copy removed, and puts them back', async () => {
  for (const person of PEOPLE) house.simulator.addMailbox(person);
  for (const person of PEOPLE.slice(0, 3)) house.simulator.deliver(person, lure(ID));
  const before = PEOPLE.map((person) => house.simulator.copies(person));

  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${await house.url()}/`);
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await page.keyboard.press('Enter');
  await page.getByText('No report yet').waitFor();

  await house.report('ana@example.org', ID, { body: { comment: 'looks odd', exposure: ['clicked_link'] } });
  const row = page.locator('.rows > li').first();
  await row.getByText('Malicious').waitFor();
  await row.getByText('3 of 3 removed').waitFor();
  await row.getByRole('link').click();
  await page.getByText('looks odd').waitFor();
  await page.getByText('clicked a link', { exact: true }).waitFor();
  await page.getByText('Report received').waitFor();
  // Six findings are enough to begin with; the rest opens.
  const more = page.getByText(/^\d+ more findings?$/);
  const hidden = page.locator('.more-reasons li').first();
  expect(await hidden.isVisible()).toBe(false);
  await more.click();
  expect(await hidden.isVisible()).toBe(true);
  for (const person of PEOPLE.slice(0, 3))
    await page.getByRole('row').filter({ hasText: person }).getByText('Removed').waitFor();
  await page.screenshot({ path: join(pictures, 'real-submission.png'), fullPage: true });

  await page.getByRole('button', { name: 'Put back' }).click();
  await page.getByRole('group').getByRole('button', { name: 'Put back' }).click();
  await page.locator('.panel-head').getByText('Put back').waitFor();
  await page.getByRole('row').filter({ hasText: 'ben@example.org' }).getByText('Put back').waitFor();
  expect(PEOPLE.map((person) => house.simulator.copies(person))).toEqual(before);
  await page.screenshot({ path: join(pictures, 'real-restored.png'), fullPage: true });
  expect(faults).toEqual([]);
});

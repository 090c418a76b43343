/** Casework in a browser: a report is escalated by the keyboard, a mail is reclassified, a search becomes a job. */
import type { Page } from 'playwright-core';
import { type Dashboard, openDashboard } from './built.ts';
import { fill } from './morning.ts';

let dashboard: Dashboard;
let page: Page;

jest.setTimeout(90_000);
beforeAll(async () => {
  dashboard = await openDashboard();
  fill(dashboard.doors);
  dashboard.doors.submissions.change('sub_done', { message: 'msg_done' });
  page = await dashboard.open('/');
});
afterAll(() => dashboard.close());
afterEach(() => {
  expect(dashboard.faults.splice(0)).toEqual([]);
});

const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

test('a report is escalated from its row without a mouse, and the way back is where one was', async () => {
  const row = page.locator('.rows > li').filter({ hasText: 'Invoice 2026-0815' });
  const menu = row.getByRole('button', { name: 'Actions for “Invoice 2026-0815 is overdue”' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await row.getByRole('link', { name: 'View more' }).waitFor();
  expect(await row.getByRole('link', { name: 'View mail' }).getAttribute('href')).toContain('/messages/msg_done');
  await page.keyboard.press('Escape');
  await row.getByRole('link', { name: 'View more' }).waitFor({ state: 'detached' });
  expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.keyboard.press('Enter');
  const escalate = row.getByRole('button', { name: 'Escalate' });
  await escalate.waitFor();
  await escalate.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Escalate to the team?').waitFor();
  await page.getByLabel('What you believe it is').selectOption('SPAM');
  await page.getByRole('button', { name: 'Escalate' }).click();
  await row.getByText('Escalated', { exact: true }).waitFor();
  expect(dashboard.doors.submissions.escalated).toEqual([
    { id: 'sub_done', request: { as: 'SPAM' }, actor: 'admin-token' },
  ]);
});

test('the tabs and filters have addresses; an empty list of the team teaches', async () => {
  await page.getByRole('link', { name: 'From the team' }).click();
  await page.waitForURL(/type=TEAM/);
  await page.getByText('The team has submitted nothing').waitFor();
  await page.getByRole('link', { name: 'From people' }).click();
  await page.getByLabel('Was before').selectOption('SPAM');
  await page.waitForURL(/type=USER&original_disposition=SPAM/);
  const asked = () =>
    dashboard.doors.submissions.listed.some((one) => one.type === 'USER' && one.original_disposition === 'SPAM');
  for (let tries = 0; tries < 200 && !asked(); tries++) await page.waitForTimeout(50);
  expect(asked()).toBe(true);
});

test('a mail is said to be harmless and goes back in the same step', async () => {
  await page.goto(`${dashboard.url}/dashboard/submissions/sub_done`);
  await page.getByRole('button', { name: 'Reclassify' }).click();
  await page.getByText('What is this mail?').waitFor();
  expect(await page.getByLabel('It is').locator('option').count()).toBe(6);
  await page.getByLabel('Also put every copy back').check();
  await page.getByRole('button', { name: 'Say so' }).click();
  await page.getByText('Said. The verdict follows.').waitFor();
  expect(dashboard.doors.casework.asked.at(-1)).toMatchObject({
    ids: ['msg_done'],
    disposition: 'NONE',
    restore: true,
    escalated_submission_id: 'sub_done',
  });
  expect(await focused()).toBe('Reclassify');
});

test('what a search finds becomes a job that is shown first, can be stopped and lists its messages', async () => {
  await page.goto(`${dashboard.url}/dashboard/search?query=invoice&days=7`);
  await page.getByRole('button', { name: 'Act on all matching…' }).click();
  await page.getByText('2 are left alone').waitFor();
  await page.getByLabel('Do what').selectOption('RELEASE');
  await page.getByRole('button', { name: 'Start with 40 messages' }).click();
  await page.waitForURL(/bulk-jobs\/job_/);
  expect(dashboard.doors.casework.asked.at(-1)).toMatchObject({
    action: 'RELEASE',
    search_params: { query: 'invoice', start: expect.any(String) },
  });
  await page.getByText('10 of 40 messages').first().waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('What waits does not begin.').waitFor();
  await page.getByRole('group').getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped', { exact: true }).first().waitFor();
});

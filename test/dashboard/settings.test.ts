/** The settings of other programs, privacy and looks, in a browser: found by words, reached by address, used by keyboard. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Dashboard, openDashboard } from './built.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(__dirname, '../../test-results/dashboard');
let dashboard: Dashboard;
let page: Page;

jest.setTimeout(90_000);
beforeAll(async () => {
  dashboard = await openDashboard();
  mkdirSync(pictures, { recursive: true });
});
afterAll(() => dashboard.close());
afterEach(async () => {
  await page.context().close();
  expect(dashboard.faults.splice(0)).toEqual([]);
});

test('a card is reached by its address and by words, and what is typed outlives a search', async () => {
  page = await dashboard.open('/settings#guard');
  const guard = page.getByRole('form', { name: 'How much may move without a person' });
  await guard.getByLabel('Mailbox that goes first').fill('canary@example.org');
  await page.waitForFunction(() => document.activeElement?.closest('#guard') !== null);
  const search = page.getByRole('searchbox', { name: 'Search the settings' });
  await search.fill('splunk nonsense');
  await page.getByText('No setting has these words.').waitFor();
  await search.fill('move person');
  expect(await page.getByRole('region', { name: 'Webhooks' }).isVisible()).toBe(false);
  expect(await guard.getByLabel('Mailbox that goes first').inputValue()).toBe('canary@example.org');
  await guard.getByLabel('Hours a retraction waits').fill('24');
  await guard.getByRole('button', { name: 'Save' }).click();
  await guard.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.guard).toMatchObject({ canary_mailbox: 'canary@example.org', hold_hours: 24 });
});

test('a webhook is added, its key shown once, tested and removed; noisy verdicts are warned of', async () => {
  page = await dashboard.open('/settings#webhooks');
  const webhooks = page.getByRole('region', { name: 'Webhooks' });
  await webhooks.getByText('Nobody is told yet.').waitFor();
  await webhooks.getByLabel('What it reads').selectOption('slack');
  await webhooks.getByText('A chat is told of detections only.').waitFor();
  await webhooks.getByLabel('Spam').check();
  await webhooks.getByText('most teams stop reading them').waitFor();
  await webhooks.getByLabel('Spam').uncheck();
  await webhooks.getByLabel('Address').fill('http://hooks.example.com/x');
  await webhooks.getByRole('button', { name: 'Add' }).click();
  await webhooks.getByText('The address must begin with https://.').waitFor();
  await webhooks.getByLabel('Address').fill('https://hooks.example.com/services/1');
  await webhooks.getByRole('button', { name: 'Add' }).click();
  await webhooks.getByText('whs_shown-once').waitFor();
  await webhooks.getByRole('button', { name: 'I have kept it' }).click();
  expect(await webhooks.getByText('whs_').count()).toBe(0);
  await webhooks.getByRole('button', { name: 'Test' }).click();
  await webhooks.getByText('The target did not take the test. It answered 404.').waitFor();
  Object.assign(dashboard.doors.webhooks.all[0]!, {
    failing_since: '2026-08-01T09:00:00Z',
    last_error: 'timeout',
    waiting: 3,
  });
  await webhooks.getByRole('button', { name: 'Switch off' }).click();
  await webhooks.getByRole('button', { name: 'Switch on' }).click();
  await webhooks.getByText('It did not answer within ten seconds.').waitFor();
  await webhooks.getByText('3 lines wait and will be tried again.').waitFor();
  await webhooks.getByRole('button', { name: 'Remove Slack' }).click();
  await page.keyboard.press('Escape');
  await webhooks.getByRole('button', { name: 'Remove Slack' }).click();
  await webhooks
    .getByRole('group', { name: 'Remove Slack' })
    .getByRole('button', { name: 'Remove', exact: true })
    .click();
  await webhooks.getByText('Nobody is told yet.').waitFor();
});

test('looks and privacy are saved as wished; a colour nobody can read on is warned of', async () => {
  page = await dashboard.open('/settings');
  const looks = page.getByRole('form', { name: 'How the panes look' });
  await looks.getByLabel('Name of the organisation').fill('Example Works');
  await looks.getByRole('checkbox', { name: 'Colour of the bar' }).check();
  await looks.locator('input[type=color]').fill('#ffee00');
  await looks.getByText('White letters cannot be read on this colour').waitFor();
  await looks.locator('input[type=color]').fill('#114455');
  const english = looks.getByRole('group', { name: 'In English' });
  await english.getByLabel('Whom to ask').fill('IT desk, extension 4711');
  await looks.getByRole('button', { name: 'Save' }).click();
  await looks.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.branding).toMatchObject({
    organisation: 'Example Works',
    colour: '#114455',
    texts: { en: { contact: 'IT desk, extension 4711' } },
  });
  const privacy = page.getByRole('form', { name: 'Retention and privacy' });
  await privacy.getByLabel('Delete the body of a mail once nothing was found in it').check();
  await privacy.getByLabel('Hours after the verdict').fill('48');
  await privacy.getByRole('button', { name: 'Save' }).click();
  await privacy.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.privacy.clean_body_hours).toBe(48);
  await page.getByText('Switch PSR from preview to on').waitFor();
});

test('axe finds nothing and nothing is cut off: light, dark and 320 px wide, in German', async () => {
  page = await dashboard.open('/settings', { locale: 'de-DE', reducedMotion: 'reduce' });
  await page.getByText('Die erste Stunde').waitFor();
  await page.locator('.entries, .add').first().waitFor();
  await page.evaluate(axe);
  for (const [look, colorScheme, viewport] of [
    ['light', 'light', { width: 1400, height: 860 }],
    ['dark', 'dark', { width: 1280, height: 860 }],
    ['phone', 'light', { width: 320, height: 720 }],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(pictures, `settings-all-${look}.png`), fullPage: true });
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const violations = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = window as unknown as { axe: Axe };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect([look, cut, violations]).toEqual([look, 0, []]);
  }
});

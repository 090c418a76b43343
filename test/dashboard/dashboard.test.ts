import type { Page } from 'playwright-core';
import { ADMIN_TOKEN, blankView } from '../http/doors.ts';
import { type Dashboard, openDashboard } from './built.ts';
import { fill, PHISH } from './morning.ts';

let dashboard: Dashboard;
let page: Page;

jest.setTimeout(90_000);
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard.close());
beforeEach(() => {
  const { submissions, retractions } = dashboard.doors;
  submissions.views.clear();
  retractions.all.length = 0;
  retractions.rows.length = 0;
});
afterEach(async () => {
  await page.context().close();
  // Page errors, console errors and violations of the content security policy.
  expect(dashboard.faults.splice(0)).toEqual([]);
});

const row = (text: string) => page.locator('.rows > li').filter({ hasText: text });

test('a wrong token is said to be wrong, the right one shows the submissions', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/submissions/sub_phish', { signedIn: false });
  await page.getByLabel('Admin token').fill('nonsense');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the admin token of this server.').waitFor();
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await page.keyboard.press('Enter');
  // The address one came for is where one arrives.
  await page.getByRole('heading', { level: 1, name: PHISH.subject }).waitFor();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('an empty list teaches what will fill it, and a report appears by itself', async () => {
  page = await dashboard.open('/');
  await page.getByText('Reports arrive here the moment somebody presses Report phishing.').waitFor();
  const { submissions } = dashboard.doors;
  submissions.views.set('sub_9', { ...blankView('sub_9'), subject: 'Brand new', status: 'analysing', owner: 'x' });
  await row('Brand new').getByText('Being analysed').waitFor();
  submissions.change('sub_9', {
    status: 'concluded',
    outcome_disposition: 'SPOOF',
    psr: { action: 'none', reason: 'not_malicious' },
  });
  await row('Brand new').getByText('Spoof').waitFor();
  await row('Brand new').getByText('Left in place').waitFor();
});

test('filters live in the address and can be passed on', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/submissions?outcome_disposition=SPAM');
  await row('Last chance').waitFor();
  expect(await page.getByLabel('Verdict').inputValue()).toBe('SPAM');
  expect(await page.locator('.rows > li').count()).toBe(1);
  await page.getByLabel('Verdict').selectOption('');
  await row('Payroll').waitFor();
  await page.getByRole('searchbox').fill('Invoice');
  await page.waitForURL(/query=Invoice/);
  await page.waitForFunction(() => document.querySelectorAll('.rows > li').length === 1);
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByText('No submission matches').waitFor();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await row('Payroll').waitFor();
});

test('what is held stands first and leads to the decision', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await page.getByRole('link', { name: '“Payroll: new bank details needed before Friday” is held' }).click();
  await page.waitForURL(/retractions\/ret_2$/);
  await page.getByText('More mailboxes than the guard lets through without a person.').waitFor();
  // The keyboard alone, and a change of mind on the way.
  await page.getByRole('button', { name: 'Let it run' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Copies in up to 900 mailboxes move to their destination.').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Let it run');
  expect(dashboard.doors.retractions.actors).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('Google deletes it after 30 days').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.detail-head').getByText('Removing').waitFor();
  expect(dashboard.doors.retractions.actors.splice(0)).toEqual(['admin-token']);
});

test('a decision that somebody else has taken meanwhile is explained', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/retractions/ret_2');
  await page.getByRole('button', { name: 'Let it run' }).click();
  const held = dashboard.doors.retractions.all.find(({ id }) => id === 'ret_2')!;
  await page.route('**/approve', async (route) => {
    held.state = 'cancelled';
    await route.continue();
  });
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('Somebody else, or time, was faster').waitFor();
  await page.locator('.detail-head').getByText('Stopped').waitFor();
});

test('a submission shows why, what became of each copy, and puts copies back', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/submissions/sub_done');
  await page.getByText('A link leads to a name that imitates microsoft.com.').waitFor();
  await page.getByText('hxxps[:]//login[.]micros0ft-support').waitFor();
  await page.getByText('98.5%').first().waitFor();
  const failed = page.getByRole('row').filter({ hasText: 'ella@example.org' });
  await failed.getByText('Not removed').waitFor();
  await failed.getByText('The app may not change this mailbox.').waitFor();
  await page.getByRole('button', { name: 'Put back' }).click();
  await page.getByText('7 copies return to the folder it was in').or(page.getByText('7 copies return')).waitFor();
  await page.getByRole('group').getByRole('button', { name: 'Put back' }).click();
  await page.getByText('Putting back').first().waitFor();
  expect(dashboard.doors.retractions.actors.splice(0)).toEqual(['admin-token']);
});

test('settings are saved as a whole and refusals are shown where they belong', async () => {
  page = await dashboard.open('/settings');
  const psr = page.getByRole('form', { name: 'When a report turns out malicious' });
  const save = psr.getByRole('button', { name: 'Save' });
  await psr.getByText('Copies are taken back from every mailbox.').click();
  await psr.getByText('Not saved yet.').waitFor();
  await psr.getByLabel('Spoof').check();
  await save.click();
  await psr.getByText('Saved.', { exact: true }).waitFor();
  expect(await save.isDisabled()).toBe(true);
  expect(dashboard.doors.settings.values.psr).toEqual({
    mode: 'on',
    scope: 'message',
    dispositions: ['MALICIOUS', 'SPOOF'],
  });
  const destinations = page.getByRole('form', { name: 'Where copies go' });
  expect(await destinations.locator('.banner').count()).toBe(0);
  await destinations.locator('select').last().selectOption('RecoverableItemsDeletions');
  await destinations.getByText('Gmail has no place for deleted mail beyond the Bin').waitFor();
  await destinations.getByText('Deleting for good takes two people').click();
  await destinations.getByText('whoever has it counts as one person').waitFor();
  const guard = page.getByRole('form', { name: 'How much may move without a person' });
  await guard.getByLabel('Share of all mailboxes, in percent').fill('12.5');
  await guard.getByRole('button', { name: 'Save' }).click();
  await guard.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.guard.max_share).toBe(0.125);
  const lures = page.getByRole('form', { name: 'Looking at links' });
  await lures.getByText('up to five links are opened once').click();
  await lures.getByRole('button', { name: 'Save' }).click();
  await lures.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.lures).toEqual({ mode: 'on' });

  const allowed = page.getByRole('region', { name: 'Allowed senders' });
  await allowed.getByLabel('Address, domain or IP range').fill('nonsense');
  await allowed.getByRole('button', { name: 'Add' }).click();
  await allowed.getByText('An entry is an address or a domain.').waitFor();
  await allowed.getByLabel('Address, domain or IP range').fill('printer.example.net');
  await allowed.getByRole('button', { name: 'Add' }).click();
  await allowed.getByText('printer.example.net').waitFor();
  await allowed.getByRole('button', { name: 'Remove printer.example.net' }).click();
  await allowed.getByText('None.').waitFor();

  const names = page.getByRole('region', { name: 'Protected names' });
  await names.getByLabel('Name as mail shows it').fill('Ana Díaz');
  await names.getByLabel('Their real addresses').fill('ana@example.org; a.diaz@example.org');
  await names.getByRole('button', { name: 'Add' }).click();
  await names.getByText('ana@example.org, a.diaz@example.org').waitFor();
  await names
    .getByLabel('Import CSV')
    .setInputFiles({ name: 'names.csv', mimeType: 'text/csv', buffer: Buffer.from('value,addresses\r\n') });
  await names.getByText('1 added, 0 changed, 0 as they were.').waitFor();
});

test('when the server falls silent, what was known stays, and work goes on when it is back', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await row('Payroll').waitFor();
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.getByText('The server does not answer.').waitFor();
  expect(await row('Payroll').isVisible()).toBe(true);
  await page.unroute('**/api/v1/**');
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
});

test('a session that ends leads to the sign-in', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await row('Payroll').waitFor();
  await page.context().clearCookies();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('German, chosen by the browser or here, is remembered', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/', { locale: 'de-AT' });
  await page.getByRole('heading', { level: 1, name: 'Meldungen' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await page.getByLabel('Sprache').selectOption('en');
  await page.getByRole('heading', { level: 1, name: 'Submissions' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Submissions' }).waitFor();
});

test('back and forward lead where they should, and the page says what it is', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await row('Invoice 2026-0815').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Invoice 2026-0815 is overdue' }).waitFor();
  expect(await page.title()).toBe('Invoice 2026-0815 is overdue · Reelback');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Submissions' }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: 'Invoice 2026-0815 is overdue' }).waitFor();
  await page.goto(`${dashboard.url}/dashboard/submissions/sub_none`);
  await page.getByRole('heading', { level: 1, name: 'There is nothing at this address.' }).waitFor();
});

test('it arrives small: what a first screen does not need is fetched when somebody goes there', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await row('Payroll').waitFor();
  const arrived = await page.evaluate(() => {
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return files
      .filter(({ name }) => /\.(js|css)$/.test(name))
      .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }));
  });
  const bytes = arrived.reduce((sum, file) => sum + file.bytes, 0);
  expect(bytes).toBeGreaterThan(10_000);
  // Compressed, as it travels: under a quarter of a second on a line of 5 Mbit/s.
  expect(bytes).toBeLessThan(150_000);
  const chunks = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /chunk-[A-Za-z0-9]+\.js$/.test(name)).length,
    );
  const before = await chunks();
  await page.getByRole('link', { name: 'Metrics' }).click();
  await page.getByRole('heading', { level: 1, name: 'Metrics' }).waitFor();
  expect(await chunks()).toBeGreaterThan(before);
});

test('keys lead to screens, to the search field and to their list; never while somebody types', async () => {
  fill(dashboard.doors);
  page = await dashboard.open('/');
  await row('Payroll').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { level: 1, name: 'Retractions' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('heading', { level: 1, name: 'Submissions' }).waitFor();
  await page.keyboard.press('/');
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.type === 'search');
  await page.keyboard.type('gr?');
  expect(await page.getByRole('searchbox').inputValue()).toBe('gr?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.locator('main').focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.getByText('To the search field').waitFor();
  // What the list says is what the keys do, and they can be switched off.
  expect(await help.locator('dl > div').count()).toBe((await page.locator('#ways a').count()) + 3);
  await help.getByLabel('Use these keys').uncheck();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('heading', { level: 1, name: 'Submissions' }).waitFor();
});

test('on a phone a menu holds the ways, by keyboard too', async () => {
  page = await dashboard.open('/', { viewport: { width: 320, height: 640 } });
  const menu = page.getByRole('button', { name: 'Menu' });
  await menu.waitFor();
  expect(await page.getByRole('navigation', { name: 'Dashboard' }).count()).toBe(0);
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  expect(await menu.getAttribute('aria-expanded')).toBe('false');
});

test('figures: view and time live in the address, and every chart has a table', async () => {
  page = await dashboard.open('/metrics/submissions?days=7');
  await page.getByRole('heading', { name: 'Reports by verdict over time' }).waitFor();
  expect(await page.getByRole('link', { name: '7 days' }).getAttribute('aria-current')).toBe('page');
  await page.locator('.picture canvas').waitFor();
  await page.getByText('As a table').click();
  // Seven days until now touch eight.
  const table = page.getByRole('region', { name: 'Reports by verdict over time' }).getByRole('row');
  expect(await table.count()).toBe(9);
  await page.getByText('ana@example.org').waitFor();
  await page.getByRole('link', { name: 'Retractions', exact: true }).last().click();
  await page.waitForURL(/metrics\/retractions\?days=7$/);
  await page.getByText('not sure enough. After 341 more decisions').waitFor();
  const asked = page.waitForRequest(/metrics\/retractions\?start=2026-08-01T00%3A00%3A00.000Z&end=2026-09-01T00/);
  await page.getByLabel('From').fill('2026-08-01');
  await page.getByLabel('Until').fill('2026-08-31');
  await page.getByRole('button', { name: 'Show' }).click();
  await asked;
  await page.waitForURL(/start=2026-08-01&end=2026-08-31$/);
});

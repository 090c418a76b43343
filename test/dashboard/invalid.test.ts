import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { blankView } from '../http/doors.ts';
import { type Dashboard, openDashboard } from './built.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(__dirname, '../../test-results/dashboard');
const ID = 'sub_invalid1';
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

async function accessible() {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (
      window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run();
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}

test('an empty queue teaches, a hostile report is text, and the mail is uploaded by keyboard', async () => {
  page = await dashboard.open('/invalid');
  await page.getByRole('heading', { name: 'Nothing has gone wrong' }).waitFor();

  dashboard.doors.submissions.views.set(ID, {
    ...blankView(ID),
    owner: 'ana',
    status: 'invalid',
    invalid_reason: 'no_eml',
    subject: '<img src=x onerror=alert(1)> "><script>alert(1)</script>\u202Egnp.exe',
  });
  await page.goto(`${dashboard.url}/dashboard/invalid?open=${ID}`);
  await page.getByRole('strong').filter({ hasText: 'No message was attached' }).waitFor();
  await page.getByText('<img src=x onerror=alert(1)>').waitFor();
  await page.getByText('Attach the whole message instead').waitFor();
  await page.screenshot({ path: join(pictures, 'invalid.png'), fullPage: true });
  await accessible();

  await page.getByRole('button', { name: 'Judge this mail' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Choose an .eml file first.').waitFor();
  const mail = Buffer.from('Subject: repaired\r\n\r\nx');
  await page
    .getByLabel('The reported mail as an .eml file')
    .setInputFiles({ name: 'mail.eml', mimeType: 'message/rfc822', buffer: mail });
  await page.getByRole('button', { name: 'Judge this mail' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/submissions/${ID}`);
  expect(dashboard.doors.submissions.repaired.map(({ id, eml }) => [id, Buffer.from(eml).toString()])).toEqual([
    [ID, mail.toString()],
  ]);
});

test('an administrator says who is told by mail, on a phone in German and in the dark', async () => {
  page = await dashboard.open('/settings#notifications', {
    locale: 'de-DE',
    colorScheme: 'dark',
    viewport: { width: 320, height: 800 },
  });
  const card = page.getByRole('form', { name: 'Mail an Menschen' });
  await card.getByText('REELBACK_MAIL_URL').waitFor();
  await card.getByText('An alle, denen eine Kopie entfernt wurde').click();
  await card.getByLabel('Name vor der Adresse').fill('IT-Sicherheit');
  await card.getByRole('button', { name: 'Speichern' }).click();
  await card.getByText('Gespeichert').waitFor();
  expect(dashboard.doors.settings.values.notifications).toMatchObject({
    from_name: 'IT-Sicherheit',
    mail_removed: true,
  });

  const intake = page.getByRole('form', { name: 'Meldungen per Mail' });
  await intake.getByLabel('Wer die Adressen des Teams verwenden darf').fill('soc@example.org\nana@example.org');
  await intake.getByRole('button', { name: 'Speichern' }).click();
  await intake.getByText('Gespeichert').waitFor();
  expect(dashboard.doors.settings.values.intake).toEqual({ team_members: ['soc@example.org', 'ana@example.org'] });
  const cutOff = (form: Element) =>
    [...form.querySelectorAll(':not(.unseen)')]
      .filter((one) => one.getBoundingClientRect().right > form.getBoundingClientRect().right + 1)
      .map(({ outerHTML }) => outerHTML.slice(0, 100));
  const wide = [...(await card.evaluate(cutOff)), ...(await intake.evaluate(cutOff))];
  expect(wide).toEqual([]);
  await card.screenshot({ path: join(pictures, 'notifications-de-dark-320.png') });
  await intake.screenshot({ path: join(pictures, 'intake-de-dark-320.png') });
});

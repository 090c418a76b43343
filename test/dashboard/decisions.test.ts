/** What an analyst reads before copies move: per suite, by hand, for good, and what is similar. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { SimilarMessages } from '../../shared/similar.ts';
import { type Dashboard, openDashboard } from './built.ts';
import { fill, HOSTILE } from './morning.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(__dirname, '../../test-results/dashboard');
let dashboard: Dashboard;
let page: Page;

jest.setTimeout(60_000);
beforeAll(async () => {
  dashboard = await openDashboard();
  mkdirSync(pictures, { recursive: true });
});
afterAll(() => dashboard.close());
beforeEach(() => fill(dashboard.doors));
afterEach(async () => {
  await page.context().close();
  expect(dashboard.faults.splice(0)).toEqual([]);
  dashboard.doors.retractions.asked.length = 0;
  dashboard.doors.retractions.rows.length = 0;
});

const asked = () => dashboard.doors.retractions.asked;
const confirmation = (change: object) => ({
  token: 'del_1',
  expires_at: '2026-11-21T12:10:00Z',
  retraction_id: 'ret_3',
  requested_by: 'admin-token',
  second_person: false,
  mailboxes: 5,
  copies: 7,
  providers: [{ provider: 'google' as const, mailboxes: 5, copies: 7, text: 'Nobody can bring it back.' }],
  ...change,
});

test('the destination is chosen with what it means in each suite in view, and what cannot be done is refused', async () => {
  page = await dashboard.open('/retractions/ret_2');
  await page.getByRole('button', { name: 'Let it run' }).click();
  const box = page.getByRole('group', { name: 'Take back every copy?' });
  await box.getByText('A hidden folder of the mailbox that nobody sees in Outlook').waitFor();
  await box.getByText('3 copies in 2 mailboxes').first().waitFor();
  const confirm = box.getByRole('button', { name: 'Take back' });
  await box.getByLabel('Destination').selectOption('RecoverableItemsDeletions');
  await box.getByText('Gmail has no such place, and copies may lie there.').waitFor();
  expect(await confirm.isDisabled()).toBe(true);
  await box.getByLabel('Destination').selectOption('DeletedItems');
  await box.getByText('The Bin: its owner still sees it there.').waitFor();
  await confirm.click();
  await page.locator('.detail-head').getByText('Deleted Items, Bin').waitFor();
  expect(asked()).toEqual([{ destination: 'DeletedItems' }]);
});

test('a preview becomes the real thing from where it is read', async () => {
  Object.assign(dashboard.doors.retractions.all.find(({ id }) => id === 'ret_3')!, { preview: true });
  page = await dashboard.open('/retractions/ret_3');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.locator('.detail-head').getByText('Removing').waitFor();
});

test('deleting for good shows what would be destroyed, and again when that has changed', async () => {
  const { retractions } = dashboard.doors;
  retractions.answers = [
    { state: 'confirm', outdated: false, confirmation: confirmation({}) },
    { state: 'confirm', outdated: true, confirmation: confirmation({ token: 'del_2', copies: 8 }) },
  ];
  page = await dashboard.open('/retractions/ret_3');
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByText('7 copies in 5 mailboxes will be destroyed. This cannot be undone.').waitFor();
  await page.getByRole('button', { name: 'Delete 7 copies for good' }).click();
  await page.getByText('Other copies lie there by now.').waitFor();
  await page.getByRole('button', { name: 'Delete 8 copies for good' }).click();
  await page.getByRole('button', { name: 'Delete for good…' }).waitFor();
  expect(asked()).toEqual([null, 'del_1', 'del_2'].map((token) => ({ purge: 'ret_3', token })));
});

test('who asked cannot be the second person', async () => {
  const answer = (requested_by: string) => ({
    state: 'confirm' as const,
    outdated: false,
    confirmation: confirmation({ requested_by, second_person: true }),
  });
  dashboard.doors.retractions.answers = [answer('admin-token'), answer('carl')];
  page = await dashboard.open('/retractions/ret_3');
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByText('A second person must confirm until').waitFor();
  expect(await page.getByRole('button', { name: /^Delete 7/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByText('carl has asked for it.').waitFor();
  await page.getByRole('button', { name: 'Delete 7 copies for good' }).waitFor();
});

const mail = (id: string, change: Partial<SimilarMessages['items'][number]> = {}) => ({
  id,
  subject: 'Your mailbox is almost full',
  header_from: 'IT Service Desk <helpdesk@micros0ft-support.example.net>',
  internet_message_id: null,
  first_seen_at: new Date(Date.now() - 7_200_000).toISOString(),
  similarity: 0.97,
  same_campaign: true,
  disposition: 'MALICIOUS' as const,
  score: 0.98,
  reports: 2,
  submission_id: 'sub_held',
  retraction_id: null,
  ...change,
});
const SIMILAR: SimilarMessages = {
  complete: true,
  items: [
    mail('msg_2'),
    mail('msg_3', { subject: HOSTILE, header_from: HOSTILE, same_campaign: false, similarity: 0.81, reports: 1 }),
    mail('msg_4', { disposition: 'NONE', same_campaign: false, similarity: 0.8, retraction_id: 'ret_3' }),
  ],
};
const SEARCHED: SimilarMessages = {
  ...SIMILAR,
  mailboxes: {
    since: '2026-11-18T00:00:00Z',
    until: '2026-11-24T00:00:00Z',
    providers: [
      {
        provider: 'microsoft365',
        mailboxes: { total: 120, searched: 120, failed: 0 },
        found: 30,
        found_in: 12,
        complete: true,
      },
      { provider: 'google', mailboxes: { total: 80, searched: 71, failed: 9 }, found: 4, found_in: 4, complete: false },
    ],
    mails: Array.from({ length: 34 }, (_, n) => ({
      mailbox: `person${n}@example.org`,
      provider: 'microsoft365' as const,
      provider_message_id: `id-${n}`,
      internet_message_id: `<${n}@bulk.example.net>`,
      subject: n === 0 ? HOSTILE : 'Your mailbox is almost full',
      received_at: '2026-11-21T08:00:00Z',
      is_read: false,
    })),
  },
};

test('similar messages, then the mailboxes, then the chosen ones are taken back; for every eye', async () => {
  const { submissions } = dashboard.doors;
  submissions.views.set('sub_spam', { ...submissions.views.get('sub_spam')!, message: 'msg_1' });
  page = await dashboard.open('/submissions/sub_spam', { locale: 'de-DE', reducedMotion: 'reduce' });
  await page.route('**/messages/msg_1/similar**', (route) =>
    route.fulfill({ json: route.request().url().includes('search=mailboxes') ? SEARCHED : SIMILAR }),
  );
  // Nothing has been taken back: that can be done by hand here.
  await page.getByRole('button', { name: 'Zurückholen' }).click();
  await page.getByText('Der Papierkorb mit einem verborgenen Label').waitFor();
  await page.getByRole('button', { name: 'Nicht jetzt' }).click();

  await page.getByRole('button', { name: 'Ähnliche Nachrichten' }).click();
  await page.getByText('zu 97 % gleich').waitFor();
  await page.getByRole('button', { name: 'Auch in den Postfächern suchen' }).click();
  await page.getByText('4 Mails in 4 Postfächern; 71 von 80 durchsucht · unvollständig').waitFor();
  await page.getByText('und 9 weitere').waitFor();
  const chosen = page.getByRole('button', { name: 'Ausgewählte zurückholen' });
  expect(await chosen.isDisabled()).toBe(true);
  for (const box of (await page.locator('.similar-list input').all()).slice(0, 2)) await box.check();
  await chosen.click();
  await page.getByRole('group', { name: '2 Nachrichten zurückholen?' }).waitFor();
  await page.locator('.confirm .effects').waitFor();

  await page.evaluate(axe);
  for (const [look, colorScheme, width] of [
    ['light', 'light', 1280],
    ['dark', 'dark', 1280],
    ['phone', 'light', 320],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 860 });
    await page.screenshot({ path: join(pictures, `similar-${look}.png`), fullPage: true });
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const violations = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = window as unknown as { axe: Axe };
      return (await axe.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
      );
    });
    expect([look, cut, violations]).toEqual([look, 0, []]);
  }

  await page.locator('.confirm').getByRole('button', { name: 'Zurückholen' }).click();
  await page.getByText('2 Rückholungen laufen:').waitFor();
  expect(asked()).toEqual([{ ids: ['msg_2', 'msg_3'], destination: 'Quarantine' }]);
  expect(await page.evaluate(() => document.title)).not.toBe('owned');
});

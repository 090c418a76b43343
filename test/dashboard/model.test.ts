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

test('a better version is shown with its figures, judges when told to, and goes back when told to', async () => {
  page = await dashboard.open('/');
  await page.getByRole('link', { name: 'A better version of the model waits for you.' }).click();
  const judges = page.getByRole('region', { name: 'Judges now' });
  await judges.getByText('The shipped model alone.').waitFor();
  expect(await judges.getByRole('button').count()).toBe(0);
  const versions = page.getByRole('region', { name: 'Versions' });
  const better = versions.getByRole('listitem').filter({ hasText: 'default-3+local-2' }).first();
  await better.getByText('Better, waits for you').waitFor();
  await better.getByRole('row', { name: 'Your phish caught 3 of 5 5 of 5' }).waitFor();
  const worse = versions.getByRole('listitem').filter({ hasText: 'default-3+local-1' }).first();
  await worse.getByText('It would flag more legitimate mail.').waitFor();
  expect(await worse.getByRole('button').count()).toBe(0);

  await better.getByRole('button', { name: 'Let it judge' }).click();
  await judges.getByText('default-3+local-2').waitFor();
  await judges.getByText('chosen by admin-token').waitFor();
  await judges.getByRole('button', { name: 'Go back one version' }).click();
  await judges.getByText('The shipped model alone.').waitFor();
});

test('the queue says what is missing, a training is asked for once, and a refusal is explained', async () => {
  page = await dashboard.open('/model');
  const queue = page.getByRole('region', { name: 'What it could learn' });
  await queue.getByText('4 decisions that no version has seen; 10 are needed.').waitFor();
  const train = queue.getByRole('button', { name: 'Train now' });
  await page.route('**/model/retrain', async (route) => {
    // Somebody else was faster.
    await dashboard.doors.models.retrain('chris');
    await route.continue();
  });
  await train.click();
  await page.getByText('A training is under way already.').waitFor();
  await queue.getByText('A training waits to begin.').waitFor();
  expect(await train.isDisabled()).toBe(true);

  const setting = page.getByRole('form', { name: 'When there is enough to learn' });
  await setting.getByText('Promote by itself').click();
  await setting.getByRole('button', { name: 'Save' }).click();
  await setting.getByText('Saved.', { exact: true }).waitFor();
  expect(dashboard.doors.settings.values.learning).toEqual({ promotion: 'auto' });
});

test('drift is told in words; axe finds nothing and nothing is cut off, light, dark and on a phone', async () => {
  dashboard.doors.models.state.drift = {
    looked_at: '2026-08-01T09:00:00.000Z',
    alarm: true,
    signs: [
      { what: 'disposition', disposition: 'MALICIOUS', before: 0.1, now: 0.4 },
      { what: 'margin', before: -1, now: 0.52 },
      { what: 'disagreement', before: null, now: 0.333 },
    ],
    verdicts: 90,
    labels: 12,
    margin: 0.52,
    disagreement: 0.333,
  };
  // German words are the longer ones.
  page = await dashboard.open('/model', { locale: 'de-DE', reducedMotion: 'reduce' });
  await page.getByRole('heading', { level: 1, name: 'Modell' }).waitFor();
  await page.getByText('Bösartig: 40 % der gemeldeten Mails').waitFor();
  await page.getByText('von -1 auf 0,5 Logit').waitFor();
  await page.getByText('Bei 33,3 % der Mails').waitFor();
  await page.getByText('Vorschlagen', { exact: true }).waitFor();
  await page.evaluate(axe);
  for (const [look, colorScheme, viewport] of [
    ['light', 'light', { width: 1280, height: 860 }],
    ['dark', 'dark', { width: 1280, height: 860 }],
    ['phone', 'light', { width: 320, height: 720 }],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(pictures, `model-${look}.png`), fullPage: true });
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([look, cut]).toEqual([look, 0]);
    const violations = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = window as unknown as { axe: Axe };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect([look, violations]).toEqual([look, []]);
  }
});

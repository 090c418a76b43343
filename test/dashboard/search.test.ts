import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { mailOf } from '../http/investigations-in-memory.ts';
import { XSS } from '../message/xss.ts';
import { type Dashboard, openDashboard } from './built.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(__dirname, '../../test-results/dashboard');
const LOOKS = [
  ['light', 'light', { width: 1280, height: 860 }],
  ['dark', 'dark', { width: 1280, height: 860 }],
  ['phone', 'light', { width: 320, height: 720 }],
] as const;
let dashboard: Dashboard;
let page: Page;

jest.setTimeout(90_000);
beforeAll(async () => {
  dashboard = await openDashboard();
  mkdirSync(pictures, { recursive: true });
  const { mails, bodies } = dashboard.doors.investigations;
  mails.splice(0);
  mails.push(mailOf('msg_1', {}), mailOf('msg_2', { subject: 'Your parcel waits', final_disposition: 'SPAM' }));
  mails.push(
    mailOf('msg_3', {
      subject: 'Lunch on Friday?',
      final_disposition: 'NONE',
      body: { kept: false, reason: 'undetected', sha256: 'c', size: 900 },
    }),
  );
  // One mail whose every word is hostile.
  const all = XSS.join(' ');
  const hostile = {
    filename: XSS[0]!,
    content_type: XSS[1]!,
    file_type: XSS[2]!,
    size: 1,
    encrypted: false,
    executable: true,
  };
  mails.push(
    mailOf('msg_4', {
      subject: `Hostile ${XSS.slice(0, 20).join(' ')}`,
      from: '"><img src=x onerror=alert(1)>@x.example',
      from_name: XSS[4]!,
      replyto: XSS[5]!,
      message_id: '<script>alert(1)</script>',
      attributes: [XSS[0]!],
      recipients: { to: [{ name: XSS[6]!, address: XSS[7]! }], cc: [] },
      links: XSS.slice(0, 9).map((html) => ({ href: html, host: html, text: html, source: 'html' })),
      attachments: [
        { ...hostile, macros: false, sha256: 'a'.repeat(64), sha1: null, md5: null, detection: 'executable' },
      ],
      headers: XSS.slice(0, 40).map((html) => ({ name: html, value: html })),
      decisions: [{ disposition: 'MALICIOUS', decided_by: XSS[3]!, decided_at: '2026-08-01T10:00:00.000Z' }],
      sender_info: { ip: XSS[0]!, server_name: XSS[1]!, pld: null, as_number: null, as_name: null, geo: null },
    }),
  );
  bodies.set(
    'msg_1',
    'Content-Type: text/html\r\n\r\n<p style="color:#b3261e">Pay now: <a href="https://pay.example/a">your bank</a></p>',
  );
  bodies.set('msg_4', `Content-Type: text/html\r\n\r\n<h1>Hostile</h1>${all}`);
});
afterAll(() => dashboard.close());
afterEach(async () => {
  await page.context().close();
  expect(dashboard.faults.splice(0)).toEqual([]);
});

/** Axe finds nothing, and nothing is cut off, in every look. */
async function looksRight(name: string, looks: readonly (typeof LOOKS)[number][] = LOOKS): Promise<void> {
  await page.evaluate(axe);
  for (const [look, colorScheme, viewport] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([name, look, cut]).toEqual([name, look, 0]);
    const violations = await page.evaluate(async () => {
      type Axe = { run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = window as unknown as { axe: Axe };
      // What stands in the frame is the mail's.
      const answer = await axe.run({ exclude: ['iframe'] });
      return answer.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect([name, look, violations]).toEqual([name, look, []]);
  }
}

test('a search is typed, has an address, and is walked through with the keyboard', async () => {
  page = await dashboard.open('/search');
  await page.getByRole('heading', { level: 1, name: 'Search' }).waitFor();
  await page.getByText('3 messages').waitFor();
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: 'Search messages' });
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  await field.fill('parcel');
  await page.keyboard.press('Enter');
  await page.getByText('1 message', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?query=parcel');

  await page.goBack();
  await page.getByText('3 messages').waitFor();
  expect(await field.inputValue()).toBe('');
  await page.getByLabel('Include mail in which nothing was found').check();
  await page.getByText('4 messages').waitFor();
  const rows = page.locator('a.row');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Lunch on Friday?'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Lunch on Friday?' }).waitFor();
  await page.getByRole('link', { name: 'Preview' }).click();
  await page.getByText('The body is not kept', { exact: false }).waitFor();
  // Back to the very search one came from.
  await page.locator('a.back').click();
  await page.getByText('4 messages').waitFor();
  expect(new URL(page.url()).search).toBe('?all=1');
});

test('messages are chosen one by one, and acted on together', async () => {
  page = await dashboard.open('/search');
  await page.getByText('3 messages').waitFor();
  const boxes = page.locator('li.choosable').getByRole('checkbox');
  expect(await page.getByRole('button', { name: /^Act on \d chosen/ }).count()).toBe(0);
  await boxes.first().check();
  await boxes.last().focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Act on 2 chosen…' }).waitFor();
  await boxes.first().uncheck();
  await page.getByRole('button', { name: 'Act on 1 chosen…' }).click();
  await page.locator('.confirm').waitFor();
});

test('a slip is explained before the server has to, what is too short is said, presets and fields are searches', async () => {
  page = await dashboard.open('/search?query=frm%3Aana');
  await page.getByText('There is no field “frm” (character 1). Put text with a colon in quotes.').waitFor();
  await page.getByRole('link', { name: 'Malicious' }).click();
  await page.getByText('2 messages').waitFor();
  expect(new URL(page.url()).search).toBe('?query=disposition%3Amalicious&days=7');
  await page.getByText('By field').click();
  await page.getByLabel('Words of the subject').fill('invoice overdue');
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('SPAM');
  await page.getByRole('button', { name: 'Search these fields' }).click();
  await page.getByText('1 message', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('query')).toBe('subject:invoice subject:overdue disposition:SPAM');
  await page.goto(`${dashboard.url}/dashboard/search?query=an+parcel`);
  await page.getByText('Not looked for, too short or too common: an').waitFor();
});

test('searching and every view of a message look right, in German, light, dark and on a phone', async () => {
  page = await dashboard.open('/search', { locale: 'de-DE', reducedMotion: 'reduce' });
  await page.getByText('3 Nachrichten').waitFor();
  await page.getByText('Nach Feldern').click();
  await page.getByText('So wird gesucht').click();
  await looksRight('search');
  await page.goto(`${dashboard.url}/dashboard/messages/msg_1`);
  await page.getByRole('heading', { name: 'Wer sie hat' }).waitFor();
  await looksRight('message');
  for (const [view, text] of [
    ['actions', 'Neu einstufen'],
    ['raw', 'EML herunterladen'],
    ['trace', 'Der Weg hierher'],
    ['preview', 'Neu geschrieben aus Text und Aufbau'],
  ] as const) {
    await page.goto(`${dashboard.url}/dashboard/messages/msg_1?view=${view}`);
    await page.getByText(text).first().waitFor();
    if (view === 'preview') await page.frameLocator('iframe').getByText('hxxps[:]//pay[.]example/a').waitFor();
    // The colours are those of the screens above.
    await looksRight(`message-${view}`, [LOOKS[2]]);
  }
});

test('nothing that a mail holds acts, on any screen, in the frame or on its own', async () => {
  const dialogs: string[] = [];
  const fetched: string[] = [];
  page = await dashboard.open('/search?query=hostile');
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(dashboard.url) && !request.url().startsWith('data:image/'))
      fetched.push(request.url());
  });
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.locator('a.row').click();
  for (const view of ['Action log', 'Raw message', 'Mail trace', 'Preview']) {
    await page.getByRole('link', { name: view }).click();
    await page.locator('.card').first().waitFor();
  }
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Hostile' }).waitFor();
  expect(await frame.locator('a, script, form, iframe, input, object, embed, link, meta[http-equiv]').count()).toBe(0);
  // Not even when somebody opens it alone: the policy is the page's own.
  const answer = await page.goto(`${dashboard.url}/api/v1/messages/msg_4/preview`);
  expect(answer?.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none';/);
  await page.getByRole('heading', { name: 'Hostile' }).waitFor();
  expect([dialogs, fetched]).toEqual([[], []]);
});

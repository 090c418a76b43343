import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { officeJsDir } from './built-webmail.ts';
import { type HostStage, startHostStage } from './host-stage.ts';

const invoice = `From: "Billing Team" <billing@supplier.example>
To: Ana Sommer <ana@example.org>
Subject: Invoice 4711 is overdue
Message-ID: <invoice-4711@supplier.example>
Date: Mon, 02 Nov 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p onclick="document.title='ran'">Please pay <a href="https://pay.example/now">today</a>.</p>
<script>document.title='ran'</script><img src="https://tracker.example/p.png">
`.replace(/\n/g, '\r\n');
const lunch = invoice.replace('Invoice 4711 is overdue', 'Lunch?').replace('invoice-4711', 'lunch');

async function seeded(way: 'tls' | 'localhost'): Promise<HostStage> {
  const stage = await startHostStage(way);
  stage.simulator.addMailbox('ana@example.org', { displayName: 'Ana Sommer' });
  stage.simulator.addMailbox('ben@example.org', { displayName: 'Ben Adler' });
  stage.simulator.addMailbox('post@example.org', { displayName: 'Post room', kind: 'shared' });
  for (const address of ['ana@example.org', 'ben@example.org', 'post@example.org']) {
    stage.simulator.deliver(address, invoice, { receivedAt: Date.now() - 60_000 });
  }
  stage.simulator.deliver('ana@example.org', lunch, { receivedAt: Date.now() - 30_000 });
  return stage;
}

const openMail = (page: Page, subject: string) => page.locator('.row', { hasText: subject }).click();

async function report(page: Page, freeText = '') {
  await page.getByRole('button', { name: 'Report phishing' }).click();
  if (freeText) await page.getByLabel('Anything else?').fill(freeText);
  await page.getByRole('button', { name: 'Report', exact: true }).click();
}

const pane = (page: Page) => page.frameLocator('.pane iframe');
const told = (page: Page, name: string) => pane(page).locator(`#${name}`);

describe.each(['tls', 'localhost'] as const)('the web mail as an Office host, %s', (way) => {
  let stage: HostStage;
  let page: Page;
  beforeAll(async () => {
    stage = await seeded(way);
  }, 90_000);
  afterAll(() => stage?.close());
  afterEach(() => page?.context().close());

  test('a report runs the handler on the real office.js, and its pane is opened with its context', async () => {
    page = await stage.open('ana@example.org');
    await openMail(page, 'Invoice 4711');
    await page.getByRole('button', { name: 'Report phishing' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('The whole message will be sent.');
    await dialog.getByLabel('Spam').check();
    await dialog.getByLabel('Anything else?').fill('looks odd');
    await dialog.getByRole('button', { name: 'Report', exact: true }).click();
    const context = JSON.parse(
      JSON.parse(
        await told(page, 'context')
          .innerText()
          .then((it) => JSON.stringify(it)),
      ),
    );
    expect(context).toMatchObject({
      type: 'SpamReporting',
      options: [false, true],
      optionsAreArray: false,
      freeText: 'looks odd',
      source: 'reportButton',
    });
    // The pane's text collapses line ends: compare words.
    expect(context.file.split(/\s+/)).toEqual(invoice.split(/\s+/));
  }, 90_000);

  test('the pane is told host, person, message, headers, language, theme and requirement sets', async () => {
    page = await stage.open('ana@example.org', { theme: 'dark', language: 'de' });
    await openMail(page, 'Invoice 4711');
    await page.getByRole('button', { name: 'Bereich öffnen' }).click();
    await told(page, 'token').waitFor();
    expect(await told(page, 'host').innerText()).toBe('Outlook OfficeOnline');
    expect(await told(page, 'language').innerText()).toBe('de-DE');
    expect(await told(page, 'background').innerText()).toBe('#161D22');
    expect(JSON.parse(await told(page, 'sets').innerText())).toEqual({ mailbox15: true, nested: true });
    expect(await told(page, 'user').innerText()).toBe('ana@example.org');
    expect(await told(page, 'from').innerText()).toBe('billing@supplier.example');
    expect(await told(page, 'messageId').innerText()).toBe('<invoice-4711@supplier.example>');
    expect(await told(page, 'headers').innerText()).toContain('Message-ID: <invoice-4711@supplier.example>');
    expect(await told(page, 'file').innerText()).toBe('function');
  }, 90_000);

  test('a token through the bridge is the person’s own', async () => {
    page = await stage.open('ben@example.org');
    await openMail(page, 'Invoice 4711');
    await page.getByRole('button', { name: 'Open pane' }).click();
    await told(page, 'token').waitFor();
    expect(await told(page, 'account').innerText()).toBe('ben@example.org');
    expect(await told(page, 'token').innerText()).toBe(stage.simulator.tenant.person('ben@example.org')?.id);
  }, 90_000);

  test('an item switch and a change of theme reach a pinned pane', async () => {
    page = await stage.open('ana@example.org', { theme: 'light' });
    await openMail(page, 'Invoice 4711');
    await page.getByRole('button', { name: 'Open pane' }).click();
    await told(page, 'token').waitFor();
    await openMail(page, 'Lunch?');
    await told(page, 'changes').waitFor();
    expect(await told(page, 'subject').innerText()).toBe('Lunch?');
    expect(await told(page, 'file').innerText()).toBe('function');
    await page.getByRole('button', { name: 'Simulation settings' }).click();
    await page.getByLabel('Appearance').selectOption('dark');
    await pane(page)
      .locator('#background', { hasText: /#161d22/i })
      .waitFor();
  }, 90_000);

  test('nothing is asked of the internet', async () => {
    page = await stage.open('ana@example.org');
    await openMail(page, 'Invoice 4711');
    await report(page);
    await told(page, 'context').waitFor();
    const outside = stage.strangers.filter((name) => name !== 'browser.pipe.aria.microsoft.com');
    expect(outside).toEqual([]);
    // The library's telemetry is off in the demo, and stopped by the policy in production.
    if (way === 'localhost') expect(stage.strangers).toEqual([]);
  }, 90_000);
});

describe('the web mail', () => {
  let stage: HostStage;
  let page: Page;
  beforeAll(async () => {
    stage = await seeded('tls');
  }, 90_000);
  afterAll(() => stage?.close());
  afterEach(() => page?.context().close());

  test('a host of Mailbox 1.14 shows the dialog instead of the pane', async () => {
    page = await stage.open('ana@example.org', { mailboxSet: '1.14' });
    await openMail(page, 'Lunch?');
    await report(page, 'dialog');
    const dialog = page.getByRole('dialog', { name: 'Thank you' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('It was reported.');
    expect(await page.locator('.pane').count()).toBe(0);
  }, 90_000);

  test('the same completion opens the pane on a host of Mailbox 1.15', async () => {
    page = await stage.open('ana@example.org');
    await openMail(page, 'Lunch?');
    await report(page, 'dialog');
    await told(page, 'subject').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  }, 90_000);

  test('moveItemTo takes the message to junk, or to a folder of its own that is made for it', async () => {
    page = await stage.open('ben@example.org');
    stage.simulator.deliver('ben@example.org', lunch);
    await openMail(page, 'Lunch?');
    await report(page, 'folder');
    await page.getByRole('button', { name: 'Reported' }).waitFor();
    expect(stage.simulator.copies('ben@example.org').map((it) => it.folderName)).toContain('Reported');
    await openMail(page, 'Invoice 4711');
    await report(page, 'junk');
    await page.locator('.row', { hasText: 'Invoice 4711' }).waitFor({ state: 'detached' });
    expect(stage.simulator.copies('ben@example.org').map((it) => it.folderName)).toContain('junkemail');
  }, 90_000);

  test('a copy that somebody takes away fades out of the list, and the reading pane says so', async () => {
    const id = stage.simulator.deliver('ana@example.org', invoice.replace('4711', '4712').replace('4711', '4712'));
    page = await stage.open('ana@example.org');
    await openMail(page, 'Invoice 4712');
    await page.getByRole('heading', { name: 'Invoice 4712' }).waitFor();
    const mailbox = stage.simulator.tenant.mailboxOrThrow('ana@example.org');
    mailbox.createFolder('Quarantine', true);
    stage.simulator.userMoves('ana@example.org', id, 'Quarantine');
    await page.getByText('This message is no longer here.').waitFor();
    await page.locator('.row', { hasText: 'Invoice 4712' }).waitFor({ state: 'detached' });
    const quarantine = page.getByRole('navigation').getByRole('button', { name: /Quarantine/ });
    expect(await quarantine.count()).toBe(0);
    await page.getByRole('switch').check();
    await quarantine.click();
    await page.locator('.row', { hasText: 'Invoice 4712' }).waitFor();
  }, 90_000);

  test('a handler that never completes is given up after five minutes, and the person is told', async () => {
    page = await stage.open('ana@example.org');
    await page.clock.install();
    await openMail(page, 'Lunch?');
    await report(page, 'silence');
    await page.getByText('Reporting the message').waitFor();
    await page.waitForTimeout(1500);
    await page.clock.fastForward('04:50');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.clock.fastForward('00:15');
    await page.getByRole('dialog', { name: 'The add-in did not answer in time.' }).waitFor();
    await page.clock.fastForward(1000);
    await page.locator('iframe[hidden]').waitFor({ state: 'detached' });
  }, 90_000);

  test('a function that the add-in’s page does not have is a broken add-in, said at once', async () => {
    page = await stage.open('ana@example.org');
    await page.route('**/webmail/api/addin*', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const manifest = await (await fetch(`${stage.simulator.url}${pathname}${search}`)).text();
      await route.fulfill({ body: manifest.replace('onSpamReport', 'onNothing'), contentType: 'application/json' });
    });
    await page.reload();
    await openMail(page, 'Lunch?');
    await report(page);
    await page.getByRole('dialog', { name: 'The add-in could not be started.' }).waitFor();
  }, 90_000);

  test('with the keyboard alone a mail is opened, reported and another mailbox found', async () => {
    page = await stage.open('ana@example.org');
    await page.locator('.row').first().waitFor();
    await page.locator('.row').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('toolbar').waitFor();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.getByRole('button', { name: 'Report phishing' }).evaluate((it) => it === document.activeElement))
        break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Phishing' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const context = await told(page, 'context').innerText();
    expect(JSON.parse(context).options).toEqual([false, true]);
    await page.getByRole('button', { name: /Open another mailbox/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('ben');
    await page.getByRole('option', { name: 'Ana Sommer' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.locator('button.who', { hasText: 'Ben Adler' }).waitFor();
  }, 90_000);

  test('sign-in that needs the person asks them, and a refusal reaches the add-in', async () => {
    page = await stage.open('ana@example.org', { signIn: 'asks' });
    await openMail(page, 'Lunch?');
    await page.getByRole('button', { name: 'Open pane' }).click();
    await page.getByRole('dialog', { name: 'Sign in to the add-in?' }).getByRole('button', { name: 'Cancel' }).click();
    await told(page, 'asked').waitFor();
    expect(await told(page, 'token').innerText()).toBe('USER_INTERACTION_REQUIRED');
    expect(await told(page, 'asked').innerText()).toBe('USER_CANCEL');
  }, 90_000);

  test('a message in a shared mailbox names its owner to the add-in', async () => {
    page = await stage.open('ana@example.org');
    await page.getByRole('button', { name: /Open another mailbox/ }).click();
    await page.getByRole('combobox').fill('post room');
    await page.keyboard.press('Enter');
    await openMail(page, 'Invoice 4711');
    await page.getByRole('button', { name: 'Open pane' }).click();
    await told(page, 'shared').waitFor();
    expect(JSON.parse(await told(page, 'shared').innerText())).toMatchObject({ owner: 'post@example.org' });
    expect(await told(page, 'user').innerText()).toBe('ana@example.org');
  }, 90_000);

  test('a mail runs no script, loads nothing, and its links stay closed', async () => {
    page = await stage.open('ana@example.org');
    await openMail(page, 'Invoice 4711');
    const mail = page.frameLocator('.mail-frame');
    await mail.getByText('Please pay').click();
    await mail.getByText('today').click();
    await page.getByText('https://pay.example/now').waitFor();
    const frame = page.frames().find((it) => it.url().includes('/document'));
    expect(await frame?.title()).not.toBe('ran');
    expect(await page.title()).toBe('Fieldpost Mail');
    expect(stage.strangers).not.toContain('tracker.example');
  }, 90_000);
});

test('the library reaches the browser as it left the package, but for the file a host may differ in', async () => {
  const { officeLibrary } = await import('../../simulator/webmail/office-library.ts');
  const { buildWebmail } = await import('./built-webmail.ts');
  const built = await buildWebmail();
  const library = officeLibrary(officeJsDir, join(built.assetsDir, 'library'));
  const shipped = (name: string) => readFileSync(join(officeJsDir, name));
  for (const name of [
    'office.js',
    'en-us/office_strings.js',
    'de-de/outlook_strings.js',
    'telemetry/oteljs_agave.js',
  ]) {
    expect((await library.file(name, 'as_shipped'))?.equals(shipped(name))).toBe(true);
  }
  const hostFile = await library.file('outlook-web-16.01.js', 'as_shipped');
  const original = shipped('outlook-web-16.01.js');
  expect(hostFile?.subarray(0, original.length).equals(original)).toBe(true);
  expect(hostFile?.length).toBeGreaterThan(original.length);
  for (const name of ['../package.json', 'en-us/../office.js', '/etc/passwd', 'LICENSE']) {
    expect(await library.file(name, 'as_shipped')).toBeNull();
  }
  built.remove();
});

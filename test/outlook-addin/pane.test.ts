/** The pane as a person meets it: what is sent, the verdict, the removal, taking it back. */
import { join } from 'node:path';
import { json } from './pane-server.ts';
import { finish, posts, type Stage, shots, startStage, story, title } from './pane-stage.ts';
import { analysing, aRetraction, aView } from './views.ts';

let stage: Stage;
let open: Stage['open'];
let server: Stage['server'];
beforeAll(async () => {
  stage = await startStage();
  ({ open, server } = stage);
}, 120_000);
afterAll(() => stage?.stop());
beforeEach(() => {
  server.calls.length = 0;
});

test('the form shows what is sent before it is sent, and nothing leaves until Send is pressed', async () => {
  const page = await open({ reply: story(aView()) });
  await title(page, 'Report this message');
  await page.getByText('Your parcel is waiting: pay 1.99 now').waitFor();
  await page.getByText('The whole message with its attachment').waitFor();
  await page.getByText(/to the security service of your organisation \(127\.0\.0\.1:\d+\)/).waitFor();
  expect(server.calls).toEqual([]);
  await finish(page, 'form');
});

test('type, comment and what has happened go with the report; the verdict and its removal come live', async () => {
  const running = aRetraction('running', { found: 9, retracted: 4 }, 22);
  const views = [
    aView({ retraction: running }),
    aView({ retraction: aRetraction('confirming', { found: 9, retracted: 9, unread: 8 }) }),
  ];
  const page = await open({ reply: story(aView(analysing), views) });
  await page.getByLabel('I clicked a link').check();
  await page.getByLabel('I typed a password').check();
  await page.getByLabel('Anything to add?').fill('It came to the whole team.');
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, 'This is phishing');
  await page.getByText('9 copies were removed').waitFor();
  const [sent] = posts(server.calls);
  expect(sent!.body).toMatchObject({
    type: 'phish',
    comment: 'It came to the whole team.',
    exposure: ['clicked_link', 'entered_password'],
    provider_message_id: 'AAMk-a_b=',
    fidelity: 'exact',
  });
  expect(sent!.authorization).toBe('Bearer token-1');
  expect(sent!.key).toMatch(/^[0-9a-f]{32}$/);
  await finish(page, 'phishing');
});

test('while copies are removed the bar moves with the mailboxes', async () => {
  const view = aView({ retraction: aRetraction('running', { found: 9, retracted: 4 }, 22) });
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: ({ path }, response) => {
      if (!path.endsWith('/events')) return json(response, 200, view);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    },
  });
  await title(page, 'This is phishing');
  await page.getByText('4 of 9 copies removed so far, 22 of 40 mailboxes searched.').waitFor();
  const bar = page.getByRole('progressbar', { name: '22 of 40 mailboxes searched' });
  expect(await bar.evaluate((element: HTMLProgressElement) => element.value)).toBeCloseTo(0.55);
  await page.getByText('Did you click, open or type something?').click();
  await page.getByText('Take the device off the network').waitFor();
  await finish(page, 'running');
});

test('opened by the handler on a report, the pane shows it without sending anything', async () => {
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":true}' },
    reply: story(aView({ outcome_disposition: 'NONE', psr: { action: 'none', reason: 'not_malicious' }, reasons: [] })),
  });
  await title(page, 'We found nothing dangerous in it');
  await page.getByText('You had reported this message before.').waitFor();
  expect(posts(server.calls)).toEqual([]);
  await finish(page, 'nothing-found');
});

test('what the handler could not send the pane sends, with the key of that press', async () => {
  const page = await open({
    office: { context: '{"v":1,"pending":{"key":"k1","type":"spam","comment":"again"},"trouble":"offline"}' },
    reply: story(aView({ outcome_disposition: 'SPAM', psr: { action: 'none', reason: 'not_malicious' } }), [], 201),
  });
  await title(page, 'This is spam');
  expect(posts(server.calls).map(({ key, body }) => [key, body.type, body.comment])).toEqual([['k1', 'spam', 'again']]);
  await finish(page, 'spam');
});

test.each([
  [401, 'invalid_token', 'The server did not accept your sign-in'],
  [403, 'tenant_not_allowed', 'Your organisation is not registered'],
  [403, 'mailbox_not_allowed', 'You cannot report from this mailbox'],
  [413, 'too_large', 'This message is too large to send'],
  [422, 'unreadable', 'We could not read this message'],
  [429, 'too_many', 'Many reports at once'],
  [400, 'invalid', 'The server did not understand this report'],
])('status %d %s is said as: %s', async (status, code, heading) => {
  const page = await open({ reply: (_, response) => json(response, status, { code, submission_id: 'sub_9' }) });
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, heading);
  expect(await page.getByRole('alert').count()).toBe(1);
  await finish(page, `status-${status}-${code}`);
});

test('I was wrong asks in the pane, takes the report back and says what becomes of the copies', async () => {
  const done = aView({ retraction: aRetraction('done', { found: 3, retracted: 3, unread: 3 }) });
  const back = aView({ status: 'withdrawn', retraction: aRetraction('restored', { restored: 3 }) });
  let withdrawn = false;
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: ({ path }, response) => {
      if (path.endsWith('/withdraw')) {
        withdrawn = true;
        return json(response, 200, { withdrawn: true, restore: 'started' });
      }
      return json(response, 200, withdrawn ? back : done);
    },
  });
  await title(page, 'This is phishing');
  await page.getByRole('button', { name: 'I was wrong' }).click();
  await page.getByText('Take your report back?').waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Keep it');
  await page.screenshot({ path: join(shots, 'withdraw.png'), fullPage: true });
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(withdrawn).toBe(false);
  await page.getByRole('button', { name: 'I was wrong' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await title(page, 'You took your report back');
  await page.getByText('3 copies were put back').waitFor();
  await finish(page, 'withdrawn');
});

test('an exercise is praised', async () => {
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: story(aView({ simulation: true, psr: { action: 'none', reason: 'simulation' }, reasons: [] })),
  });
  await title(page, 'Well spotted: this was an exercise');
  await finish(page, 'exercise');
});

test('when another message is opened the pane starts anew', async () => {
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: story(aView({ psr: { action: 'none', reason: 'allow_policy' } })),
  });
  await title(page, 'This is phishing');
  await page.evaluate(
    "Office.handlers.olkItemSelectedChanged.forEach((run) => run({ type: 'olkItemSelectedChanged' }))",
  );
  await title(page, 'Report this message');
  await finish(page, 'another-message');
});

test('a second report while the pane is open arrives in it', async () => {
  const page = await open({ reply: story(aView({ psr: { action: 'none', reason: 'allow_policy' } })) });
  await title(page, 'Report this message');
  await page.evaluate(
    `Office.handlers.olkInitializationContextChanged.forEach((run) => run({ initializationContextData: '{"v":1,"reportId":"sub_01k2v8m4q7"}' }))`,
  );
  await title(page, 'This is phishing');
  await finish(page, 'second-report');
});

test('German, dark by the theme of Outlook, worded by the server in German', async () => {
  const final = aView({ retraction: aRetraction('done', { found: 9, retracted: 7, failed: 1, gone: 1 }) }, 'de', [
    'entered_password',
  ]);
  const page = await open({ office: { language: 'de-DE', theme: '#1f1f1f' }, reply: story(final, [], 201) });
  await title(page, 'Diese Nachricht melden');
  await page.screenshot({ path: join(shots, 'form-de-dark.png'), fullPage: true });
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  expect(await page.evaluate('document.documentElement.lang')).toBe('de');
  await page.getByRole('button', { name: 'Meldung senden' }).click();
  await title(page, 'Das ist Phishing');
  await finish(page, 'phishing-de-dark');
});

test('dark by the system where Outlook names no theme', async () => {
  const page = await open({ dark: true, reply: story(aView()) });
  await title(page, 'Report this message');
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(27, 31, 33)');
  await finish(page, 'form-dark');
});

test('words of an attacker stay words', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const reasons = [{ id: 'text.x', family: 'text' as const, severity: 'high' as const, text: evil, evidence: evil }];
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: story(aView({ reasons, psr: { action: 'none', reason: 'allow_policy' } })),
  });
  await title(page, 'This is phishing');
  expect(await page.getByText(evil).count()).toBe(2);
  expect(await page.locator('img').count()).toBe(0);
  await finish(page, 'hostile');
});

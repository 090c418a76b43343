/** The pane where something is missing: connection, sign-in, server, a newer Outlook, or Outlook itself. */
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

test('a report that needs a sign-in waits for the press of a button', async () => {
  const page = await open({
    mood: 'popup_only',
    office: { context: '{"v":1,"pending":{"key":"k1","type":"phish","comment":""},"trouble":"sign_in_needed"}' },
    reply: story(aView({ psr: { action: 'hold', reason: 'blast_radius' }, retraction: aRetraction('held') }), [], 201),
  });
  await title(page, 'Please sign in once');
  expect(server.calls).toEqual([]);
  await page.screenshot({ path: join(shots, 'sign-in.png'), fullPage: true });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await title(page, 'This is phishing');
  await page.getByText('confirms the removal first').waitFor();
  await finish(page, 'held');
});

test('a report that the server cannot take is kept without its bytes and sent again with the same key', async () => {
  let down = true;
  const page = await open({
    reply: (call, response) =>
      down && call.method === 'POST'
        ? json(response, 503, { code: 'busy' }, { 'retry-after': '5' })
        : story(aView(), [], 201)(call, response),
  });
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, 'The server has a problem');
  await page.getByText('It is kept on this device').waitFor();
  const kept = JSON.parse((await page.evaluate("localStorage.getItem('reelback.outbox')")) as string);
  expect(kept).toHaveLength(1);
  expect(kept[0].request).not.toHaveProperty('raw_message');
  expect(kept[0].key).toBe(posts(server.calls)[0]!.key);
  await page.screenshot({ path: join(shots, 'server-problem.png'), fullPage: true });
  down = false;
  await page.evaluate("dispatchEvent(new Event('online'))");
  await title(page, 'This is phishing');
  expect(new Set(posts(server.calls).map(({ key }) => key)).size).toBe(1);
  expect(JSON.parse((await page.evaluate("localStorage.getItem('reelback.outbox')")) as string)).toEqual([]);
  await finish(page, 'sent-later');
}, 60_000);

test('a stream that is cut off is replaced by looking again', async () => {
  const final = aView({ outcome_disposition: 'SUSPICIOUS', psr: { action: 'none', reason: 'not_malicious' } });
  let looks = 0;
  const page = await open({
    office: { context: '{"v":1,"reportId":"sub_01k2v8m4q7","known":false}' },
    reply: ({ path }, response) => {
      if (path.endsWith('/events')) return void response.destroy();
      json(response, 200, ++looks < 3 ? aView(analysing) : final);
    },
  });
  await title(page, 'We are looking at it');
  await page.screenshot({ path: join(shots, 'analysing.png'), fullPage: true });
  await title(page, 'This looks suspicious');
  await finish(page, 'suspicious');
});

test.each([
  [{ item: false }, 'No message is open'],
  [{ itemClass: 'REPORT.IPM.Note.NDR' }, 'This kind of message cannot be reported'],
])('%j is said as: %s', async (office, heading) => {
  const page = await open({ office, reply: story(aView()) });
  await title(page, heading);
  await finish(page, heading.toLowerCase().replace(/\W+/g, '-'));
});

test('outside of Outlook the page says where it belongs', async () => {
  const page = await open({ reply: story(aView()) });
  server.office('globalThis.violations = []; globalThis.Office = { onReady: () => Promise.resolve({}), context: {} };');
  await page.reload();
  await title(page, 'This page belongs into Outlook');
  await finish(page, 'not-outlook');
});

test('an old desktop client sends the message put together from its parts', async () => {
  const page = await open({
    office: { mailboxSet: '1.8' },
    reply: story(aView({ original: 'reconstructed' }), [], 201),
  });
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, 'This is phishing');
  const { body } = posts(server.calls)[0]!;
  expect(body.fidelity).toBe('reconstructed');
  const mail = Buffer.from(body.raw_message!, 'base64').toString();
  expect(mail).toMatch(/^From: service@parcel\.example\r\nSubject: Your\r\n parcel\r\nMIME-Version: 1\.0\r\n/);
  expect(mail).not.toContain('charset=x');
  expect(mail).toContain("filename*=utf-8''label%20%C3%A4.pdf");
  await finish(page, 'reconstructed');
});

test('a phone sends ids alone', async () => {
  const page = await open({ office: { mailboxSet: '1.5', hostName: 'OutlookIOS' }, reply: story(aView(), [], 201) });
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, 'This is phishing');
  const { body } = posts(server.calls)[0]!;
  expect(body).not.toHaveProperty('raw_message');
  expect(body.provider_message_id).toBe('AAMk/a+b=');
  await finish(page, 'phone');
});

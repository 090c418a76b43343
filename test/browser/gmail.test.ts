/** The built Gmail add-on in the Gmail page: what a person sees. The server here is a script of answers at the wire. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubmissionRequest } from '../../shared/api.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { view } from '../gmail-addon/gmail.ts';
import { GmailStage, type GmailVisit } from './gmail-stage.ts';

jest.setTimeout(90_000);
const ana = 'ana@lab.example.org';
let simulator: Simulator;
let server: Server;
let stage: GmailStage;
let visit: GmailVisit;
let calls: { authorization: string; body: SubmissionRequest | null }[] = [];
let answer: { status: number; body: unknown } = { status: 201, body: view() };

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  simulator.google.addMailbox(ana, { displayName: 'Ana Sommer' });
  simulator.google.addMailbox('jo@lab.example.org', { displayName: 'Jo Berger', language: 'de-DE' });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    calls.push({ authorization: request.headers.authorization ?? '', body: text ? JSON.parse(text) : null });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stage = await GmailStage.start(simulator, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}, 90_000);
afterAll(async () => {
  await stage?.stop();
  server.close();
  await simulator.stop();
});
beforeEach(() => {
  calls = [];
  answer = { status: 201, body: view() };
});
afterEach(() => visit?.leave());

let delivered = 0;
function deliver(address = ana): string {
  delivered += 1;
  const subject = `Your mailbox is full (${delivered})`;
  const text = 'Hello,\r\n\r\nyour mailbox is full. Sign in at https://mail.x.test/ to get more room.\r\n';
  const headers = `From: "IT Help" <it@x.test>\r\nTo: ${address}\r\nSubject: ${subject}\r\nMessage-ID: <m${delivered}@x.test>`;
  simulator.google.deliver(address, `${headers}\r\n\r\n${text}`);
  return subject;
}

test('the panel waits beside the open mail, and the report carries what was chosen', async () => {
  const subject = deliver();
  visit = await stage.sit(ana);
  await visit.inspect('list');
  await visit.open(subject);
  expect(calls).toEqual([]);
  await visit.panel.getByLabel('I clicked a link').check();
  await visit.panel.getByLabel('Anything to add?').fill('came twice');
  await visit.inspect('ready');
  await visit.press('Send report');
  await visit.says('This is phishing');
  await visit.inspect('verdict-running');
  const [message] = simulator.google.copies(ana);
  expect(calls[0]?.body).toMatchObject({
    mailbox: ana,
    provider_message_id: message?.id,
    exposure: ['clicked_link'],
    comment: 'came twice',
    fidelity: 'exact',
  });
  const bytes = Buffer.from(calls[0]!.body!.raw_message!, 'base64');
  expect(bytes).toEqual(simulator.google.raw(ana, message!.id));
  expect(calls[0]?.authorization).toMatch(/^Bearer ey/);
});

test('"I was wrong" lays a card on top, and the way back leads to the verdict', async () => {
  const subject = deliver();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.press('Send report');
  await visit.press('I was wrong');
  await visit.says('Take your report back?');
  await visit.inspect('asking');
  await visit.press('Keep it');
  await visit.says('This is phishing');
});

test('a mail that was reported is known when it is opened again', async () => {
  const subject = deliver();
  const other = deliver();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.press('Send report');
  await visit.page.locator('.reading .back').click();
  await visit.open(other);
  await visit.says('What do you think it is?');
  await visit.page.locator('.reading .back').click();
  await visit.open(subject);
  await visit.says('You had reported this message before.');
  expect(calls).toHaveLength(1);
});

test.each([
  ['No connection', 'No connection', 'offline'],
  ['The server is silent', 'No answer yet', 'silence'],
  ['Daily quota used up', 'Google lets nothing more through today', 'quota'],
])('%s: a calm card, and the report goes out when it works again', async (fault, title, name) => {
  const subject = deliver();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.page.getByLabel('Try a fault').selectOption({ label: fault });
  await visit.press('Send report');
  await visit.says(title);
  await visit.says('Sending it again is safe: it counts once.');
  await visit.inspect(name);
  await visit.page.getByLabel('Try a fault').selectOption({ label: 'Everything works' });
  await visit.press('Try again');
  await visit.says('This is phishing');
});

test('a permission that was unticked is asked for by Google, and the form is still filled', async () => {
  const subject = deliver();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.page.getByLabel('Try a fault').selectOption({ label: 'A permission was unticked' });
  await visit.press('Send report');
  await visit.says('Permission needed');
  await visit.inspect('consent');
  await visit.panel.getByRole('button', { name: 'Allow' }).click();
  await visit.press('Send report');
  await visit.says('This is phishing');
});

test('a mail that is moved while it is open says where it lies now', async () => {
  const subject = deliver();
  visit = await stage.sit(ana);
  await visit.open(subject);
  simulator.google.userDeletes(ana, subject);
  await visit.page.getByText('This message now lies in Bin.').waitFor();
  await visit.inspect('moved');
});

test('in German everything is German', async () => {
  const subject = deliver('jo@lab.example.org');
  answer = { status: 201, body: view({}, 'de') };
  visit = await stage.sit('jo@lab.example.org');
  await visit.open(subject);
  await visit.says('Wofür halten Sie sie?');
  await visit.inspect('ready-german');
  await visit.press('Meldung senden');
  await visit.says('Das ist Phishing');
  await visit.inspect('verdict-german');
});

test('on a narrow screen list, mail and panel follow one another without scrolling sideways', async () => {
  const subject = deliver();
  visit = await stage.sit(ana, { width: 380, height: 780 });
  await visit.open(subject);
  await visit.inspect('narrow');
  const widths = await visit.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});

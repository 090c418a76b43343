import { join } from 'node:path';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';
import { webmailRoutes } from '../../../simulator/webmail/routes.ts';
import type { MailboxView, MessageDetail, Tenant } from '../../../simulator/webmail/wire.ts';

const ana = 'ana@example.org';
const eml = `From: "Ärger GmbH" <rechnung@sender.example>
To: Ana <ana@example.org>
Subject: =?utf-8?Q?Pr=C3=BCfung?=
Message-ID: <m1@sender.example>
MIME-Version: 1.0
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>Hello<img src="cid:logo@x"><img src="https://tracker.example/a.png"><script>alert(1)</script></p>
--b
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Disposition: inline
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b
Content-Type: application/pdf; name="Rechnung.pdf"
Content-Disposition: attachment; filename="Rechnung.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b--
`.replace(/\n/g, '\r\n');

let simulator: Simulator;
let manifest: () => Promise<Response>;
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'none' });
  simulator.addMailbox(ana, { displayName: 'Ana Sommer', language: 'de' });
  simulator.addMailbox('post@example.org', { displayName: 'Post room', kind: 'shared' });
  manifest = () => Promise.reject(new Error('connection refused'));
  simulator.mount(
    '/webmail',
    webmailRoutes(simulator, {
      assetsDir: join(process.cwd(), 'simulator/webmail'),
      officeJsDir: join(process.cwd(), 'node_modules/@microsoft/office-js/dist'),
      addin: { manifestUrl: 'http://127.0.0.1:1/manifest.xml', origin: 'http://localhost:4711' },
      tenantName: 'Example Ltd',
      fetch: () => manifest(),
    }),
  );
});
afterEach(() => simulator.stop());

const get = (path: string) => fetch(`${simulator.url}/webmail/${path}`);
const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(`${simulator.url}/webmail/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
const read = async <T>(path: string) => (await (await get(path)).json()) as T;

test('the page may load from nowhere, and frame only itself and the add-in', async () => {
  const response = await get('');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(response.status).toBe(200);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-src 'self' http://localhost:4711;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect((await get('routes.ts')).status).toBe(404);
  expect((await get('..%2fstart.ts')).status).toBe(404);
});

test('the tenant lists its mailboxes with what is unread', async () => {
  simulator.deliver(ana, eml);
  const tenant = await read<Tenant>('api/tenant');
  expect(tenant.mailboxes.map((it) => [it.address, it.kind, it.unread])).toEqual([
    [ana, 'user', 1],
    ['post@example.org', 'shared', 0],
  ]);
});

test('a mailbox shows folders by their known order, hidden ones only when asked', async () => {
  const id = simulator.deliver(ana, eml);
  simulator.tenant.mailboxOrThrow(ana).createFolder('Quarantine', true);
  simulator.userMoves(ana, id, 'Quarantine');
  const own = await read<MailboxView>(`api/mailboxes/${ana}`);
  expect(own.folders.map((it) => it.wellKnown).slice(0, 3)).toEqual(['inbox', 'drafts', 'sentitems']);
  expect(own.folders.some((it) => it.hidden)).toBe(false);
  expect(own.messages).toEqual([]);
  const whole = await read<MailboxView>(`api/mailboxes/${ana}?hidden=1`);
  const quarantine = whole.folders.find((it) => it.name === 'Quarantine');
  expect(quarantine).toMatchObject({ hidden: true, unread: 1 });
  expect(whole.messages).toMatchObject([{ id, folderId: quarantine?.id }]);
});

test('a message is taken apart: people, attachments, ids', async () => {
  const id = simulator.deliver(ana, eml);
  const message = await read<MessageDetail>(`api/mailboxes/${ana}/messages/${id}`);
  expect(message).toMatchObject({
    subject: 'Prüfung',
    from: { name: 'Ärger GmbH', address: 'rechnung@sender.example' },
    internetMessageId: '<m1@sender.example>',
  });
  expect(message.attachments.map((it) => [it.name, it.inline])).toEqual([
    ['logo.png', true],
    ['Rechnung.pdf', false],
  ]);
  const pdf = await get(`api/mailboxes/${ana}/messages/${id}/attachments/att-2`);
  expect(pdf.headers.get('content-disposition')).toBe('attachment');
  expect(await pdf.text()).toBe('%PDF-');
  const file = await get(`api/mailboxes/${ana}/messages/${id}/file`);
  expect(await file.text()).toBe(eml);
});

test('a mail’s document can do nothing, and brings its inline pictures along', async () => {
  const id = simulator.deliver(ana, eml);
  const response = await get(`api/mailboxes/${ana}/messages/${id}/document`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^sandbox allow-same-origin; default-src 'none'; img-src data:;/);
  expect(policy).not.toContain('allow-scripts');
  expect(await response.text()).toContain('src="data:image/png;base64,iVBORw0KGgo="');
});

test('text mail is escaped, its links are marked', async () => {
  const id = simulator.deliver(ana, 'Subject: x\r\n\r\n<b>&amp; see https://a.example/x?y=1.\r\n');
  const html = await (await get(`api/mailboxes/${ana}/messages/${id}/document?theme=dark`)).text();
  expect(html).toContain('&lt;b&gt;&amp;amp; see <a href="https://a.example/x?y=1">https://a.example/x?y=1</a>.');
});

test('the person reads, moves and deletes', async () => {
  const id = simulator.deliver(ana, eml);
  await post(`api/mailboxes/${ana}/messages/${id}/state`, { isRead: true });
  expect(simulator.copies(ana)).toMatchObject([{ isRead: true, folderName: 'inbox' }]);
  await post(`api/mailboxes/${ana}/messages/${id}/move`, { folder: 'deleteditems' });
  expect(simulator.copies(ana)).toMatchObject([{ folderName: 'deleteditems' }]);
  expect((await post(`api/mailboxes/${ana}/messages/${id}/move`, { folder: 'nowhere' })).status).toBe(404);
  await post(`api/mailboxes/${ana}/messages/${id}/move`, { folder: 'Reported', create: true });
  expect(simulator.copies(ana)).toMatchObject([{ folderName: 'Reported' }]);
});

test('a token is the person’s, and nobody signs in as a shared mailbox', async () => {
  const answer = (await (await post('api/token', { mailbox: ana, scope: 'api://x/report.submit' })).json()) as {
    accessToken: string;
    scope: string;
  };
  const claims = JSON.parse(Buffer.from(answer.accessToken.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ oid: simulator.tenant.person(ana)?.id, scp: 'report.submit' });
  expect(answer.scope).toBe('api://x/report.submit');
  expect((await post('api/token', { mailbox: 'post@example.org' })).status).toBe(400);
});

test('a form of another site cannot write', async () => {
  const id = simulator.deliver(ana, eml);
  const path = `api/mailboxes/${ana}/messages/${id}/move`;
  expect((await post(path, { folder: 'deleteditems' }, 'text/plain')).status).toBe(415);
  expect((await post('api/token', { mailbox: ana }, 'application/x-www-form-urlencoded')).status).toBe(415);
  expect(simulator.copies(ana)).toMatchObject([{ folderName: 'inbox' }]);
});

test('the copies of a mail are told from a mail that borrows its Message-ID', async () => {
  const id = simulator.deliver(ana, eml);
  simulator.deliver('post@example.org', eml.replace('=?utf-8?Q?Pr=C3=BCfung?=', 'Something else'));
  const copies = await read<object[]>(`api/mailboxes/${ana}/messages/${id}/copies`);
  expect(copies).toMatchObject([
    { address: ana, sameMail: true },
    { address: 'post@example.org', sameMail: false },
  ]);
});

test('a change is told within a moment, and whether it is here or elsewhere', async () => {
  const response = await get(`api/events?mailbox=${ana}`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let heard = '';
  const until = async (word: string) => {
    while (!heard.includes(word)) heard += new TextDecoder().decode((await reader.read()).value);
  };
  simulator.deliver('post@example.org', eml);
  await until('event: elsewhere');
  expect(heard).not.toContain('event: change');
  simulator.deliver(ana, eml);
  await until('event: change');
  await reader.cancel();
});

test('an add-in that cannot be read is a problem of its own', async () => {
  expect((await get('api/addin?locale=en-US')).status).toBe(502);
  manifest = () => Promise.resolve(new Response('<html></html>'));
  expect(((await read<{ message: string }>('api/addin')) as { message: string }).message).toMatch(/not the manifest/);
});

test('what is not there is 404, and hostile paths are too', async () => {
  for (const path of [
    'api/mailboxes/x@y',
    `api/mailboxes/${ana}/messages/1`,
    'api/nothing',
    'lib/1/hosted/../x.js',
    'zz',
  ]) {
    expect((await get(path)).status).toBe(404);
  }
  expect((await get('api/mailboxes/%E0%A4%A')).status).toBeLessThan(500);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gmailPageRoutes } from '../../../simulator/gmail-page/routes.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';

const ana = 'ana@lab.example.org';
const folder = mkdtempSync(join(tmpdir(), 'gmail-page-'));
let simulator: Simulator;
beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<title>Mail</title>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  simulator = await startSimulator({ seed: 'none' });
  simulator.mount('/gmail', gmailPageRoutes(simulator.google, { assetsDir: folder, addon: null, companyName: 'Lab' }));
  simulator.google.addMailbox(ana, { displayName: 'Ana Sommer' });
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const call = (path: string, init?: RequestInit) => fetch(`${simulator.url}/gmail/${path}`, init);
const read = async (path: string) => (await call(path)).json() as Promise<Record<string, unknown>>;

test('the page may load from nowhere else', async () => {
  const response = await call('');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
});

test.each([
  'secret.txt',
  '../start.ts',
  'toString',
  'api/mailboxes/nobody@example.org',
  'api/mailboxes/%E0%A4%A',
  'api/x',
])('%s is not there', async (path) => {
  expect((await call(path)).status).toBe(404);
});

test('a mailbox is listed with the labels its owner sees, hidden ones not', async () => {
  const { workspace } = simulator.google;
  const mailbox = workspace.mailboxOrThrow(ana);
  mailbox.createLabel('Projects');
  mailbox.createLabel('Reelback', { labelListVisibility: 'labelHide', messageListVisibility: 'hide' });
  const id = simulator.google.deliver(ana, `From: B <b@x.test>\r\nTo: ${ana}\r\nSubject: Hi\r\n\r\nText`);
  expect(await read('api/company')).toMatchObject({
    name: 'Lab',
    addon: false,
    mailboxes: [{ address: ana, unread: 1 }],
  });
  const view = await read(`api/mailboxes/${ana}`);
  expect(Object.values(view.labels as object)).toEqual(['Projects']);
  expect(view.rows).toMatchObject([{ id, subject: 'Hi', from: { name: 'B', address: 'b@x.test' }, isRead: false }]);
  const headers = { 'content-type': 'application/json' };
  expect((await call(`api/mailboxes/${ana}/${id}/read`, { method: 'POST', headers, body: '{}' })).status).toBe(200);
  expect(simulator.google.copies(ana)[0]?.isRead).toBe(true);
});

test('a mail’s own document runs nothing and loads nothing', async () => {
  const html = '<script>alert(1)</script><img src="https://x.test/p.png">';
  const id = simulator.google.deliver(ana, `From: b@x.test\r\nContent-Type: text/html\r\n\r\n${html}`);
  const policy = (await call(`api/mailboxes/${ana}/${id}/document`)).headers.get('content-security-policy');
  expect(policy).toMatch(/^sandbox allow-same-origin; default-src 'none'; img-src data:;/);
});

test('another site’s form does nothing here', async () => {
  const body = JSON.stringify({ mailbox: ana });
  expect((await call('api/panel', { method: 'POST', body })).status).toBe(404);
});

test('the page hears of changes in its mailbox', async () => {
  const stop = new AbortController();
  const response = await call(`api/events?mailbox=${ana}`, { signal: stop.signal });
  simulator.google.deliver(ana, 'From: b@x.test\r\n\r\nText');
  const decoder = new TextDecoder();
  let heard = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    heard += decoder.decode(chunk);
    if (heard.includes('event: change')) break;
  }
  expect(heard).toContain('event: change');
  stop.abort();
});

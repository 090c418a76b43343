import { join } from 'node:path';
import { gmailRoutes } from '../../simulator/gmail/routes.ts';
import { adminRoutes } from '../../simulator/google-admin/routes.ts';
import { scope } from '../../simulator/google-api/call.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from '../simulator/caller.ts';
import { adminCaller, gmailCaller, scopes } from '../simulator/gmail-caller.ts';
import { discoveryPresent, GoogleAnswerCheck, holdGoogleAnswers } from './gmail-answers.ts';

const root = join(__dirname, '../..');
const present = discoveryPresent(root);
if (!present) console.log("skipped: Google's discovery documents are not beside this checkout");
const described = present ? describe : describe.skip;
const gmail = 'gmail-v1-discovery.json';

described('what the Workspace side answers', () => {
  const check = present ? new GoogleAnswerCheck(root) : (undefined as never);

  test('every route is one of Google, with its parameters and its scopes', () => {
    const routes = [...gmailRoutes, ...adminRoutes].map((route) => ({ ...route, scopes: route.scopes.map(scope) }));
    expect(routes.flatMap((route) => check.routeFaults(route))).toEqual([]);
    expect(routes.length).toBeGreaterThan(20);
  });

  test('every answer of every route, good and bad, is of the described form', async () => {
    const simulator = await startSimulator({ google: { settings: { reportsLagMs: 0 } } });
    const held = holdGoogleAnswers(simulator, check);
    try {
      await askEverything(simulator);
      expect(held.faults).toEqual([]);
      const seen = (fits: (status: number) => boolean) =>
        new Set(held.seen.filter(({ status }) => typeof status === 'number' && fits(status)).map(({ route }) => route));
      const names = [...new Set([...gmailRoutes, ...adminRoutes].map((route) => route.name as string))];
      expect([...seen((status) => status < 300)].sort()).toEqual(names.sort());
      expect(seen((status) => status >= 400).size).toBeGreaterThan(8);
    } finally {
      held.stop();
      await simulator.stop();
    }
  });

  test('every seeded mail makes a message of the described form, in every format', async () => {
    const simulator = await startSimulator({ seed: 'demo' });
    const held = holdGoogleAnswers(simulator, check);
    simulator.google.settings.unitsPerUserMinute = 1_000_000;
    try {
      for (const { address } of simulator.google.workspace.allMailboxes()) {
        const call = await gmailCaller(simulator, address);
        for (const { id } of simulator.google.copies(address))
          for (const format of ['full', 'raw']) await call('GET', `/messages/${id}?format=${format}`);
      }
      expect(held.faults).toEqual([]);
      expect(held.seen.length).toBeGreaterThan(200);
    } finally {
      held.stop();
      await simulator.stop();
    }
  });

  const message = { id: '19aa', threadId: '19aa', labelIds: ['INBOX'], historyId: '7', raw: 'QUI=' };
  test.each<[string, string, unknown]>([
    ['a wrong type', 'Message', { ...message, sizeEstimate: '12' }],
    ['a number that is no string of digits', 'Message', { ...message, historyId: 7 }],
    ['bytes that are not URL-safe', 'Message', { ...message, raw: 'a+/b' }],
    ['a misspelt property', 'Message', { ...message, labelIDs: [] }],
    ['a misspelt inner property', 'Message', { ...message, payload: { mimetype: 'text/plain' } }],
    ['a word outside of an enumeration', 'Label', { id: 'x', labelListVisibility: 'hide' }],
    ['rows that are no list', 'ListMessagesResponse', { messages: {} }],
  ])('would be caught with %s', (_, type, body) => {
    expect(check.typeFaults(gmail, 'Message', message)).toEqual([]);
    expect(check.typeFaults(gmail, type, body)).not.toEqual([]);
  });

  const refused = { code: 404, message: 'm', errors: [{ message: 'm', domain: 'global', reason: 'notFound' }] };
  test.each<[string, string, number, unknown]>([
    ['an error without errors', '/gmail/v1/users/me/messages', 404, { error: { code: 404, message: 'm' } }],
    ['an error with another code', '/gmail/v1/users/me/messages', 403, { error: refused }],
    ['a route that is not there', '/gmail/v1/users/me/mails', 200, {}],
    ['a body too many', '/gmail/v1/users/me/messages/batchDelete', 200, {}],
    ['a message where a list belongs', '/gmail/v1/users/me/messages', 200, message],
  ])('would be caught with %s', (_, url, status, responseBody) => {
    const method = url.endsWith('batchDelete') ? 'POST' : 'GET';
    expect(check.faultsOf({ method: 'GET', url: '/x', status: 404, responseBody: { error: refused } })).toEqual([]);
    expect(check.faultsOf({ method, url, status, responseBody })).not.toEqual([]);
  });

  test('a route with a parameter or a scope of our own would be caught', () => {
    const list = { method: 'GET', pattern: 'gmail/v1/users/*/messages', parameters: ['q'], scopes: [scopes.modify] };
    expect(check.routeFaults(list)).toEqual([]);
    expect(check.routeFaults({ ...list, parameters: ['query'] })).toHaveLength(1);
    expect(check.routeFaults({ ...list, scopes: [scopes.users] })).toHaveLength(1);
    expect(check.routeFaults({ ...list, pattern: 'gmail/v1/users/*/mails' })).toHaveLength(1);
  });
});

async function askEverything(simulator: Simulator): Promise<void> {
  const { google } = simulator;
  const ana = 'ana@lab.example.org';
  google.addMailbox(ana, { displayName: 'Ana Lind', title: 'Buyer', aliases: ['al@lab.example.org'] });
  google.addMailbox('ben@lab.example.org', { mailbox: false, suspended: true });
  google.addGroup('inner@lab.example.org', [ana]);
  google.addGroup('outer@lab.example.org', ['inner@lab.example.org', 'guest@example.net']);
  const call = await gmailCaller(simulator, ana, scopes.full);
  const empty = (await call('GET', '/messages')).body;
  if (empty.messages) throw new Error('an empty mailbox lists messages');
  const file = [
    'Message-ID: <file@example.net>',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: application/pdf; name="a.pdf"',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
  const ids = [file, ...[1, 2, 3, 4].map((i) => mail({ id: `<${i}@example.net>` }))].map((eml) =>
    google.deliver(ana, eml),
  );
  const star = { addLabelIds: ['STARRED'] };
  const label = (await call('POST', '/labels', { name: 'Held', labelListVisibility: 'labelHide' })).body.id;
  const { historyId } = (await call('GET', '/profile')).body;
  const asked: [method: string, path: string, body?: unknown][] = [
    ['GET', '/messages?maxResults=2&q=in:anywhere'],
    ['GET', '/messages?maxResults=0'],
    ['GET', '/messages?labelIds=NOTHING'],
    ['GET', '/messages?pageToken=nonsense'],
    ['GET', '/messages?what=1'],
    ...['full', 'raw', 'minimal', 'metadata', 'nonsense'].map((format): [string, string] => [
      'GET',
      `/messages/${ids[0]}?format=${format}`,
    ]),
    ['GET', '/messages/19aaaaaaaaaaaaaa'],
    ['GET', '/messages/x-y'],
    ['GET', `/messages/${ids[0]}/attachments/ANGjdJ_0`],
    ['GET', `/messages/${ids[0]}/attachments/nonsense`],
    ['GET', `/threads/${ids[1]}`],
    ['GET', '/threads/19aaaaaaaaaaaaaa'],
    ['POST', `/messages/${ids[1]}/modify`, { addLabelIds: [label], removeLabelIds: ['INBOX', 'UNREAD'] }],
    ['POST', `/messages/${ids[1]}/modify`, { removeLabelIds: [label] }],
    ['POST', `/messages/${ids[1]}/modify`, { addLabelIds: ['SENT'] }],
    ['POST', `/messages/${ids[1]}/modify`, 'no json'],
    ['POST', '/messages/batchModify', { ids, ...star }],
    ['POST', '/messages/batchModify', { ids: [], ...star }],
    ['POST', `/messages/${ids[2]}/trash`],
    ['POST', `/messages/${ids[2]}/untrash`],
    ['GET', '/labels'],
    ['GET', `/labels/${label}`],
    ['GET', '/labels/nothing'],
    ['POST', '/labels', { name: 'Held' }],
    ['DELETE', `/labels/${label}`],
    ['DELETE', '/labels/INBOX'],
    ['DELETE', `/messages/${ids[3]}`],
    ['DELETE', `/messages/${ids[3]}`],
    ['GET', `/history?startHistoryId=${historyId}`],
    ['GET', '/history?startHistoryId=1'],
    ['GET', '/history'],
    ['GET', '/nonsense'],
  ];
  for (const [method, path, body] of asked) await call(method, path, body);
  for (const status of [401, 403, 429, 500, 503, 504]) {
    simulator.faults.add({ route: 'gmailList', times: 1, fault: { status, retryAfter: 1 } });
    await call('GET', '/messages');
  }
  google.settings.unitsPerUserMinute = 1;
  for (const _ of [1, 2]) await call('GET', '/messages');
  google.settings.unitsPerUserMinute = 6000;
  const admin = await adminCaller(simulator);
  const directory = '/admin/directory/v1';
  const log = '/admin/reports/v1/activity/users/all/applications/gmail';
  const [from, to] = [Date.now() - 3_600_000, Date.now() + 3_600_000].map((at) => new Date(at).toISOString());
  for (const path of [
    `${directory}/users?customer=my_customer&maxResults=1`,
    `${directory}/users?customer=my_customer&projection=full&fields=users(name/fullName),nextPageToken`,
    `${directory}/users`,
    `${directory}/users/${ana}`,
    `${directory}/users/nobody@lab.example.org`,
    `${directory}/groups?customer=my_customer`,
    `${directory}/groups/outer@lab.example.org`,
    `${directory}/groups/nothing`,
    `${directory}/groups/outer@lab.example.org/members?includeDerivedMembership=true`,
    `${directory}/groups/nothing/members`,
    `${directory}/groups/outer@lab.example.org/hasMember/${ana}`,
    `${directory}/groups/outer@lab.example.org/hasMember/guest@example.net`,
    `${log}?startTime=${from}&endTime=${to}`,
    log,
  ])
    await admin(path);
}

/** Google's own client library against the simulator: a second opinion on paths, query encoding and answers. */
import { admin as adminApi } from 'googleapis/build/src/apis/admin/index.js';
import { gmail as gmailApi } from 'googleapis/build/src/apis/gmail/index.js';
import { auth as googleAuth } from 'googleapis/build/src/apis/oauth2/index.js';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';
import { scopes, tokenFor } from './gmail-caller.ts';

let simulator: Simulator;
const ana = 'ana@lab.example.org';

beforeAll(async () => {
  simulator = await startSimulator();
  simulator.google.addMailbox(ana);
});
afterAll(() => simulator.stop());

async function signedIn(address: string, scope: string) {
  const client = new googleAuth.OAuth2();
  client.setCredentials({ access_token: await tokenFor(simulator, address, scope) });
  return client;
}

test('it finds, reads, marks and bins a mail', async () => {
  const auth = await signedIn(ana, scopes.modify);
  const gmail = gmailApi({
    version: 'v1',
    auth,
    rootUrl: simulator.google.gmailUrl,
    retry: false,
    fetchImplementation: fetch,
  });
  const eml = mail({ id: '<a+b%2B=/&#?c@example.net>' });
  const id = simulator.google.deliver(ana, eml);
  const q = 'rfc822msgid:a+b%2B=/&#?c@example.net';
  const found = await gmail.users.messages.list({ userId: 'me', q, includeSpamTrash: true });
  expect(found.data.messages).toEqual([{ id, threadId: id }]);
  const none = await gmail.users.messages.list({ userId: 'me', q: 'rfc822msgid:none@example.net' });
  expect(none.data.messages).toBeUndefined();
  const raw = await gmail.users.messages.get({ userId: 'me', id, format: 'raw' });
  expect(Buffer.from(raw.data.raw!, 'base64url').toString()).toBe(eml);
  const label = await gmail.users.labels.create({
    userId: 'me',
    requestBody: { name: 'Held', labelListVisibility: 'labelHide', messageListVisibility: 'hide' },
  });
  const addLabelIds = [label.data.id!, 'TRASH'];
  const moved = await gmail.users.messages.modify({
    userId: 'me',
    id,
    requestBody: { addLabelIds, removeLabelIds: ['INBOX'] },
  });
  expect(moved.data.labelIds).toEqual(['UNREAD', ...addLabelIds]);
  await expect(gmail.users.messages.get({ userId: 'me', id: '19aaaaaaaaaaaaaa' })).rejects.toMatchObject({
    status: 404,
  });
  await expect(gmail.users.messages.delete({ userId: 'me', id })).rejects.toMatchObject({ status: 403 });
});

test('it lists users, members and the log', async () => {
  simulator.google.addGroup('team@lab.example.org', [ana]);
  const auth = await signedIn(simulator.google.adminAddress, [scopes.users, scopes.members, scopes.reports].join(' '));
  const options = { auth, rootUrl: simulator.google.adminUrl, retry: false, fetchImplementation: fetch };
  const directory = adminApi({ version: 'directory_v1', ...options });
  const fields = 'users(primaryEmail,isMailboxSetup),nextPageToken';
  const users = await directory.users.list({ customer: 'my_customer', maxResults: 500, projection: 'basic', fields });
  expect(users.data.users).toContainEqual({ primaryEmail: ana, isMailboxSetup: true });
  const members = await directory.members.list({ groupKey: 'team@lab.example.org', includeDerivedMembership: true });
  expect(members.data.members!.map((member) => member.email)).toEqual([ana]);
  const reports = adminApi({ version: 'reports_v1', ...options });
  const [startTime, endTime] = [Date.now() - 60_000, Date.now() + 60_000].map((at) => new Date(at).toISOString());
  simulator.google.settings.reportsLagMs = 0;
  const log = await reports.activities.list({
    userKey: 'all',
    applicationName: 'gmail',
    startTime,
    endTime,
    filters: 'message_info.rfc2822_message_id==<a+b%2B=/&#?c@example.net>',
  });
  expect(log.data.items!.map((item) => item.actor!.email)).toEqual([ana]);
});

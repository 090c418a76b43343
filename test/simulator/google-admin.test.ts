import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';
import { adminCaller, ask, scopes, tokenFor } from './gmail-caller.ts';

let simulator: Simulator;
let call: Awaited<ReturnType<typeof adminCaller>>;
let clock = Date.UTC(2026, 10, 21, 9);
const users = '/admin/directory/v1/users';
const groups = '/admin/directory/v1/groups';

beforeAll(async () => {
  simulator = await startSimulator({ now: () => clock });
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 21, 9);
  simulator.reset();
  Object.assign(simulator.google.settings, { reportsEnabled: true, directoryQueriesPerMinute: 2400 });
  simulator.google.addMailbox('ana@lab.example.org', { displayName: 'Ana Lind', aliases: ['al@lab.example.org'] });
  simulator.google.addMailbox('ben@lab.example.org', { suspended: true });
  simulator.google.addGroup('inner@lab.example.org', ['ana@lab.example.org']);
  simulator.google.addGroup('outer@lab.example.org', ['inner@lab.example.org', 'guest@example.net']);
  call = await adminCaller(simulator);
});

test('users come in pages, by address, with what was asked for', async () => {
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const page = `${users}?customer=my_customer&maxResults=2&projection=basic&fields=users(primaryEmail,suspended,isMailboxSetup),nextPageToken`;
    const { body } = await call(`${page}${token ? `&pageToken=${token}` : ''}`);
    for (const user of body.users!) {
      expect(Object.keys(user).sort()).toEqual(['isMailboxSetup', 'primaryEmail', 'suspended']);
      seen.push(user.primaryEmail);
    }
    token = body.nextPageToken;
  } while (token);
  expect(seen).toEqual(['admin@lab.example.org', 'ana@lab.example.org', 'ben@lab.example.org']);
});

test('one user by address, alias and id; a stranger is 404', async () => {
  const { id } = (await call(`${users}/ana@lab.example.org`)).body;
  for (const key of ['al@lab.example.org', id, 'ANA@lab.example.org'])
    expect((await call(`${users}/${encodeURIComponent(key)}`)).body.primaryEmail).toBe('ana@lab.example.org');
  expect((await call(`${users}/nobody@lab.example.org`)).body.error.message).toBe('Resource Not Found: userKey');
});

test('users are asked for by query', async () => {
  const found = async (query: string) =>
    ((await call(`${users}?customer=my_customer&query=${encodeURIComponent(query)}`)).body.users ?? []).map(
      (user) => user.primaryEmail,
    );
  expect(await found('email:al@lab.example.org')).toEqual(['ana@lab.example.org']);
  expect(await found('isSuspended=true')).toEqual(['ben@lab.example.org']);
  expect(await found('email:nobody*')).toEqual([]);
  expect((await call(`${users}?customer=my_customer&query=what`)).status).toBe(400);
  expect((await call(users)).status).toBe(400);
  expect((await call(`${users}?domain=other.example`)).status).toBe(404);
});

test('members are direct, or derived when asked for', async () => {
  const members = async (more: string) =>
    ((await call(`${groups}/outer@lab.example.org/members${more}`)).body.members ?? []).map((one) => [
      one.type,
      one.email,
    ]);
  expect(await members('')).toEqual([
    ['GROUP', 'inner@lab.example.org'],
    ['USER', 'guest@example.net'],
  ]);
  expect(await members('?includeDerivedMembership=true')).toContainEqual(['USER', 'ana@lab.example.org']);
  const has = async (who: string) => (await call(`${groups}/outer@lab.example.org/hasMember/${who}`)).body.isMember;
  expect([await has('ana@lab.example.org'), await has('ben@lab.example.org')]).toEqual([true, false]);
  expect((await call(`${groups}/outer@lab.example.org/hasMember/guest@example.net`)).status).toBe(400);
  expect((await call(`${groups}/nobody@lab.example.org`)).status).toBe(404);
  expect((await call(`${groups}?userKey=ana@lab.example.org`)).body.groups!.map((group) => group.email)).toEqual([
    'inner@lab.example.org',
  ]);
});

test('only an administrator with the scope may ask, and only so often', async () => {
  const ana = await tokenFor(simulator, 'ana@lab.example.org', scopes.users);
  const url = `${simulator.google.adminUrl}${users}?customer=my_customer`;
  expect((await ask(url, 'GET', ana)).body.error.message).toBe('Not Authorized to access this resource/api');
  const unscoped = await tokenFor(simulator, simulator.google.adminAddress, scopes.reports);
  expect((await ask(url, 'GET', unscoped)).body.error.errors[0]!.reason).toBe('insufficientPermissions');
  simulator.google.settings.directoryQueriesPerMinute = 2;
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await call(`${users}/ana@lab.example.org`)).status);
  expect(statuses).toEqual([200, 200, 403]);
});

describe('the Gmail log', () => {
  const at = '/admin/reports/v1/activity/users/all/applications/gmail';
  const day = 'startTime=2026-11-20T00:00:00Z&endTime=2026-11-22T00:00:00Z';
  const filter = (id: string) => `&filters=${encodeURIComponent(`message_info.rfc2822_message_id==${id}`)}`;

  test('names the recipients of a mail, a little late', async () => {
    for (const name of ['ana', 'cid'])
      simulator.google.deliver(`${name}@lab.example.org`, mail({ id: '<a,b@example.net>' }));
    simulator.google.deliver('ana@lab.example.org', mail({ id: '<other@example.net>' }));
    const who = async () =>
      ((await call(`${at}?${day}${filter('<a,b@example.net>')}`)).body.items ?? []).map((one) => one.actor.email);
    expect(await who()).toEqual([]);
    clock += 2 * 60_000;
    expect((await who()).sort()).toEqual(['ana@lab.example.org', 'cid@lab.example.org']);
  });

  test('needs both times, at most 30 days apart, and names it knows', async () => {
    for (const query of [
      '',
      'startTime=2026-11-20T00:00:00Z',
      'startTime=yesterday&endTime=today',
      'startTime=2026-11-22T00:00:00Z&endTime=2026-11-20T00:00:00Z',
      'startTime=2026-10-01T00:00:00Z&endTime=2026-11-20T00:00:00Z',
      `${day}&filters=nonsense==1`,
      `${day}&eventName=nonsense`,
    ])
      expect([query, (await call(`${at}?${query}`)).status]).toEqual([query, 400]);
    expect((await call(`${at.replace(/gmail$/, 'post')}?${day}`)).status).toBe(400);
  });

  test('is not there in every edition', async () => {
    simulator.google.settings.reportsEnabled = false;
    expect((await call(`${at}?${day}`)).status).toBe(403);
  });
});

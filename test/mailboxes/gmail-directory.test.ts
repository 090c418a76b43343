import { mail } from './tenant.ts';
import { ANA, BEN, startWorkspace, type TestWorkspace } from './workspace.ts';

const GROUP = 'all@lab.example.org';
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await startWorkspace();
  const { google } = workspace;
  google.addMailbox(ANA, { aliases: ['a.n.a@lab.example.org'] });
  google.addMailbox(BEN);
});
afterEach(() => workspace.simulator.stop());

const idOf = (address: string) => workspace.google.workspace.user(address)?.id ?? '';

async function listed(): Promise<string[]> {
  const all: string[] = [];
  for await (const page of workspace.provider.listMailboxes()) all.push(...page.map(({ address }) => address));
  return all.sort();
}

test('everybody with Gmail who can receive is listed, page by page', async () => {
  const { google, simulator } = workspace;
  google.addMailboxes(1_100);
  google.addMailbox('left@lab.example.org', { suspended: true });
  google.addMailbox('stored@lab.example.org', { archived: true });
  google.addMailbox('nomail@lab.example.org', { mailbox: false });
  const all = await listed();
  expect(all).toHaveLength(1_102);
  expect(all).toEqual(expect.arrayContaining([ANA, BEN]));
  expect(simulator.log.list({ route: 'directoryUsers' })).toHaveLength(3);
});

test('an address is its user, by alias too, in any case', async () => {
  const { provider } = workspace;
  const ana = { provider: 'google', address: ANA, aliases: ['a.n.a@lab.example.org'], userId: idOf(ANA), kind: 'user' };
  expect(await provider.resolve(ANA.toUpperCase())).toEqual([ana]);
  expect(await provider.resolve('a.n.a@lab.example.org')).toEqual([ana]);
  expect(await provider.mailboxOfUser(idOf(ANA))).toEqual(ana);
});

test('a group is its members, those of groups inside included; strangers are not ours', async () => {
  const { google, provider } = workspace;
  google.addGroup('inner@lab.example.org', [BEN]);
  google.addGroup(GROUP, [ANA, 'inner@lab.example.org']);
  expect((await provider.resolve(GROUP)).map(({ address }) => address).sort()).toEqual([ANA, BEN]);
  for (const address of ['nobody@lab.example.org', 'x@elsewhere.example', 'no address', ''])
    expect(await provider.resolve(address)).toEqual([]);
});

test('a user without Gmail has no mailbox, by address or by subject', async () => {
  const { google, provider } = workspace;
  google.addMailbox('nomail@lab.example.org', { mailbox: false });
  expect(await provider.resolve('nomail@lab.example.org')).toEqual([]);
  expect(await provider.mailboxOfUser(idOf('nomail@lab.example.org'))).toBeNull();
  expect(await provider.mailboxOfUser('999999999999999999999')).toBeNull();
  // An address is no subject, although the directory would take it.
  expect(await provider.mailboxOfUser(ANA)).toBeNull();
});

test('membership counts through groups inside', async () => {
  const { google, provider } = workspace;
  google.addGroup('inner@lab.example.org', [BEN]);
  google.addGroup(GROUP, ['inner@lab.example.org']);
  expect(await provider.isMember(idOf(BEN), GROUP)).toBe(true);
  expect(await provider.isMember(idOf(ANA), GROUP)).toBe(false);
  expect(await provider.isMember(idOf(ANA), 'none@lab.example.org')).toBe(false);
});

test('the mail log names who received a mail, once it has caught up', async () => {
  const { google, provider, clock } = workspace;
  const id = '<a+b=c@lure.example>';
  for (const address of [ANA, BEN]) google.deliver(address, mail(id));
  google.deliver(BEN, mail('<other@lure.example>'));
  const since = new Date(clock.now() - 3_600_000);
  expect(await provider.recipientsOf(id, since)).toEqual([]);
  clock.pass(10 * 60_000);
  expect((await provider.recipientsOf(id, since))?.sort()).toEqual([ANA, BEN]);
  expect(await provider.recipientsOf('<unknown@lure.example>', since)).toEqual([]);
});

test('a longer time is asked for in windows of 30 days', async () => {
  const { provider, clock, simulator } = workspace;
  await provider.recipientsOf('<a@lure.example>', new Date(clock.now() - 70 * 86_400_000));
  expect(simulator.log.list({ route: 'reportsActivities', status: 200 })).toHaveLength(3);
});

test.each(['the edition has no log', 'the scope is not granted'])(
  'where %s, the answer is that nobody knows, and the rest works',
  async (why) => {
    const { google, provider, clock, simulator } = workspace;
    if (why === 'the edition has no log') google.settings.reportsEnabled = false;
    else google.revokeDelegation({ scopes: ['https://www.googleapis.com/auth/admin.reports.audit.readonly'] });
    for (let n = 0; n < 3; n++)
      expect(await provider.recipientsOf('<a@lure.example>', new Date(clock.now() - 60_000))).toBeNull();
    expect(simulator.log.list({ route: 'reportsActivities' }).length).toBeLessThanOrEqual(1);
    expect(await provider.resolve(ANA)).toHaveLength(1);
  },
);

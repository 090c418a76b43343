import type { Mailbox } from '../../server/mailboxes/port.ts';
import { mail, startTenant, type TestTenant } from './tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.simulator.stop());

const idOf = (address: string) => tenant.simulator.tenant.person(address)?.id ?? '';
async function listed(): Promise<Mailbox[]> {
  const all: Mailbox[] = [];
  for await (const page of tenant.provider.listMailboxes()) all.push(...page);
  return all;
}

describe('the list of mailboxes', () => {
  test('comes page by page, of members with mail only', async () => {
    tenant.simulator.addMailboxes(2_100);
    tenant.simulator.addMailbox('guest@partner.example', { userType: 'Guest' });
    const sizes: number[] = [];
    for await (const page of tenant.provider.listMailboxes()) sizes.push(page.length);
    expect(sizes).toEqual([999, 999, 102]);
  });

  test('tells aliases, ids and shared mailboxes', async () => {
    tenant.simulator.addMailbox('Ana@Example.org', {
      aliases: ['a.novak@example.org'],
      userPrincipalName: 'anov@example.net',
    });
    tenant.simulator.addMailbox('info@example.org', { kind: 'shared' });
    tenant.simulator.addMailbox('left@example.org', { accountEnabled: false });
    expect(await listed()).toEqual([
      {
        provider: 'microsoft365',
        address: 'ana@example.org',
        aliases: ['a.novak@example.org', 'anov@example.net'],
        userId: idOf('ana@example.org'),
        kind: 'user',
      },
      expect.objectContaining({ address: 'info@example.org', kind: 'shared' }),
      expect.objectContaining({ address: 'left@example.org', kind: 'user' }),
    ]);
  });

  test('leaves out whoever was found to have no mailbox, for a day', async () => {
    tenant.simulator.addMailbox('ana@example.org');
    tenant.simulator.addMailbox('paper@example.org', { mailbox: false });
    expect(await listed()).toHaveLength(2);
    await tenant.provider.findCopies(['paper@example.org'], '<one@lure.example>');
    expect((await listed()).map(({ address }) => address)).toEqual(['ana@example.org']);
    tenant.clock.pass(25 * 3_600_000);
    expect(await listed()).toHaveLength(2);
  });

  test('is tried again when the directory is busy', async () => {
    tenant.simulator.addMailboxes(3);
    tenant.simulator.faults.add({ route: 'users', times: 2, fault: { status: 429, retryAfter: 3 } });
    expect(await listed()).toHaveLength(3);
    expect(tenant.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(5_900);
  });
});

describe('who stands behind an address', () => {
  beforeEach(() => {
    tenant.simulator.addMailbox('ana@example.org', {
      aliases: ["a.o'hara+x@example.org"],
      userPrincipalName: 'ana.upn@example.net',
    });
    tenant.simulator.addMailbox('ben@example.org');
    tenant.simulator.addMailbox('guest@partner.example', { userType: 'Guest' });
    tenant.simulator.addGroup('sales@example.org', ['ben@example.org', 'guest@partner.example']);
    tenant.simulator.addGroup('all@example.org', ['ana@example.org', 'sales@example.org']);
  });
  const behind = async (address: string) => (await tenant.provider.resolve(address)).map((each) => each.address);

  test.each([
    ['ANA@example.org', ['ana@example.org']],
    ["A.O'Hara+x@example.org", ['ana@example.org']],
    ['ana.upn@example.net', ['ana@example.org']],
    ['all@example.org', ['ana@example.org', 'ben@example.org']],
    ['stranger@elsewhere.example', []],
    ["x' or mail ne '@example.org", []],
    ['undisclosed-recipients:;', []],
  ])('%s', async (address, expected) => {
    expect(await behind(address)).toEqual(expected);
    tenant.simulator.log.clear();
    expect(await behind(address)).toEqual(expected);
    expect(tenant.simulator.log.list()).toHaveLength(0);
  });

  test('a signed-in user owns a mailbox or none', async () => {
    expect(await tenant.provider.mailboxOfUser(idOf('ben@example.org'))).toMatchObject({ address: 'ben@example.org' });
    expect(await tenant.provider.mailboxOfUser(idOf('guest@partner.example'))).toBeNull();
    expect(await tenant.provider.mailboxOfUser('00000000-0000-0000-0000-000000000000')).toBeNull();
    expect(await tenant.provider.mailboxOfUser('../groups')).toBeNull();
  });

  test('membership counts through other groups, by object id or address of the group', async () => {
    const groupId = tenant.simulator.tenant.group('all@example.org')?.id ?? '';
    for (const group of [groupId, 'all@example.org', 'ALL@example.org']) {
      expect(await tenant.provider.isMember(idOf('ben@example.org'), group)).toBe(true);
    }
    expect(await tenant.provider.isMember(idOf('ana@example.org'), 'sales@example.org')).toBe(false);
    expect(await tenant.provider.isMember(idOf('ana@example.org'), 'nobody@example.org')).toBe(false);
    expect(await tenant.provider.isMember('nobody', 'all@example.org')).toBe(false);
  });
});

describe('a mailbox whose address is not its principal name', () => {
  /** As Graph does it: an object id or the principal name is a key, another address is not. */
  const strict: typeof fetch = async (input, init) => {
    const key = decodeURIComponent(/\/v1\.0\/users\/([^/?]+)\//.exec(String(input))?.[1] ?? '');
    if (key !== 'ana@example.org') return fetch(input, init);
    return Response.json({ error: { code: 'ErrorInvalidUser', message: '' } }, { status: 404 });
  };

  test('is asked by its object id once the directory has said so', async () => {
    tenant.simulator.deliver('ben@example.org', mail('<one@lure.example>'));
    tenant.simulator.addMailbox('ana@example.org', { userPrincipalName: 'anov@example.net' });
    const id = tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
    const provider = tenant.another({}, { fetch: strict });
    for (let turn = 0; turn < 2; turn++) {
      tenant.simulator.log.clear();
      const [outcome] = await provider.findCopies(['ana@example.org'], '<one@lure.example>');
      expect(outcome).toMatchObject({ ok: true, value: [{ mailbox: 'ana@example.org', providerMessageId: id }] });
      expect(tenant.simulator.log.list({ route: 'users' })).toHaveLength(turn === 0 ? 3 : 0);
    }
    expect((await provider.move('ana@example.org', id, 'Quarantine')).state).toBe('moved');
  });

  test('is known from the list of mailboxes without another question', async () => {
    tenant.simulator.addMailbox('ana@example.org', { userPrincipalName: 'anov@example.net' });
    tenant.simulator.addMailboxes(6);
    const provider = tenant.another({}, { fetch: strict });
    const addresses: string[] = [];
    for await (const page of provider.listMailboxes()) addresses.push(...page.map(({ address }) => address));
    tenant.simulator.log.clear();
    const outcomes = await provider.findCopies(addresses, '<one@lure.example>');
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(tenant.simulator.log.list({ route: 'users' })).toHaveLength(0);
    const keys = tenant.simulator.log
      .list({ route: 'find' })
      .map(({ url }) => decodeURIComponent(url.split('/')[2] ?? ''));
    expect(keys).toContain(idOf('ana@example.org'));
  });
});

describe('message trace', () => {
  const traced = () => tenant.another({ messageTrace: true });
  const since = () => new Date(tenant.clock.now() - 3_600_000);
  beforeEach(() => {
    for (const address of ['ana@example.org', 'ben@example.org']) {
      tenant.simulator.deliver(address, mail("<o'one+1@lure.example>"));
    }
    tenant.simulator.deliver('cleo@example.org', mail('<other@lure.example>'));
    tenant.clock.pass(10 * 60_000);
  });

  test('names the recipients of exactly that Message-ID', async () => {
    const recipients = await traced().recipientsOf("<o'one+1@lure.example>", since());
    expect(recipients?.sort()).toEqual(['ana@example.org', 'ben@example.org']);
  });

  test('is asked in windows of ten days', async () => {
    await traced().recipientsOf('<one@lure.example>', new Date(tenant.clock.now() - 25 * 86_400_000));
    expect(tenant.simulator.log.list({ route: 'trace' })).toHaveLength(3);
  });

  test('is not there unless it is switched on, or while it is not provisioned: then it is left alone for an hour', async () => {
    expect(await tenant.provider.recipientsOf('<one@lure.example>', since())).toBeNull();
    tenant.simulator.settings.traceProvisioned = false;
    const provider = traced();
    expect(await provider.recipientsOf('<one@lure.example>', since())).toBeNull();
    const asked = tenant.simulator.log.list({ route: 'trace' }).length;
    tenant.simulator.settings.traceProvisioned = true;
    expect(await provider.recipientsOf('<other@lure.example>', since())).toBeNull();
    expect(tenant.simulator.log.list({ route: 'trace' })).toHaveLength(asked);
    tenant.clock.pass(3_600_000);
    expect(await provider.recipientsOf('<other@lure.example>', new Date(0))).toEqual(['cleo@example.org']);
  });
});

import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { mail, onlyCopy } from './tenant.ts';
import { ANA, BEN, startWorkspace, type TestWorkspace } from './workspace.ts';

const ID = '<lure-3@lure.example>';
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.simulator.stop());

/** `found`, `clean`, or the code or text of the error. */
async function find(mailbox: string, provider = workspace.provider): Promise<string> {
  const [outcome] = await provider.findCopies([mailbox], ID);
  if (outcome?.ok) return outcome.value.length > 0 ? 'found' : 'clean';
  return outcome?.error instanceof PermanentError ? outcome.error.code : 'temporary';
}

function many(count: number): string[] {
  const { google } = workspace;
  google.addMailboxes(count);
  return google.workspace.users.map(({ primaryEmail }) => primaryEmail).filter((one) => one.startsWith('user'));
}

describe('a subject that is refused', () => {
  test('speaks for itself while the administrator is let in', async () => {
    const { google } = workspace;
    google.deliver(ANA, mail(ID));
    google.addMailbox(BEN, { suspended: true });
    google.addMailbox('nomail@lab.example.org', { mailbox: false });
    expect(await find('nobody@lab.example.org')).toBe('no_mailbox');
    expect(await find(BEN)).toBe('no_mailbox');
    expect(await find('nomail@lab.example.org')).toBe('no_mailbox');
    expect(await find(ANA)).toBe('found');
  });

  test('is remembered, and the administrator is not asked about for each', async () => {
    const { google, simulator } = workspace;
    for (let n = 0; n < 20; n++) expect(await find(`nobody${n}@lab.example.org`)).toBe('no_mailbox');
    for (let n = 0; n < 20; n++) expect(await find(`nobody${n}@lab.example.org`)).toBe('no_mailbox');
    expect(simulator.log.list({ route: 'googleToken' })).toHaveLength(21);
    expect(simulator.log.list({ route: 'googleToken', mailbox: google.adminAddress })).toHaveLength(1);
  });

  test('speaks for all when the delegation is withdrawn, and all is well when it is back', async () => {
    const { google, provider } = workspace;
    const id = google.deliver(ANA, mail(ID));
    expect(await find(ANA)).toBe('found');
    google.revokeDelegation();
    expect(await find(ANA)).toBe('consent-revoked');
    await expect(provider.move(ANA, id, 'Quarantine')).rejects.toMatchObject({ code: 'consent-revoked' });
    await expect(provider.listMailboxes()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'consent-revoked',
    });
    google.grantDelegation();
    expect(await find(ANA)).toBe('found');
  });
});

test('a token that Google forgot is asked for once more, alone and in a batch', async () => {
  const { google, provider } = workspace;
  const users = many(60);
  for (const user of users) google.deliver(user, mail(ID));
  google.deliver(ANA, mail(ID));
  await provider.findCopies([...users, ANA], ID);
  google.desk.forget();
  expect(await find(ANA)).toBe('found');
  const outcomes = await provider.findCopies(users, ID);
  expect(outcomes.filter((outcome) => outcome.ok && outcome.value.length === 1)).toHaveLength(60);
});

test('where a batch may not span mailboxes, all are found all the same, and batches are left alone for an hour', async () => {
  const { google, provider, simulator, clock } = workspace;
  google.settings.batchAcrossUsers = false;
  const users = many(60);
  for (const user of users) google.deliver(user, mail(ID, user));
  const sweep = async () => {
    const outcomes = await provider.findCopies(users, ID);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.map(({ subject }) => subject))).toEqual(
      users.map((user) => [user]),
    );
  };
  await sweep();
  simulator.log.clear();
  await sweep();
  expect(simulator.log.list().filter(({ batch }) => batch !== null)).toEqual([]);
  clock.pass(3_700_000);
  google.settings.batchAcrossUsers = true;
  await sweep();
  expect(simulator.log.list({ route: 'gmailList' }).some(({ batch }) => batch !== null)).toBe(true);
});

test.each([
  ['refuses', { status: 404 }],
  ['refuses with 400', { status: 400 }],
  ['is down', { status: 503 }],
  ['resets', { lost: 'reset' as const }],
])('a batch endpoint that %s costs no copy', async (_, fault) => {
  const { google, provider, simulator } = workspace;
  const users = many(60);
  for (const user of users) google.deliver(user, mail(ID));
  simulator.faults.add({ route: 'gmailBatch', times: 1, fault });
  const outcomes = await provider.findCopies(users, ID);
  expect(outcomes.filter((outcome) => outcome.ok && outcome.value.length === 1)).toHaveLength(60);
});

test('mailboxes in trouble are told apart from those around them in the same batch', async () => {
  const { google, provider, simulator } = workspace;
  const users = many(50);
  for (const user of users) google.deliver(user, mail(ID));
  simulator.faults.add({ mailbox: users[1], route: 'gmailList', fault: { status: 500 } });
  simulator.faults.add({ mailbox: users[2], route: 'gmailList', times: 2, fault: { status: 503 } });
  simulator.faults.add({ mailbox: users[3], route: 'gmailGet', times: 1, fault: { status: 429 } });
  simulator.faults.add({ mailbox: users[4], route: 'gmailList', fault: { status: 403, code: 'domainPolicy' } });
  simulator.faults.add({ mailbox: users[5], route: 'gmailGet', times: 1, fault: { ownerDeletes: true } });
  const outcomes = await provider.findCopies(users, ID);
  const said = outcomes.map((outcome) => (outcome.ok ? outcome.value.length : outcome.error));
  expect(said[1]).toBeInstanceOf(TemporaryError);
  expect(said[4]).toMatchObject({ code: 'not_authorized' });
  expect(said[5]).toBe(0);
  expect(said.filter((one) => one === 1)).toHaveLength(47);
});

test('a project that shares its quota with others gets through by waiting', async () => {
  const { google, provider } = workspace;
  const users = many(120);
  for (const user of users.slice(0, 3)) google.deliver(user, mail(ID));
  google.settings.unitsPerProjectMinute = 300;
  let open = users;
  let found = 0;
  for (let round = 0; round < 20 && open.length > 0; round++) {
    const outcomes = await provider.findCopies(open, ID);
    found += outcomes.filter((outcome) => outcome.ok && outcome.value.length === 1).length;
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error).toBeInstanceOf(TemporaryError);
    open = open.filter((_, at) => !outcomes[at]?.ok);
    workspace.clock.pass(60_000);
  }
  expect([open.length, found]).toEqual([0, 3]);
});

test('the daily quota is waited for in long breaths', async () => {
  const { google, provider } = workspace;
  google.deliver(ANA, mail(ID));
  google.exhaustDailyQuota();
  const [outcome] = await provider.findCopies([ANA], ID);
  expect(outcome).toMatchObject({ ok: false, error: { name: 'TemporaryError', retryAfterMs: 3_600_000 } });
  google.restoreDailyQuota();
  workspace.clock.pass(3_600_001);
  expect((await onlyCopy(provider, ANA, ID)).subject).toBe('Your invoice');
});

test.each([
  ['is down', { status: 503 }],
  ['is reset', { lost: 'reset' as const }],
  ['throttles', { status: 429, retryAfter: 3 }],
])('a token endpoint that %s for a moment is asked again', async (_, fault) => {
  workspace.google.deliver(ANA, mail(ID));
  workspace.simulator.faults.add({ route: 'googleToken', times: 1, fault });
  expect(await find(ANA)).toBe('found');
});

test('silence ends', async () => {
  const { google, another, simulator } = workspace;
  google.deliver(ANA, mail(ID));
  simulator.faults.add({ route: 'gmailList', times: 1, fault: { lost: 'silence' } });
  expect(await find(ANA, another({ timeoutMs: 300 }))).toBe('found');
});

test('settings that cannot work are refused at once', () => {
  const { another, google } = workspace;
  expect(() => another({ gmailUrl: 'http://gmail.example' })).toThrow(PermanentError);
  const key = { clientEmail: 'x@y.example', privateKeyId: null, tokenUri: google.tokenUrl };
  expect(() => another({ serviceAccount: { ...key, privateKey: 'SECRET' } })).toThrow(/^(?!.*SECRET)/);
  const tokenUri = 'http://oauth2.example/token';
  const { privateKey } = { privateKey: google.serviceAccount.private_key };
  expect(() => another({ serviceAccount: { ...key, privateKey, tokenUri } })).toThrow(PermanentError);
});

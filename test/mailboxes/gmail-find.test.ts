import { queryOf } from '../../server/mailboxes/gmail-find.ts';
import { mail, onlyCopy } from './tenant.ts';
import { ANA, BEN, startWorkspace, type TestWorkspace } from './workspace.ts';

const ID = '<lure-1@lure.example>';
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.simulator.stop());

test('a copy is shown with its labels, read state and stars', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID, 'Your invoice'), { labels: ['INBOX', 'STARRED', 'CATEGORY_UPDATES'] });
  const copy = await onlyCopy(provider, ANA, ID);
  expect(copy).toMatchObject({
    mailbox: ANA,
    providerMessageId: id,
    internetMessageId: ID,
    subject: 'Your invoice',
    folder: '',
    flag: 'STARRED',
    importance: '',
    categories: ['CATEGORY_UPDATES'],
  });
  expect(copy.labels).toEqual(expect.arrayContaining(['INBOX', 'STARRED', 'CATEGORY_UPDATES']));
  expect(copy.isRead).toBe(!copy.labels.includes('UNREAD'));
  expect(Date.parse(copy.receivedAt ?? '')).not.toBeNaN();
  expect(await provider.readCopy(ANA, id)).toEqual(copy);
});

test('copies in the bin and in spam are found as well, newest first', async () => {
  const { google, provider, clock } = workspace;
  for (const labels of [['INBOX'], ['TRASH'], ['SPAM']]) {
    google.deliver(ANA, mail(ID), { labels });
    clock.pass(1_000);
  }
  const [outcome] = await provider.findCopies([ANA], ID);
  expect(outcome?.ok && outcome.value.map(({ labels }) => labels.filter((one) => one !== 'UNREAD'))).toEqual([
    ['SPAM'],
    ['TRASH'],
    ['INBOX'],
  ]);
});

test.each([
  ['<a+b%c&d=e#f?g@lure.example>'],
  ["<o'hara/x*y!@lure.example>"],
  ['<with blank@lure.example>'],
  ['<(round)@lure.example>'],
  ['<{curly}@lure.example>'],
  ['<-minus@lure.example>'],
  ['<ümlaut-雪@lure.example>'],
])('the id %s finds its mail and no other', async (id) => {
  const { google, provider } = workspace;
  google.deliver(ANA, mail(id));
  google.deliver(ANA, mail('<other@lure.example>'));
  expect((await onlyCopy(provider, ANA, id)).internetMessageId).toBe(id);
});

test('a Message-ID that is a search in disguise finds nothing else', async () => {
  const { google, provider } = workspace;
  google.deliver(ANA, mail('<innocent@example.org>', 'Salary'));
  for (const id of [
    '<x OR in:anywhere>',
    '<x" OR "salary>',
    '<x) OR (in:inbox>',
    '<{x in:inbox}>',
    '<x\r\n OR in:inbox>',
  ])
    expect(await provider.findCopies([ANA], id)).toEqual([{ ok: true, value: [] }]);
  expect(queryOf('<x OR in:anywhere>')).toBe('rfc822msgid:"x OR in:anywhere"');
});

test('an empty Message-ID is refused before anything is asked', async () => {
  const [outcome] = await workspace.provider.findCopies([ANA], ' <> ');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'bad_message_id' } });
  expect(workspace.simulator.log.list()).toHaveLength(0);
});

test('120 mailboxes are asked in three batches, and each answer reaches its own mailbox', async () => {
  const { google, provider, simulator } = workspace;
  google.addMailboxes(120);
  const mailboxes = google.workspace.users
    .map(({ primaryEmail }) => primaryEmail)
    .filter((one) => one.startsWith('user'));
  const hits = mailboxes.filter((_, at) => at % 7 === 3);
  const ids = new Map(hits.map((address) => [address, google.deliver(address, mail(ID, `for ${address}`))]));
  const outcomes = await provider.findCopies(mailboxes, ID);
  for (const [at, address] of mailboxes.entries()) {
    const id = ids.get(address);
    const outcome = outcomes[at];
    if (!outcome?.ok) throw outcome?.error;
    expect(outcome.value.map((copy) => [copy.mailbox, copy.providerMessageId, copy.subject])).toEqual(
      id ? [[address, id, `for ${address}`]] : [],
    );
  }
  const batches = new Set(
    simulator.log
      .list()
      .map(({ batch }) => batch)
      .filter((batch) => batch !== null),
  );
  expect(batches.size).toBe(4);
  // One list a mailbox, one get a hit: nothing is asked twice.
  expect(google.quota.spent).toBe(120 * 5 + hits.length * 20);
});

test('250 copies in one mailbox are found by three finds, none of them long: each reads on behind the one before', async () => {
  const { google, provider, clock } = workspace;
  for (let n = 0; n < 250; n++) google.deliver(ANA, mail(ID));
  google.deliver(BEN, mail(ID));
  let finds = 0;
  for (let found = 0; found < 250; finds++) {
    if (finds === 10) throw new Error('no end of it');
    const startedAt = clock.now();
    const [ana, ben] = await provider.findCopies([ANA, BEN], ID);
    expect(clock.now() - startedAt).toBeLessThan(20_000);
    // The neighbour does not wait for the bomb.
    expect(ben).toMatchObject({ ok: true, value: [{ mailbox: BEN }] });
    if (ana?.ok) found = new Set(ana.value.map(({ providerMessageId }) => providerMessageId)).size;
    else expect(ana?.error).toMatchObject({ retryAfterMs: 20_000 });
    await clock.sleep(60_000);
  }
  expect(finds).toBe(3);
  // Nothing is remembered of a find that is over: the owner's changes show.
  const before = google.quota.spent;
  await provider.findCopies([ANA], ID);
  expect(google.quota.spent - before).toBe(5 + 100 * 20);
});

test('the exact bytes come back, 8-bit ones included', async () => {
  const { google, provider } = workspace;
  const raw = Buffer.concat([Buffer.from(mail(ID)), Buffer.from([0xe9, 0x00, 0xff, 0x0a])]);
  const id = google.deliver(ANA, raw);
  expect(Buffer.from((await provider.readRaw(ANA, id)) ?? [])).toEqual(raw);
});

test('what is not there is null, in the wrong mailbox too', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID));
  google.addMailbox(BEN);
  for (const [mailbox, which] of [
    [BEN, id],
    [ANA, '0'],
    [ANA, 'ffffffffffffffff'],
    [ANA, 'no id at all'],
  ] as const) {
    expect(await provider.readCopy(mailbox, which)).toBeNull();
    expect(await provider.readRaw(mailbox, which)).toBeNull();
  }
});

test('ids of the page and of the API become the one the API takes', async () => {
  const { provider, google } = workspace;
  const id = google.deliver(ANA, mail(ID));
  const decimal = BigInt(`0x${id}`);
  expect(await provider.toImmutableId(ANA, `msg-f:${decimal}`)).toBe(id);
  expect(await provider.toImmutableId(ANA, `#msg-f:${decimal}`)).toBe(id);
  expect(await provider.toImmutableId(ANA, id.toUpperCase())).toBe(id);
  expect(await provider.toImmutableId(ANA, 'msg-f:1871234567890123456')).toBe('19f7f5ecde85bac0');
  for (const wrong of [
    '',
    'msg-a:r123',
    'thread-f:123',
    'msg-f:',
    'msg-f:99999999999999999999',
    'msg-f:0',
    '../x',
    'AAMkAGI=',
  ])
    expect(await provider.toImmutableId(ANA, wrong)).toBeNull();
});

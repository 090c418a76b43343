import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { DESTINATIONS } from '../../shared/retraction.ts';
import { mail, onlyCopy } from './tenant.ts';
import { ANA, labelsOf, startWorkspace, type TestWorkspace } from './workspace.ts';

const ID = '<lure-2@lure.example>';
const MARKER = 'Reelback Quarantine';
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.simulator.stop());

async function moved(id: string, destination: (typeof DESTINATIONS)[number], by = workspace.provider) {
  const result = await by.move(ANA, id, destination);
  if (result.state !== 'moved') throw new Error(result.state);
  return result;
}

test('quarantine is the bin with a hidden label, and the move tells the labels of the moment before', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', 'UNREAD', 'STARRED', 'Project X'] });
  const before = await onlyCopy(provider, ANA, ID);
  // The owner stars nothing and reads it between the find and the move: the later state counts.
  google.userReads(ANA, id);
  const result = await moved(id, 'Quarantine');
  expect(labelsOf(google, ANA)).toEqual(['Project X', MARKER, 'STARRED', 'TRASH'].sort());
  expect(result.copy.isRead).toBe(true);
  expect([...(result.labelsBefore ?? [])].sort()).toEqual(before.labels.filter((one) => one !== 'UNREAD').sort());
  const label = google.workspace.mailboxOrThrow(ANA).label(MARKER);
  expect(label).toMatchObject({ labelListVisibility: 'labelHide', messageListVisibility: 'hide' });
});

test('a copy that another worker has moved meanwhile is no pre-image: only the first one tells labels', async () => {
  const { google, another } = workspace;
  const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', 'STARRED'] });
  const before = labelsOf(google, ANA);
  expect((await moved(id, 'Quarantine')).labelsBefore?.sort()).toEqual(before);
  expect((await moved(id, 'Quarantine', another())).labelsBefore).toBeUndefined();
  const many = await another().moveMany?.([{ mailbox: ANA, providerMessageId: id }], 'Quarantine');
  expect(many).toMatchObject([{ ok: true, value: { state: 'moved' } }]);
  expect(many?.[0]).not.toHaveProperty('value.labelsBefore');
});

test.each([
  ['JunkEmail', ['SPAM', 'STARRED']],
  ['DeletedItems', ['STARRED', 'TRASH']],
  ['Inbox', ['INBOX', 'STARRED']],
] as const)('%s leaves the labels %j, and no marker', async (destination, expected) => {
  const { google, provider } = workspace;
  const from = destination === 'Inbox' ? ['SPAM', 'STARRED'] : ['INBOX', 'STARRED'];
  const id = google.deliver(ANA, mail(ID), { labels: from });
  await moved(id, destination);
  expect(labelsOf(google, ANA).filter((one) => one !== 'UNREAD')).toEqual(expected);
  expect(await provider.isIn(await onlyCopy(provider, ANA, ID), destination)).toBe(true);
});

test('deleted for good is gone for everybody; recoverable items do not exist here', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID));
  await expect(provider.move(ANA, id, 'RecoverableItemsDeletions')).rejects.toMatchObject({ code: 'unsupported' });
  expect(google.copies(ANA)).toHaveLength(1);
  expect((await moved(id, 'RecoverableItemsPurges')).labelsBefore).toContain('INBOX');
  expect(google.copies(ANA)).toHaveLength(0);
  expect(await provider.move(ANA, id, 'RecoverableItemsPurges')).toEqual({ state: 'gone' });
});

test('without the scope to delete for good only that is refused', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID));
  google.revokeDelegation({ scopes: ['https://mail.google.com/'] });
  await expect(provider.move(ANA, id, 'RecoverableItemsPurges')).rejects.toMatchObject({ code: 'not_authorized' });
  expect(google.copies(ANA)).toHaveLength(1);
  expect((await provider.move(ANA, id, 'Quarantine')).state).toBe('moved');
});

test('a copy the owner emptied from the bin is gone', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID));
  google.remove(ANA, id);
  expect(await provider.move(ANA, id, 'Quarantine')).toEqual({ state: 'gone' });
  expect(await provider.restore(ANA, id, { folder: '', labels: ['INBOX'], isRead: true })).toEqual({ state: 'gone' });
});

test('the owner deletes the marker label: it is made anew, and the copy moves', async () => {
  const { google, provider } = workspace;
  await moved(google.deliver(ANA, mail(ID)), 'Quarantine');
  google.userDeletesLabel(ANA, MARKER);
  const id = google.deliver(ANA, mail('<second@lure.example>'));
  await moved(id, 'Quarantine');
  const copy = await onlyCopy(provider, ANA, '<second@lure.example>');
  expect(await provider.isIn(copy, 'Quarantine')).toBe(true);
  // The first lost its mark: to us it is a mail in its owner's bin.
  expect(await workspace.another().isIn(await onlyCopy(provider, ANA, ID), 'Quarantine')).toBe(false);
});

test('a visible label of our name is its owner’s, and ours gets another', async () => {
  const { google, provider } = workspace;
  const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', MARKER] });
  google.workspace.mailboxOrThrow(ANA);
  await moved(id, 'Quarantine');
  expect(labelsOf(google, ANA)).toEqual(expect.arrayContaining([MARKER, `${MARKER} (hidden)`, 'TRASH']));
  const copy = await onlyCopy(provider, ANA, ID);
  expect(await provider.isIn(copy, 'Quarantine')).toBe(true);
});

test('two servers at once make one marker label', async () => {
  const { google, provider, another } = workspace;
  const ids = ['<a@lure.example>', '<b@lure.example>'].map((id) => google.deliver(ANA, mail(id)));
  await Promise.all([moved(ids[0]!, 'Quarantine', provider), moved(ids[1]!, 'Quarantine', another())]);
  const markers = new Set(
    google.copies(ANA).map(({ labels }) => labels.filter((one) => one.startsWith(MARKER)).join()),
  );
  expect([...markers]).toEqual([MARKER]);
});

describe('restoring', () => {
  const first = ['INBOX', 'UNREAD', 'STARRED', 'IMPORTANT', 'CATEGORY_PROMOTIONS', 'Project X'];
  test.each([
    ['unread, starred, with a label of its own', first],
    ['read and archived', ['Project X']],
    ['from spam', ['SPAM', 'UNREAD']],
    ['from the owner’s bin', ['TRASH']],
    ['without any label', []],
  ])('brings back exactly what was there: %s', async (_, labels) => {
    const { google, provider } = workspace;
    const id = google.deliver(ANA, mail(ID), { labels });
    if (!labels.includes('UNREAD')) google.userReads(ANA, id);
    const before = labelsOf(google, ANA);
    const found = await onlyCopy(provider, ANA, ID);
    const result = await moved(id, 'Quarantine');
    expect(labelsOf(google, ANA)).toEqual(expect.arrayContaining([MARKER, 'TRASH']));
    const preimage = { folder: '', labels: result.labelsBefore ?? found.labels, isRead: result.copy.isRead };
    expect(await provider.restore(ANA, id, preimage)).toMatchObject({ state: 'restored', fallback: false });
    expect(labelsOf(google, ANA)).toEqual(before);
    const spent = google.quota.spent;
    expect(await provider.restore(ANA, id, preimage)).toMatchObject({ state: 'restored', fallback: false });
    expect(google.quota.spent - spent).toBe(20);
  });

  test('puts the read state back although the owner read it in the bin', async () => {
    const { google, provider } = workspace;
    const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', 'UNREAD'] });
    const { labelsBefore = [], copy } = await moved(id, 'Quarantine');
    google.userReads(ANA, id);
    await provider.restore(ANA, id, { folder: '', labels: labelsBefore, isRead: copy.isRead });
    expect(labelsOf(google, ANA)).toEqual(['INBOX', 'UNREAD']);
  });

  test('without the label that its owner deleted meanwhile, and says so', async () => {
    const { google, provider } = workspace;
    const id = google.deliver(ANA, mail(ID), { labels: ['Project X'] });
    const { labelsBefore = [], copy } = await moved(id, 'Quarantine');
    google.userDeletesLabel(ANA, 'Project X');
    const result = await provider.restore(ANA, id, { folder: '', labels: labelsBefore, isRead: copy.isRead });
    expect(result).toMatchObject({ state: 'restored', fallback: true });
    expect(labelsOf(google, ANA)).toContain('INBOX');
  });

  test('of a copy that was first seen in our quarantine goes to the inbox', async () => {
    const { google, provider, another } = workspace;
    const id = google.deliver(ANA, mail(ID), { labels: ['Project X'] });
    await moved(id, 'Quarantine');
    const seen = await onlyCopy(another(), ANA, ID);
    const result = await provider.restore(ANA, id, { folder: '', labels: seen.labels, isRead: seen.isRead });
    expect(result).toMatchObject({ state: 'restored', fallback: true });
    expect(labelsOf(google, ANA).filter((one) => one !== 'UNREAD')).toEqual(['INBOX', 'Project X'].sort());
  });

  test('works as well where the bin pushes the inbox out by itself', async () => {
    const { google, provider } = workspace;
    google.settings.exclusiveLabels = true;
    const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', 'STARRED'] });
    const before = labelsOf(google, ANA);
    const { labelsBefore = [], copy } = await moved(id, 'Quarantine');
    await provider.restore(ANA, id, { folder: '', labels: labelsBefore, isRead: copy.isRead });
    expect(labelsOf(google, ANA)).toEqual(before);
  });
});

describe('when an answer is lost', () => {
  const LOST = [
    ['the claim, before it arrived', 0, false],
    ['the claim, after it was carried out', 0, true],
    ['the removal, before it arrived', 1, false],
    ['the removal, after it was carried out', 1, true],
  ] as const;
  test.each(LOST)('%s: the outcome is unknown, and the copy tells', async (_, skip, afterEffect) => {
    const { google, provider, simulator } = workspace;
    const id = google.deliver(ANA, mail(ID), { labels: ['INBOX', 'STARRED'] });
    const before = labelsOf(google, ANA);
    const fault = { lost: 'reset' as const, afterEffect };
    simulator.faults.add({ mailbox: ANA, route: 'gmailModify', skip, times: 1, fault });
    const error = await provider.move(ANA, id, 'Quarantine').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TemporaryError);
    expect((error as TemporaryError).outcomeUnknown).toBe(true);
    const seen = await provider.readCopy(ANA, id);
    if (!seen) throw new Error('gone');
    const there = await provider.isIn(seen, 'Quarantine');
    expect(there).toBe(skip === 1 && afterEffect);
    // Found again with the marker on it, moved, and restored as if nothing had happened.
    const preimage = there ? ['INBOX', 'STARRED', 'UNREAD'] : ((await moved(id, 'Quarantine')).labelsBefore ?? []);
    await provider.restore(ANA, id, { folder: '', labels: preimage, isRead: seen.isRead });
    expect(labelsOf(google, ANA)).toEqual(before);
  });

  test('an answer to the claim that shows no marker is no pre-image: nothing is removed', async () => {
    const { google, another } = workspace;
    const id = google.deliver(ANA, mail(ID));
    const blind: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      return String(input).endsWith('/modify') ? Response.json({ id }) : response;
    };
    await expect(another({}, { fetch: blind }).move(ANA, id, 'Quarantine')).rejects.toMatchObject({
      name: 'TemporaryError',
      outcomeUnknown: true,
    });
    expect(labelsOf(google, ANA)).toContain('INBOX');
  });

  test.each([500, 503, 504])('status %i after a write leaves the outcome open, once', async (status) => {
    const { google, provider, simulator } = workspace;
    const id = google.deliver(ANA, mail(ID));
    simulator.faults.add({ mailbox: ANA, route: 'gmailModify', times: 1, fault: { status } });
    await expect(provider.move(ANA, id, 'Quarantine')).rejects.toMatchObject({ outcomeUnknown: true });
    expect(simulator.log.list({ route: 'gmailModify' })).toHaveLength(1);
  });

  test.each([403, 429] as const)('quota as %i leaves it as it was, and says when', async (quotaStatus) => {
    const { google, simulator } = workspace;
    const id = google.deliver(ANA, mail(ID));
    google.settings.quotaStatus = quotaStatus;
    google.settings.unitsPerUserMinute = 4;
    const error = await workspace.provider.move(ANA, id, 'Quarantine').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'TemporaryError', outcomeUnknown: false });
    expect((error as TemporaryError).retryAfterMs).toBeGreaterThan(0);
    expect(simulator.log.list({ route: 'gmailModify', status: 200 })).toHaveLength(0);
  });
});

describe('many moves', () => {
  test('across 60 mailboxes take two waves, and every outcome is its own copy’s', async () => {
    const { google, provider, simulator } = workspace;
    google.addMailboxes(60);
    const users = google.workspace.users
      .map(({ primaryEmail }) => primaryEmail)
      .filter((one) => one.startsWith('user'));
    const copies = users.map((mailbox) => ({ mailbox, providerMessageId: google.deliver(mailbox, mail(ID)) }));
    google.remove(users[7]!, copies[7]!.providerMessageId);
    simulator.faults.add({ mailbox: users[9], route: 'gmailModify', skip: 1, times: 1, fault: { status: 503 } });
    simulator.faults.add({ mailbox: users[11], route: 'gmailModify', times: 1, fault: { status: 429 } });
    const outcomes = await provider.moveMany!(copies, 'Quarantine');
    for (const [at, outcome] of outcomes.entries()) {
      if (at === 7) expect(outcome).toEqual({ ok: true, value: { state: 'gone' } });
      else if (at === 9) expect(outcome).toMatchObject({ ok: false, error: { outcomeUnknown: true } });
      else if (at === 11) expect(outcome).toMatchObject({ ok: false, error: { outcomeUnknown: false } });
      else {
        expect(outcome).toMatchObject({ ok: true, value: { state: 'moved', copy: copies[at] } });
        expect(outcome.ok && outcome.value.state === 'moved' && outcome.value.labelsBefore).toContain('INBOX');
        expect(labelsOf(google, users[at]!)).toEqual(expect.arrayContaining([MARKER, 'TRASH']));
      }
    }
    const batches = new Set(simulator.log.list({ route: 'gmailModify' }).map(({ batch }) => batch));
    expect(batches.size).toBe(4);
    expect(batches.has(null)).toBe(false);
  });

  test('a lost batch leaves all its outcomes open, and nothing is sent twice', async () => {
    const { google, provider, simulator } = workspace;
    google.addMailboxes(5);
    const users = google.workspace.users
      .map(({ primaryEmail }) => primaryEmail)
      .filter((one) => one.startsWith('user'));
    const copies = users.map((mailbox) => ({ mailbox, providerMessageId: google.deliver(mailbox, mail(ID)) }));
    const fault = { lost: 'reset' as const, afterEffect: true };
    simulator.faults.add({ mailbox: users[2], route: 'gmailModify', times: 1, fault });
    const outcomes = await provider.moveMany!(copies, 'Quarantine');
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, error: { outcomeUnknown: true } });
    expect(simulator.log.list({ route: 'gmailModify' }).length).toBeLessThanOrEqual(5);
  });

  test('to where nothing can be moved is refused', async () => {
    const move = async () => workspace.provider.moveMany!([], 'RecoverableItemsDeletions');
    await expect(move()).rejects.toBeInstanceOf(PermanentError);
  });
});

test('every place has a name for people', async () => {
  const name = (labels: string[]) => workspace.provider.folderName(ANA, '', labels);
  expect(await Promise.all([['INBOX', 'UNREAD'], ['TRASH'], ['SPAM'], ['Label_1'], []].map(name))).toEqual([
    'Inbox',
    'Trash',
    'Spam',
    'All Mail',
    'All Mail',
  ]);
  for (const destination of DESTINATIONS.filter((one) => one !== 'RecoverableItemsDeletions'))
    expect(await workspace.provider.destinationFolder(ANA, destination)).toBe('');
});

import { LedgerWriter } from '../../server/retraction/ledger-writer.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { copiesOfMailbox } from '../../server/store/retraction-copies.ts';
import { addScope, claimMailboxes, type FindRecord } from '../../server/store/retraction-mailboxes.ts';
import { retractionProgress } from '../../server/store/retraction-progress.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { foundIn, insertRunning } from './running.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const OWNER = 'own_1';
const mailboxes = Array.from({ length: 300 }, (_, at) => `user${at}@example.org`);
const find = (mailbox: string): FindRecord => ({ mailbox, cleanFinds: 0, dueAt: NOW, closed: false, reason: null });

let database: TestDatabase;
let store: Store;
let transactions = 0;
let refuse = 0;

beforeAll(async () => {
  database = await createDatabase();
  const real = openStore(database.url, () => {});
  store = {
    ...real,
    inTransaction: (work) => {
      transactions++;
      return refuse-- > 0 ? Promise.reject(new Error('the database went away')) : real.inTransaction(work);
    },
  };
});

beforeEach(() => {
  transactions = 0;
  refuse = 0;
});

afterAll(async () => {
  await store.close();
  await database.drop();
});

async function writerOf(id: string): Promise<LedgerWriter> {
  await insertRunning(store.db, id);
  const scope = mailboxes.map((mailbox) => ({ mailbox, provider: 'google' as const, priority: 3 as const }));
  await addScope(store.db, id, scope, NOW);
  const claim = { retractionId: id, owner: OWNER, now: NOW, leaseMs: 60_000, limit: 1_000, firstFindOnly: false };
  expect(await claimMailboxes(store.db, claim)).toHaveLength(300);
  return new LedgerWriter({ store, now: () => NOW }, id, OWNER);
}

test('what many mailboxes show at once stands in few transactions, every row of it', async () => {
  const writer = await writerOf('ret_many');
  await Promise.all(
    mailboxes.map((mailbox) => writer.write({ find: find(mailbox), rows: [foundIn(mailbox, 'ret_many')] })),
  );
  expect(transactions).toBeLessThan(5);
  expect(await retractionProgress(store.db, 'ret_many')).toMatchObject({ found: 300, searched: 300, unsearched: 0 });
  const [copy] = await copiesOfMailbox(store.db, 'ret_many', 'user7@example.org');
  expect(copy).toMatchObject({ labels: ['INBOX', 'UNREAD'], categories: [], was_read: false, reason: null });
  expect(copy?.received_at).toEqual(new Date('2026-11-21T11:00:00Z'));
});

test('a transaction that fails fails those in it, and the next one stands', async () => {
  const writer = await writerOf('ret_fails');
  refuse = 1;
  const first = writer.write({ find: find('user0@example.org'), rows: [foundIn('user0@example.org', 'ret_fails')] });
  const second = writer.write({ find: find('user1@example.org'), rows: [foundIn('user1@example.org', 'ret_fails')] });
  await expect(first).rejects.toThrow('went away');
  await second;
  expect(await copiesOfMailbox(store.db, 'ret_fails', 'user0@example.org')).toEqual([]);
  expect(await copiesOfMailbox(store.db, 'ret_fails', 'user1@example.org')).toHaveLength(1);
  expect(await retractionProgress(store.db, 'ret_fails')).toMatchObject({ found: 1, unsearched: 299 });
});

test('a NUL in a header keeps no copy out of the ledger, nor its neighbours', async () => {
  const writer = await writerOf('ret_nul');
  const rows = [foundIn('user0@example.org', 'ret_nul', { subject: 'Pay\u0000 now', receivedAt: null })];
  await Promise.all([
    writer.write({ find: find('user0@example.org'), rows }),
    writer.write({ find: find('user1@example.org'), rows: [foundIn('user1@example.org', 'ret_nul')] }),
  ]);
  expect(await copiesOfMailbox(store.db, 'ret_nul', 'user0@example.org')).toMatchObject([{ subject: 'Pay now' }]);
  expect(await copiesOfMailbox(store.db, 'ret_nul', 'user1@example.org')).toHaveLength(1);
});

test('each suite is searched by waves of its own, and a mailbox of a suite nobody looks after by any', async () => {
  const id = 'ret_suites';
  await insertRunning(store.db, id);
  const [ana, ben] = ['ana@example.org', 'ben@lab.example.org'];
  await addScope(store.db, id, [{ mailbox: ana, provider: 'microsoft365', priority: 0 }], NOW);
  await addScope(store.db, id, [{ mailbox: ben, provider: 'google', priority: 3 }], NOW);
  const claim = { retractionId: id, now: NOW, leaseMs: 60_000, limit: 10, firstFindOnly: false };
  const claimed = async (owner: string, except: ('google' | 'microsoft365')[]) =>
    (await claimMailboxes(store.db, { ...claim, owner, except })).map(({ mailbox }) => mailbox);
  expect(await claimed('own_google', ['microsoft365'])).toEqual([ben]);
  expect(await claimed('own_google', ['microsoft365'])).toEqual([]);
  expect(await claimed('own_any', [])).toEqual([ana]);
});

import { sql } from 'kysely';
import type { Copy, MailProvider } from '../../server/mailboxes/port.ts';
import { readLedger } from '../../server/retraction/ledger.ts';
import { DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { insertCopies } from '../../server/store/retraction-copies.ts';
import { retractionById } from '../../server/store/retractions.ts';
import { createDatabase } from '../setup/database.ts';
import { foundIn, insertRunning } from './running.ts';

const PERSON = 'gina@lab.example.org';
const MOVED_AT = new Date('2026-11-21T12:00:10Z');
let database: Awaited<ReturnType<typeof createDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  await migrate(database.url, 'server/store/migrations');
  store = openStore(database.url, () => {});
  await insertRunning(store.db, 'ret_1');
  await insertCopies(store.db, [foundIn(PERSON, 'ret_1')]);
  await sql`update retraction_copies set state = 'retracted', acted_at = ${MOVED_AT}`.execute(store.db);
});
afterAll(async () => {
  await store?.close();
  await database?.drop();
});

/** The port of a suite in which nothing lies in the quarantine. */
const elsewhere = {
  provider: 'google',
  isIn: async () => false,
  folderName: async () => 'Inbox',
} as unknown as MailProvider;
const shown = {
  mailbox: PERSON,
  providerMessageId: '18c2',
  internetMessageId: '<lure@example.org>',
  subject: 'Lure',
  folder: '',
  labels: ['INBOX'],
  isRead: true,
  flag: '',
  importance: '',
  categories: [],
  receivedAt: null,
} satisfies Copy;

async function readAt(askedAt: Date) {
  const world = { store, tenant: 'tenant', now: () => new Date(), tuning: DEFAULT_TUNING } as RetractionWorld;
  const retraction = (await retractionById(store.db, 'tenant', 'ret_1'))!;
  return readLedger(world, retraction, elsewhere, PERSON, [shown], askedAt);
}

test('a find that was asked before our move was answered shows where the copy lay: it has not come back', async () => {
  for (const before of [1_000, 0]) {
    expect(await readAt(new Date(MOVED_AT.getTime() - before))).toEqual({ rows: [], clean: false, stopped: null });
  }
});

test('a find asked later that shows it outside again begins a new generation', async () => {
  const { rows, clean } = await readAt(new Date(MOVED_AT.getTime() + 1));
  expect(clean).toBe(false);
  expect(rows).toMatchObject([{ state: 'found', reason: 'came_back', generation: 2 }]);
});

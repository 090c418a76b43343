import { sql } from 'kysely';
import { afterError } from '../../server/retraction/act.ts';
import { DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import { claimUncertain, insertCopies, recordOutcome, writeIntents } from '../../server/store/retraction-copies.ts';
import { insertRetraction } from '../../server/store/retractions.ts';
import { TemporaryError } from '../../shared/errors.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { undescribed } from './undescribed.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const LEASE_MS = 60_000;
const world = { now: () => NOW, tuning: DEFAULT_TUNING } as RetractionWorld;

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
});

afterAll(async () => {
  await store.close();
  await database.drop();
});

test('workers that die lengthen no wait: only what the provider answered counts', async () => {
  await sql`insert into blobs (sha256, size, encoding) values ('00', 0, 'identity')`.execute(store.db);
  await rememberMessage(
    store.db,
    {
      id: 'msg_lure',
      tenant: 'tenant',
      sha256: '00',
      internet_message_id: '<lure@example.org>',
      subject: 'Lure',
      header_from: 'a@example.net',
      fingerprint: {},
      recipients: [],
    },
    undescribed,
  );
  await insertRetraction(store.db, {
    id: 'ret_kills',
    tenant: 'tenant',
    cause: 'psr',
    state: 'running',
    preview: false,
    reason: null,
    message_id: 'msg_lure',
    internet_message_ids: ['<lure@example.org>'],
    fingerprint: {},
    subject: 'Lure',
    destination: 'Quarantine',
    definitive: false,
    generation: 1,
    requested_by: 'ana@example.org',
    requested_at: NOW,
  });
  await insertCopies(store.db, [
    {
      retractionId: 'ret_kills',
      mailbox: 'ana@example.org',
      provider: 'microsoft365',
      providerMessageId: 'AAMk1',
      previousId: null,
      generation: 1,
      state: 'found',
      reason: null,
      internetMessageId: '<lure@example.org>',
      subject: 'Lure',
      receivedAt: null,
      fromFolder: 'inbox',
      fromFolderName: 'Inbox',
      labels: [],
      wasRead: false,
      flag: 'notFlagged',
      importance: 'normal',
      categories: [],
      destination: 'Quarantine',
    },
  ]);
  await writeIntents(store.db, [1], 'worker-0', NOW, LEASE_MS);
  const later = (lives: number) => new Date(NOW.getTime() + lives * 2 * LEASE_MS);
  const claim = async (life: number) =>
    (await claimUncertain(store.db, 'ret_kills', `worker-${life}`, later(life), LEASE_MS, 40))[0]!;
  let copy = await claim(1);
  for (let life = 2; life <= 9; life++) copy = await claim(life);

  const first = afterError(world, copy, new TemporaryError('503', { outcomeUnknown: true }));
  expect(first.notBefore!.getTime() - NOW.getTime()).toBe(DEFAULT_TUNING.backoffMs);
  await recordOutcome(store.db, copy.id, 'worker-9', first);
  const second = afterError(world, await claim(10), new TemporaryError('503', { outcomeUnknown: true }));
  expect(second.notBefore!.getTime() - NOW.getTime()).toBe(2 * DEFAULT_TUNING.backoffMs);
});

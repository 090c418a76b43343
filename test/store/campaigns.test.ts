import { sql } from 'kysely';
import {
  isHeldByAnother,
  printOfMessage,
  printsNear,
  rememberPrint,
  standingOfMessages,
} from '../../server/store/campaigns.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { undescribed } from './undescribed.ts';

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

async function judged(id: string, key: string, bands: number[], tenant = 'one'): Promise<void> {
  await sql`insert into blobs (sha256, size, encoding) values (${id}, 1, 'identity') on conflict do nothing`.execute(
    store.db,
  );
  const about = { internet_message_id: null, subject: id, header_from: 'a@a.example', fingerprint: {}, recipients: [] };
  await rememberMessage(store.db, { id, tenant, sha256: id, ...about }, undescribed);
  await rememberPrint(store.db, { id, tenant }, { key, print: { of: id }, bands, taken: null });
}

const near = async (id: string, key: string, bands: number[], most = { ofKey: 3, ofBand: 3 }) => {
  const { prints, complete } = await printsNear(store.db, 'one', { id, key, bands }, most);
  return { ids: prints.map((print) => print.id).sort(), complete };
};

test('mails with the same key or a band in common are found, of this tenant only, and bounded', async () => {
  await judged('a', 'k1', [1, 2]);
  await judged('b', 'k1', [3]);
  await judged('c', 'k2', [2, 4, 4]);
  await judged('d', 'k2', [5]);
  await judged('e', 'k1', [1], 'two');
  expect(await near('a', 'k1', [1, 2])).toEqual({ ids: ['b', 'c'], complete: true });
  expect(await near('x', 'k9', [])).toEqual({ ids: [], complete: true });
  expect(await near('x', 'k9', [1, 2, 5], { ofKey: 9, ofBand: 1 })).toMatchObject({ complete: false });
  expect(await near('a', 'k1', [], { ofKey: 1, ofBand: 9 })).toMatchObject({ ids: ['b'], complete: false });
  expect((await printOfMessage(store.db, 'one', 'c'))?.bands.sort()).toEqual([2, 4]);
  expect(await printOfMessage(store.db, 'two', 'c')).toBeNull();
  // Judged again, by other rules: the bands of before lead nowhere.
  await judged('c', 'k2', [9]);
  expect(await near('a', 'k1', [1, 2])).toEqual({ ids: ['b'], complete: true });
  expect(await standingOfMessages(store.db, 'one', ['a', 'e'])).toMatchObject([
    { id: 'a', disposition: null, reports: 0 },
  ]);
});

test('a copy is held by another retraction as long as that one would put it back', async () => {
  await judged('m', 'k3', []);
  for (const [id, state] of [
    ['r1', 'retracted'],
    ['r2', 'restored'],
  ] as const) {
    await sql`insert into retractions (id, tenant, cause, state, message_id, internet_message_ids, fingerprint, subject, destination, requested_by)
              values (${id}, 'one', 'psr', 'done', 'm', '{}', '{}', '', 'Quarantine', 'test')`.execute(store.db);
    await sql`insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, state, internet_message_id, subject,
                from_folder, was_read, destination)
              values (${id}, 'ana@example.org', 'google', ${id}, ${state}, '', '', '', false, 'Quarantine')`.execute(
      store.db,
    );
  }
  const held = (by: string, copy: string) => isHeldByAnother(store.db, by, 'ana@example.org', copy);
  expect(await Promise.all([held('r2', 'r1'), held('r1', 'r1'), held('r1', 'r2'), held('r2', 'none')])).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

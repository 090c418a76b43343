import { openStore, type Store } from '../../server/store/database.ts';
import { believedRegistrations, keepRegistration } from '../../server/store/domain-registrations.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const DAY_MS = 86_400_000;
const now = new Date('2026-03-01T12:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * DAY_MS);
const registeredAt = new Date('2026-02-26T08:00:00Z');

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

test('an answer is believed until its time is over, is replaced by a newer one, and forgotten a month later', async () => {
  await keepRegistration(store.db, { domain: 'shop.example', registeredAt }, now, later(7));
  await keepRegistration(store.db, { domain: 'none.example', registeredAt: null }, now, later(0.25));
  const both = ['shop.example', 'none.example', 'other.example'];
  expect(await believedRegistrations(store.db, both, later(0.1))).toEqual(
    expect.arrayContaining([
      { domain: 'shop.example', registeredAt },
      { domain: 'none.example', registeredAt: null },
    ]),
  );
  expect(await believedRegistrations(store.db, both, later(1))).toEqual([{ domain: 'shop.example', registeredAt }]);
  expect(await believedRegistrations(store.db, both, later(8))).toEqual([]);
  await keepRegistration(store.db, { domain: 'none.example', registeredAt: now }, later(1), later(8));
  expect(await believedRegistrations(store.db, ['none.example'], later(2))).toEqual([
    { domain: 'none.example', registeredAt: now },
  ]);
  // Whoever asks as of long ago would still see it, had it been kept.
  await keepRegistration(store.db, { domain: 'new.example', registeredAt }, later(60), later(67));
  expect(await believedRegistrations(store.db, [...both, 'new.example'], now)).toEqual([
    { domain: 'new.example', registeredAt },
  ]);
});

import { openInvestigations } from '../../server/investigation/investigations.ts';
import { readSearch } from '../../server/investigation/read-search.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { findMessages, plainSearch, type SearchPlace } from '../../server/store/message-search.ts';
import type { MessageSearch } from '../../shared/messages.ts';
import { NEWEST, SEARCH_KINDS, seedMessages, TENANT } from '../bench/seeded-messages.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

/** More than a short walk. */
const MAILS = 2_600;
let database: TestDatabase;
let store: Store;

jest.setTimeout(60_000);
beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  await seedMessages(store.db, MAILS, () => {});
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

function queryOf(search: MessageSearch) {
  const read = readSearch(search, NEWEST);
  if ('trouble' in read) throw new Error(read.trouble.code);
  const { start, end, detections, filters } = read;
  return { tenant: TENANT, start, end, detections, filters };
}

/** Every page until there is none. */
async function allPages(search: MessageSearch, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let before: SearchPlace | null = null; ; ) {
    const page = await findMessages(store.db, { ...queryOf(search), before, limit });
    ids.push(...page.places.map(({ id }) => id));
    expect(page.places.length).toBeLessThanOrEqual(limit);
    if (!page.next) return ids;
    before = page.next;
  }
}

test.each(Object.entries(SEARCH_KINDS))(
  '%s: page by page it is what one plain statement finds',
  async (_, searchOf) => {
    for (const at of [1, 5]) {
      const search = searchOf(at);
      const plain = await plainSearch(store.db, { ...queryOf(search), before: null, limit: MAILS + 1 }, 10_000);
      const ids = plain.map(({ id }) => id);
      expect(await allPages(search, 400)).toEqual(ids);
      const first = await findMessages(store.db, { ...queryOf(search), before: null, limit: 7 });
      expect(first.places.map(({ id }) => id)).toEqual(ids.slice(0, 7));
      if (first.count !== null) expect(first.count).toBe(ids.length);
    }
  },
);

test('mails of one microsecond are told apart, and none is shown twice or passed over', async () => {
  const everything = await allPages({ start: '2020-01-01T00:00:00Z', detections_only: false }, 150);
  expect(new Set(everything).size).toBe(MAILS);
});

test('a mail of another organisation is never found', async () => {
  const query = queryOf({ start: '2020-01-01T00:00:00Z', detections_only: false, query: 'w0' });
  expect((await findMessages(store.db, { ...query, tenant: 'other', before: null, limit: 5 })).places).toEqual([]);
});

test('whatever stands in a field reaches the database as a value', async () => {
  const { search } = openInvestigations({
    tenant: TENANT,
    store,
    providers: new Map(),
    now: () => NEWEST,
    searchMs: 1,
  });
  const hostile = [
    "'; drop table messages; --",
    "' | !'a':*",
    "\\'",
    '\0',
    '<->',
    '\ud800',
    ')',
    '((',
    'a:*|b',
    '日本',
    '%_',
  ];
  for (const value of hostile)
    for (const field of [
      '',
      'from',
      'to',
      'subject',
      'domain',
      'url',
      'attachment',
      'reason',
      'attribute',
      'mailbox',
      'message_id',
      'edf_hash',
      'alert_id',
    ]) {
      const query = field ? `${field}:"${value.replaceAll('"', '')}zzzx"` : `"${value.replaceAll('"', '')}"`;
      const page = await search({ query, detections_only: false }, { limit: 5, language: 'en' });
      if ('items' in page && field !== '') expect([query, page.items]).toEqual([query, []]);
    }
  expect((await findMessages(store.db, { ...queryOf({}), before: null, limit: 1 })).places).toHaveLength(1);
});

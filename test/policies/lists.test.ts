/** Lists on the real store: what is entered, changed, imported and told to the procedure. */
import { openLists } from '../../server/policies/lists.ts';
import { verdictLists } from '../../server/policies/verdict-lists.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let store: Store;
let count = 0;
const listsOf = (tenant: string) => openLists(store, tenant, (prefix) => `${prefix}_${tenant}${count++}`);

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

test('an entry is added once, changed, and removed; the same value of another kind is another entry', async () => {
  const lists = listsOf('one');
  const added = await lists.add('block_senders', { value: 'Example.NET', disposition: 'SPAM' }, 'admin');
  expect(added).toMatchObject({ value: 'example.net', kind: 'domain', disposition: 'SPAM', created_by: 'admin' });
  await expect(lists.add('block_senders', { value: 'example.net' }, 'admin')).rejects.toThrow(/already/);
  const host = await lists.add('block_senders', { value: 'example.net', kind: 'url_host' }, 'admin');
  expect(await lists.change('block_senders', added.id, { disposition: 'BULK', comment: 'x' }, 'admin')).toMatchObject({
    disposition: 'BULK',
    comment: 'x',
  });
  await expect(lists.change('block_senders', host.id, { kind: 'domain' }, 'admin')).rejects.toThrow(/already/);
  expect(await lists.change('block_senders', 'lst_none', { comment: 'x' }, 'admin')).toBeNull();
  expect(await lists.remove('block_senders', host.id, 'admin')).toBe(true);
  expect(await lists.entries('block_senders')).toHaveLength(1);
  expect(await listsOf('two').entries('block_senders')).toEqual([]);
});

test('an import adds, changes and leaves alone, or does nothing at all', async () => {
  const lists = listsOf('three');
  const csv =
    'value,addresses,comment\r\nAna Díaz,ana@example.org,\r\nBen Okoro,ben@example.org b@example.org,chief\r\n';
  expect(await lists.importCsv('impersonation_registry', csv, 'admin')).toEqual({ added: 2, changed: 0, unchanged: 0 });
  expect(await lists.exportCsv('impersonation_registry')).toBe(csv);
  const more = `${csv.replace('ana@', 'a.diaz@')}Carla Nowak,carla@example.org,\r\n`;
  expect(await lists.importCsv('impersonation_registry', more, 'admin')).toEqual({
    added: 1,
    changed: 1,
    unchanged: 1,
  });
  await expect(lists.importCsv('impersonation_registry', `${more}Dora Li,nobody,\r\n`, 'admin')).rejects.toThrow(
    /Line 5/,
  );
  expect(await lists.entries('impersonation_registry')).toHaveLength(3);
});

test('the procedure is told the lists in its own words', async () => {
  const lists = listsOf('four');
  await lists.add('allow_policies', { value: '203.0.113.0/24' }, 'admin');
  await lists.add('block_senders', { value: 'bad.example', disposition: 'SPAM' }, 'admin');
  await lists.add('trusted_domains', { value: 'young.example', similarity: false }, 'admin');
  await lists.add('impersonation_registry', { value: 'Ana Díaz', addresses: ['ana@example.org'] }, 'admin');
  await lists.add('simulations', { value: 'drill.example', header: { name: 'X-Drill' } }, 'admin');
  expect(await verdictLists(lists)).toMatchObject({
    allowPolicies: [{ kind: 'ip', value: '203.0.113.0/24', trust: 'trusted' }],
    blockEntries: [{ kind: 'domain', value: 'bad.example', disposition: 'SPAM' }],
    trustedDomains: [{ value: 'young.example', recent: true, similarity: false }],
    registry: [{ name: 'Ana Díaz', addresses: ['ana@example.org'] }],
    simulations: [{ kind: 'domain', value: 'drill.example', header: { name: 'X-Drill' } }],
  });
});

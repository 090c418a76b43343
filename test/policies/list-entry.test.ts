import fc from 'fast-check';
import { csvField, csvLine, readCsv } from '../../server/policies/csv.ts';
import { LIST_NAMES, type ListName } from '../../server/policies/face.ts';
import { changedEntry, checkedEntry } from '../../server/policies/list-entry.ts';
import { csvOf, entriesOfCsv } from '../../server/policies/lists-csv.ts';
import type { ListEntry, NewListEntry } from '../../shared/list-entry.ts';

const SHA = 'a'.repeat(64);

test.each<[ListName, NewListEntry, string, string]>([
  ['block_senders', { value: ' Bad@Example.NET ' }, 'address', 'bad@example.net'],
  ['block_senders', { value: '@example.net' }, 'domain', 'example.net'],
  ['block_senders', { value: '203.0.113.0/24' }, 'ip', '203.0.113.0/24'],
  ['block_senders', { value: '2001:DB8::/32' }, 'ip', '2001:db8::/32'],
  ['block_senders', { value: SHA.toUpperCase() }, 'sha256', SHA],
  ['block_senders', { value: 'cdn.example.net', kind: 'url_host' }, 'url_host', 'cdn.example.net'],
  ['block_senders', { value: 'mx.example.net', kind: 'server_name' }, 'server_name', 'mx.example.net'],
  ['block_senders', { value: 'Win(ner)?\\s+\\d+', kind: 'pattern' }, 'pattern', 'Win(ner)?\\s+\\d+'],
  ['allow_policies', { value: 'example.net', trust: 'acceptable' }, 'domain', 'example.net'],
  ['trusted_domains', { value: 'Example.Org' }, 'domain', 'example.org'],
  ['impersonation_registry', { value: 'Ana Díaz', addresses: ['Ana@Example.org'] }, 'name', 'Ana Díaz'],
  ['simulations', { value: '198.51.100.7', header: { name: 'X-Exercise' } }, 'ip', '198.51.100.7'],
  ['protected_mailboxes', { value: 'CEO@example.org' }, 'address', 'ceo@example.org'],
])('%s takes %j as %s', (list, entry, kind, value) => {
  expect(checkedEntry(list, entry)).toMatchObject({ kind, value });
});

test.each<[ListName, NewListEntry, RegExp]>([
  ['block_senders', { value: 'co.uk' }, /suffix/],
  ['block_senders', { value: 'com' }, /An entry is/],
  ['block_senders', { value: '10.1.2.3' }, /private/],
  ['block_senders', { value: '0.0.0.0/0' }, /at least \/8/],
  ['block_senders', { value: '203.0.113.0/40' }, /prefix length/],
  ['block_senders', { value: 'fe80::1' }, /link-local/],
  ['block_senders', { value: 'a*', kind: 'pattern' }, /empty text/],
  ['block_senders', { value: '(?=look)', kind: 'pattern' }, /RE2/],
  ['block_senders', { value: 'x'.repeat(501), kind: 'pattern' }, /500/],
  ['block_senders', { value: 'abc', kind: 'sha256' }, /64/],
  ['block_senders', { value: 'a@example.net', trust: 'trusted' }, /"trust"/],
  ['allow_policies', { value: SHA }, /An entry is/],
  ['allow_policies', { value: 'a@example.net', disposition: 'SPAM' }, /"disposition"/],
  ['impersonation_registry', { value: 'Ana Díaz' }, /addresses/],
  ['impersonation_registry', { value: 'Ana Díaz', addresses: ['nobody'] }, /no address/],
  ['impersonation_registry', { value: 'Al', addresses: ['al@example.org'] }, /four letters/],
  ['simulations', { value: 'example.net', header: { name: 'X Bad:' } }, /header name/],
  ['protected_mailboxes', { value: 'example.org' }, /An entry is/],
])('%s refuses %j and says why', (list, entry, why) => {
  expect(() => checkedEntry(list, entry)).toThrow(why);
});

test('a change keeps what it does not name', () => {
  const standing = checkedEntry('block_senders', { value: 'example.net', disposition: 'SPAM', comment: 'loud' });
  expect(changedEntry('block_senders', standing, { comment: 'louder' })).toEqual({ ...standing, comment: 'louder' });
  expect(changedEntry('block_senders', standing, { disposition: 'BULK' }).options).toEqual({ disposition: 'BULK' });
  expect(() => changedEntry('block_senders', standing, { value: 'not a domain' })).toThrow(/An entry is/);
});

test('the columns of other systems are understood, a name on two lines is one person, and a bad line stops all', () => {
  const entries = entriesOfCsv(
    'impersonation_registry',
    'Display_Name,Email\r\n"Díaz, Ana",ana@example.org\r\n"Díaz, Ana",a.diaz@example.org\r\n\r\nBen Okoro,ben@example.org\r\n',
  );
  expect(entries).toMatchObject([
    { value: 'Díaz, Ana', options: { addresses: ['ana@example.org', 'a.diaz@example.org'] } },
    { value: 'Ben Okoro' },
  ]);
  expect(entriesOfCsv('block_senders', 'pattern,pattern_type,comments\nbad@example.net,EMAIL,x\n')).toMatchObject([
    { kind: 'address', comment: 'x' },
  ]);
  expect(() => entriesOfCsv('block_senders', 'value\nexample.net\n10.0.0.1\n"two\nlines"\n')).toThrow(
    /Nothing was imported. 2 lines are wrong. Line 3: 10.0.0.1 is private/,
  );
  expect(() => entriesOfCsv('block_senders', 'example.net\n')).toThrow(/first line names the columns/);
  expect(() => entriesOfCsv('block_senders', 'value\n"open')).toThrow(/never closed/);
  expect(() => entriesOfCsv('block_senders', 'value,disposition\nexample.net,EVIL\n')).toThrow(/EVIL is none of/);
});

test('whatever an export holds, a spreadsheet runs none of it and an import reads it back', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '=', '+', '-', '@', ' ', 'é'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (table) => {
      const csv = table.map(csvLine).join('');
      const rows = readCsv(csv);
      expect(rows?.map(({ fields }) => fields.map(csvField))).toEqual(
        table
          .filter((row) => row.length > 1 || row[0]?.trim() !== '')
          .map((row) => row.map((field) => csvField(field))),
      );
      for (const { fields } of rows ?? []) for (const field of fields) expect(field).not.toMatch(/^[=+\-@]/);
    }),
  );
});

test.each(LIST_NAMES.map((list) => [list]))('%s comes back from its own export', (list) => {
  const values: Record<ListName, NewListEntry[]> = {
    allow_policies: [{ value: 'example.net', trust: 'acceptable', comment: '=SUM(1)' }, { value: '203.0.113.7' }],
    block_senders: [{ value: 'a,b+"c\\d', kind: 'pattern', disposition: 'SPAM' }, { value: SHA }],
    trusted_domains: [{ value: 'example.net', recent: false }],
    impersonation_registry: [{ value: 'Díaz, Ana', addresses: ['ana@example.org', 'b@example.org'] }],
    simulations: [{ value: 'example.net', header: { name: 'X-Ex', value: 'a,b' } }, { value: '203.0.113.7' }],
    protected_mailboxes: [{ value: 'ceo@example.org', comment: 'the\nboss' }],
  };
  const entries = values[list].map((entry) => checkedEntry(list, entry));
  const shown = entries.map(
    ({ kind, value, comment, options }) =>
      ({ id: 'lst_1', kind, value, comment, ...options, created_by: 'x', created_at: '' }) as ListEntry,
  );
  expect(entriesOfCsv(list, csvOf(list, shown))).toEqual(entries);
});

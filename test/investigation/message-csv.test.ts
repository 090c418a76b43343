import fc from 'fast-check';
import { CSV_HEAD, csvRow, csvValue } from '../../server/investigation/message-csv.ts';
import { readCsv } from '../../server/policies/csv.ts';
import { mailOf } from '../http/investigations-in-memory.ts';

test.each([
  ['=cmd|calc!A0', "'=cmd|calc!A0"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['a;=1', "a;'=1"],
  ['a,"=1', 'a,"\'=1'],
  ['a\n@x', "a\n'@x"],
  ['plain - text', 'plain - text'],
])('%j is written as text', (value, written) => {
  expect(csvValue(value)).toBe(`"${written.replaceAll('"', '""')}"`);
});

test('no cell of any reader begins like a formula', () => {
  const pieces = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ',', ';', '"', "'", ' ', 'a', '\0', '＝', '|');
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
      (value) => {
        const written = csvValue(value);
        // A reader that knows quotes, and one that knows none and another separator.
        expect(written.slice(1, -1).replaceAll('""', '"')).not.toMatch(/^\s*[=+\-@＝]/);
        for (const cell of written.slice(1, -1).split(/[,;\t\r\n]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@＝]/);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a row has a value for every column, whatever the subject holds', () => {
  const row = csvRow(mailOf('msg_1', { subject: 'a "b",\r\nc' }));
  const [head, ...rows] = readCsv(CSV_HEAD + row)!;
  expect(CSV_HEAD.charCodeAt(0)).toBe(0xfeff);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.fields).toHaveLength(head!.fields.length);
  expect(rows[0]!.fields[head!.fields.indexOf('subject')]).toBe('a "b",\r\nc');
});

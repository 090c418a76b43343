import fc from 'fast-check';
import {
  fieldCondition,
  MOST_CHARACTERS,
  readSearchQuery,
  SEARCH_FIELD_NAMES,
  type SearchCondition,
  writeCondition,
} from '../../shared/search-query.ts';

const read = (query: string) => {
  const answer = readSearchQuery(query);
  if ('fault' in answer) throw new Error(answer.fault.code);
  return answer.conditions.map(({ at: _, ...condition }) => condition);
};
const faultOf = (query: string) => {
  const answer = readSearchQuery(query);
  return 'fault' in answer ? answer.fault : null;
};
const word = (text: string, not = false) => ({ not, kind: 'words', text, phrase: false });
const field = (name: string, value: string, not = false) => ({ not, kind: 'field', field: name, value });

test('words, phrases, fields and a minus before any of them', () => {
  expect(read('invoice "account locked" -newsletter -"last chance" -from:a.example')).toEqual([
    word('invoice'),
    { not: false, kind: 'words', text: 'account locked', phrase: true },
    word('newsletter', true),
    { not: true, kind: 'words', text: 'last chance', phrase: true },
    field('from', 'a.example', true),
  ]);
  expect(read('subject:"your invoice" message_id:"<a b@c.example>"')).toEqual([
    field('subject', 'your invoice'),
    field('message_id', '<a b@c.example>'),
  ]);
});

test("the vendor's names of fields and the short ones are the same field, in any case", () => {
  expect(read('sender:a@a.example FROM:a@a.example')).toEqual([
    field('from', 'a@a.example'),
    field('from', 'a@a.example'),
  ]);
  expect(read('final_disposition:SPAM message_action:MOVED smtp_helo_ip:192.0.2.1')).toEqual([
    field('disposition', 'SPAM'),
    field('action', 'MOVED'),
    field('helo', '192.0.2.1'),
  ]);
});

test('keywords stand alone or behind is:, those that are ordinary words only behind it', () => {
  expect(read('phish_submission is:reported reported')).toEqual([
    { not: false, kind: 'keyword', keyword: 'phish_submission' },
    { not: false, kind: 'keyword', keyword: 'reported' },
    word('reported'),
  ]);
});

test('an address of a link is one, and a subject that begins with Re: is text', () => {
  expect(read('https://pay.example/a?b=c')).toEqual([field('url', 'https://pay.example/a?b=c')]);
  expect(read('hxxps[:]//pay[.]example')).toEqual([word('hxxps[:]//pay[.]example')]);
  expect(read('Re: invoice')).toEqual([word('Re'), word('invoice')]);
});

test.each([
  ['frm:ana', 'query_unknown_field', 0],
  ['a "b', 'query_unclosed_quote', 2],
  ['subject:"b c', 'query_unclosed_quote', 8],
  ['a from: b', 'query_empty_value', 2],
  ['x'.repeat(MOST_CHARACTERS + 1), 'query_too_long', MOST_CHARACTERS],
  ['a '.repeat(60), 'query_too_many', 80],
])('%s is refused at its place', (query, code, at) => {
  expect(faultOf(query)).toMatchObject({ code, at });
});

test('whatever is typed is read or refused, never thrown at, and a fault lies inside the query', () => {
  const pieces = fc.constantFrom(
    '"',
    ':',
    '-',
    ' ',
    'from',
    'is:',
    'a',
    '\0',
    '\u202e',
    '日本',
    'https://',
    '<',
    '*',
    '\\',
    "'",
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 30 }).map((p) => p.join('')),
  );
  fc.assert(
    fc.property(typed, (query) => {
      const answer = readSearchQuery(query);
      if ('fault' in answer) expect(answer.fault.at).toBeLessThanOrEqual(query.length);
      else for (const { at } of answer.conditions) expect(at).toBeLessThanOrEqual(query.length);
    }),
    { numRuns: 2_000 },
  );
});

test('a condition that is written is read as the same condition', () => {
  const fields = fc.constantFrom(...SEARCH_FIELD_NAMES.filter((name) => name !== 'is'));
  const value = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '' && !text.includes('"'));
  fc.assert(
    fc.property(fields, value, fc.boolean(), (name, text, not) => {
      const first = readSearchQuery(`${not ? '-' : ''}${fieldCondition(name as 'from', text)}`);
      if ('fault' in first) throw new Error(first.fault.code);
      const again = readSearchQuery(first.conditions.map((one: SearchCondition) => writeCondition(one)).join(' '));
      const plain = (answer: typeof first) =>
        'fault' in answer ? answer : answer.conditions.map(({ at: _, ...rest }) => rest);
      expect(plain(again as typeof first)).toEqual(plain(first));
    }),
    { numRuns: 500 },
  );
});

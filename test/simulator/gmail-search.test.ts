import fc from 'fast-check';
import { hasWords, parseSearch } from '../../simulator/gmail/search.ts';
import { GmailMailbox } from '../../simulator/workspace/mailbox.ts';
import { mail } from './caller.ts';

const now = Date.UTC(2026, 10, 21);
const mailbox = new GmailMailbox('ana@lab.example.org', {
  now: () => now,
  onChange: () => {},
  keepDiscardedDays: () => 30,
});
const message = mailbox.deliver(Buffer.from(mail({ id: '<x@example.net>', subject: 'Größe 7', body: 'one two' })));
const matches = (q: string) => parseSearch(q, { mailbox, now }).matches(message);

test('any query is read to its end, and says yes or no', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '{',
    '}',
    '"',
    '-',
    'OR',
    'AND',
    ' ',
    'from:',
    'subject:',
    'label:',
    'in:',
    'x',
    ':',
    '*',
  );
  const queries = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(queries, (q) => typeof matches(q) === 'boolean'),
    { numRuns: 500 },
  );
});

test('any Message-ID is found by itself, as long as it does not begin like a group', () => {
  const ids = fc.string({ minLength: 1 }).filter((id) => !/[\s"<>]|^[({]/.test(id));
  fc.assert(
    fc.property(ids, (id) => {
      const one = { ...message, internetMessageId: `<${id}>` };
      return parseSearch(`rfc822msgid:${id}`, { mailbox, now }).matches(one);
    }),
    { numRuns: 300 },
  );
});

test.each<[string, string, boolean]>([
  ['Größe 7', 'größe', true],
  ['Größe 7', 'gröss', false],
  ['billing@shop.example', 'shop.example', true],
  ['billing@shop.example', 'billing@shop', true],
  ['billing@myshop.example', 'shop.example', false],
  ['anything', '', false],
])('in %p the words %p: %p', (text, phrase, fits) => {
  expect(hasWords(text, phrase)).toBe(fits);
});

test('white space and parentheses in a Message-ID are read as grammar, unless it is quoted', () => {
  for (const id of ['a b OR in:anywhere', '(x', '()', '{a']) {
    const one = { ...message, internetMessageId: `<${id}>` };
    expect(parseSearch(`rfc822msgid:"${id}"`, { mailbox, now }).matches(one)).toBe(true);
    expect(parseSearch(`rfc822msgid:"${id}"`, { mailbox, now }).matches(message)).toBe(false);
  }
  expect(matches('rfc822msgid:a b OR in:anywhere')).toBe(false);
  expect(matches('rfc822msgid:a OR in:anywhere')).toBe(true);
  expect(matches('rfc822msgid:()')).toBe(false);
});

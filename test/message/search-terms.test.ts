import fc from 'fast-check';
import { describeMessage } from '../../server/message/described.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { domainsAbove, folded, quoteLexeme, termsOf, WordIndex } from '../../server/message/search-terms.ts';

const words = (text: string) => termsOf(text).map((term) => term.text);

test('case, accents and compatibility forms are gone, so that what reads the same is the same', () => {
  expect(words('Fällige RECHNUNG für Straße')).toEqual(['fallige', 'rechnung', 'fur', 'strasse']);
  expect(words('ＰａｙＰａｌ ﬁnance')).toEqual(['paypal', 'finance']);
});

test('an address, host or number is a word as a whole, and its parts are words too', () => {
  expect(words('pay billing@a.example now')).toEqual(['pay', 'billing@a.example', 'billing', 'a', 'example', 'now']);
  expect(words('invoice-2026.pdf')).toEqual(['invoice-2026.pdf', 'invoice', '2026', 'pdf']);
});

test('scripts without blanks are cut into pairs, so that a part of a sentence is found', () => {
  expect(words('请立即付款')).toEqual(['请立', '立即', '即付', '付款']);
  expect(words('付款')).toEqual(['付款']);
});

test('a host stands for every domain above it', () => {
  expect(domainsAbove('a.b.Example.org')).toEqual(['a.b.example.org', 'b.example.org', 'example.org']);
  expect(domainsAbove('localhost')).toEqual(['localhost']);
  expect(domainsAbove('')).toEqual([]);
});

test('words keep their places, and a phrase does not reach from one text into the next', () => {
  const index = new WordIndex();
  index.text('Pay now', 'A');
  index.text('now ana@a.example', 'B');
  expect(index.toTsvector()).toBe("'pay':2A 'now':3A,6B 'ana@a.example':7B 'ana':7B 'a':8B 'example':9B");
});

/** What PostgreSQL takes for a tsvector: quoted lexemes with places. */
const TSVECTOR = /^(?:'(?:[^'\\]|''|\\\\)+':\d{1,5}[ABC]?(?:,\d{1,5}[ABC]?)*(?: |$))*$/u;

test('whatever a mail holds, the text for the index is well formed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ maxLength: 60 }),
      async (subject, name) => {
        const raw = `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\nFrom: "${name}" <a'b\\c@x.example>\r\n\r\nhttps://'x\\'.example/'`;
        const described = describeMessage(await parseMessage(Buffer.from(raw)));
        expect(described.words).toMatch(TSVECTOR);
        expect(described.words).not.toContain('\0');
      },
    ),
    { numRuns: 200 },
  );
  expect(quoteLexeme("a'b\\c\0")).toBe("'a''b\\\\c'");
  expect(folded('İ')).toBe('i');
});

import fc from 'fast-check';
import { HashSink } from '../../server/analysis/model/hash-sink.ts';
import { fold, hash, readTokens } from '../../server/analysis/model/tokens.ts';

/** Names of the hashes that the tests look for. */
const NAMES = ['<url>', '<mail>', '<you>', '<date>', '<long>', '<code>', '<emoji>', '<mixed>', '<n1>', '<n4>', '<n5>'];

function read(text: string, recipient: readonly string[] = [], most = 100): string[] {
  const words = fold(text).match(/[^\s]+/g) ?? [];
  const known = new Map(
    [...NAMES, ...words, ...words.flatMap((word) => [...word]), 'verify', 'paypal', 'hello', 'account', "don't"].map(
      (name) => [hash(name), name],
    ),
  );
  const found: string[] = [];
  readTokens(fold(text), most, new Set(recipient.map((word) => hash(word))), {
    word: (own) => found.push(known.get(own) ?? '?') > 0,
  });
  return found;
}

test.each<[string, string[]]>([
  ['Verify your account', ['verify', 'your', 'account']],
  ['see https://a.example/b?c=d now', ['see', '<url>', 'now']],
  ['www.example.com', ['<url>']],
  ['write to kim@example.org, please', ['write', 'to', '<mail>', 'please']],
  ['on Friday', ['on', '<date>']],
  ['密码 a', ['密', '码', 'a']],
  ["don't", ["don't"]],
  ['🎁 hello', ['<emoji>', 'hello']],
  ['code x1y2z3', ['code', '<code>']],
  ['pаypal', ['<mixed>', 'paypal']],
  ['v\u200be\u200br\u200bify', ['verify']],
  ['a'.repeat(30), ['<long>']],
])('%s is read as %j', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('whom a mail was sent to is one token, by name and by address', () => {
  expect(read('hello kim, your kim@example.org', ['kim', 'kim@example.org'])).toEqual([
    'hello',
    '<you>',
    'your',
    '<you>',
  ]);
});

test('any text is read to its end or to the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (text, most) => {
      let count = 0;
      const returned = readTokens(text, most, new Set(), {
        word: () => ++count > 0,
        gram: (own) => expect(own).toBe(own >>> 0),
      });
      // A run without a space is read whole, and a word of two alphabets is two tokens.
      expect(count).toBeLessThanOrEqual(2 * text.length);
      expect(returned).toBeLessThanOrEqual(count);
    }),
  );
});

test('a sink keeps every hash once, in order, and no more than it may', () => {
  const sink = new HashSink(8);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 40 }), (hashes) => {
      sink.start();
      for (const own of hashes) sink.add(own);
      expect([...sink.take()]).toEqual([...new Set(hashes)].slice(0, 8));
    }),
  );
});

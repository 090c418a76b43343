import fc from 'fast-check';
import { openingsOf } from '../../server/analysis/evidence/openings.ts';
import { Lookout, Phrases } from '../../server/analysis/evidence/phrases.ts';
import * as vocabulary from '../../server/analysis/evidence/vocabulary.ts';

const all = Object.values(vocabulary).filter((each): each is Phrases => each instanceof Phrases);

describe('how a pattern can begin', () => {
  test.each([
    ['abc', ['abc']],
    ['a(?:b|cd)e', ['abe', 'acde']],
    ['colou?r', ['colour', 'color']],
    ['(?:sign|log) ?-?in', ['sign i', 'sign -', 'sign-i', 'signin', 'log in', 'log -i', 'log-in', 'login']],
    ['authori[sz]ed', ['author']],
    ['no[sz]e', ['nose', 'noze']],
    ['x[a-z]+y', ['x']],
    ['ab{2,3}c', ['ab']],
    ['won\\.', ['won.']],
  ])('%s', (pattern, openings) => {
    expect(new Set(openingsOf(pattern))).toEqual(new Set(openings));
  });

  test('a pattern that may begin with anything has none', () => {
    expect(openingsOf('[a-z]+ing')).toBeNull();
    expect(openingsOf('(?:very )?.*')).toBeNull();
    expect(() => new Phrases('\\w+')).toThrow(RangeError);
    expect(() => new Phrases(' and')).toThrow(RangeError);
  });

  test('every match of the vocabulary begins with one of its openings', () => {
    for (const phrases of all) expect(phrases.openings.length).toBeGreaterThan(0);
  });
});

describe('several kinds of phrases in one pass', () => {
  const lookout = new Lookout(all);
  /** Words of the vocabulary itself, so that matches and near misses are frequent. */
  const words = [
    ...new Set(all.flatMap((each) => String(Reflect.get(each, 'anywhere')).match(/[\p{L}]{2,}/gu) ?? [])),
    '24',
    '12 %',
    '$',
    '.',
    'your',
    'the',
    'of',
    '+1 (555) 010-0199',
    'x',
    'ümlaut',
    '日本',
  ];
  const text = fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', ' ', '-', '', '. ')), { maxLength: 60 })
    .map((pairs) => pairs.map(([word, gap]) => `${word}${gap}`).join(''));

  test('finds exactly what one search after the other finds', () => {
    fc.assert(
      fc.property(text, (folded) => {
        const said = lookout.watch(folded);
        for (const phrases of all) {
          const one = phrases.exec(folded);
          const other = said.first(phrases);
          expect(other?.index).toBe(one?.index);
          expect(other?.[0]).toBe(one?.[0]);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('a phrase inside a word is none', () => {
    const phrases = new Phrases('act now');
    expect(new Lookout([phrases]).watch('contract now, act now').first(phrases)?.index).toBe(14);
    expect(phrases.exec('contract now')).toBeNull();
  });
});

import { unitsOf } from '../text-units.ts';
import { openingsOf } from './openings.ts';

/** Phrases that begin a word: patterns joined into one. */
export class Phrases {
  private readonly anywhere: RegExp;
  private readonly here: RegExp;
  /** What a match can begin with. */
  readonly openings: readonly string[];

  /** @throws RangeError for a phrase that need not begin with a letter or digit: it would have to be tried everywhere */
  constructor(...phrases: string[]) {
    const source = phrases.join('|');
    this.anywhere = new RegExp(source, 'g');
    this.here = new RegExp(source, 'y');
    const openings = openingsOf(source);
    if (openings === null || !openings.every((opening) => isLetter(opening.charCodeAt(0))))
      throw new RangeError('a phrase must begin with a letter or digit');
    this.openings = openings;
  }

  /** First match that does not begin inside a word. The word's start is looked at after a match: a look-behind would slow every position down. */
  exec(text: string): RegExpExecArray | null {
    this.anywhere.lastIndex = 0;
    for (let match = this.anywhere.exec(text); match !== null; match = this.anywhere.exec(text)) {
      if (match.index === 0 || !isLetter(text.charCodeAt(match.index - 1))) return match;
      this.anywhere.lastIndex = match.index + 1;
    }
    return null;
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }

  /** The match that begins there, or null. */
  at(text: string, index: number): RegExpExecArray | null {
    this.here.lastIndex = index;
    return this.here.exec(text);
  }
}

const BUCKETS = 16_384;

/**
 * Several kinds of phrases looked for in one pass: most words begin no phrase at all, so that the patterns are tried at
 * few places (a fifth of the time of one search after the other).
 */
export class Lookout {
  /** By a hash of the first three characters: the first of its openings, counted from 1; 0 for none. */
  private readonly firsts = new Uint16Array(BUCKETS);
  /**
   * The openings, those of one bucket behind each other: how many of the bucket are left, then the characters in pairs
   * with what of each pair counts. In one row, because looking into an object for each costs more than comparing.
   */
  private readonly rows: Int32Array;
  private readonly whose: Phrases[][] = [];
  /** Of openings of one character, by that character. */
  private readonly singles: (Phrases[] | undefined)[] = new Array(128).fill(undefined);

  constructor(all: readonly Phrases[]) {
    const buckets = new Map<number, Map<string, Phrases[]>>();
    for (const phrases of all)
      for (const opening of phrases.openings) {
        const code = opening.charCodeAt(0);
        if (opening.length > 2) {
          const key = bucketOf(code, opening.charCodeAt(1), opening.charCodeAt(2));
          const bucket = buckets.get(key) ?? new Map<string, Phrases[]>();
          buckets.set(key, bucket.set(opening, [...(bucket.get(opening) ?? []), phrases]));
        } else {
          if (code >= 128 || opening.length > 1) throw new RangeError(`${opening}: too little to begin a phrase with`);
          this.singles[code] = [...(this.singles[code] ?? []), phrases];
        }
      }
    const rows: number[] = [];
    for (const [key, bucket] of buckets) {
      this.firsts[key] = this.whose.length + 1;
      let left = bucket.size;
      for (const [opening, phrases] of bucket) {
        rows.push(left--, ...[0, 2, 4].flatMap((at) => [pairOf(opening, at), maskOf(opening, at)]));
        this.whose.push(phrases);
      }
    }
    this.rows = Int32Array.from(rows);
  }

  /** @param text folded, see content.ts */
  watch(text: string): Sightings {
    const sightings = new Sightings(text);
    const codes = unitsOf(text);
    const { firsts } = this;
    const { length } = text;
    let i = 0;
    while (i < length) {
      const code = codes[i] as number;
      if (!isLetter(code)) {
        i++;
        continue;
      }
      const first = firsts[bucketOf(code, codes[i + 1] as number, codes[i + 2] as number)] as number;
      if (first !== 0) this.compare(first - 1, codes, i, sightings);
      const single = code < 128 ? this.singles[code] : undefined;
      if (single !== undefined) for (const phrases of single) sightings.note(phrases, i);
      i++;
      while (i < length && isLetter(codes[i] as number)) i++;
    }
    return sightings;
  }

  private compare(first: number, codes: Uint16Array, at: number, sightings: Sightings): void {
    const { rows } = this;
    const start = pair(codes, at);
    const middle = pair(codes, at + 2);
    const end = pair(codes, at + 4);
    let row = first * ROW;
    for (let n = first, left = rows[row] as number; left > 0; n++, left--, row += ROW) {
      if (
        (start & (rows[row + 2] as number)) === rows[row + 1] &&
        (middle & (rows[row + 4] as number)) === rows[row + 3] &&
        (end & (rows[row + 6] as number)) === rows[row + 5]
      )
        for (const phrases of this.whose[n] as Phrases[]) sightings.note(phrases, at);
    }
  }
}

/** Values of one opening: openings.ts keeps six characters. */
const ROW = 7;

function pair(codes: Uint16Array, at: number): number {
  return (codes[at] as number) | ((codes[at + 1] as number) << 16);
}

const pairOf = (text: string, at: number) => (text.charCodeAt(at) || 0) | ((text.charCodeAt(at + 1) || 0) << 16);
const maskOf = (text: string, at: number) =>
  (at < text.length ? 0xffff : 0) | (at + 1 < text.length ? 0xffff << 16 : 0);

/** Where in one text which phrases may begin. */
export class Sightings {
  // Two lists: some dozen places a mail are found faster in a row than in a Map of lists.
  private readonly what: Phrases[] = [];
  private readonly where: number[] = [];

  constructor(readonly text: string) {}

  note(phrases: Phrases, at: number): void {
    this.what.push(phrases);
    this.where.push(at);
  }

  /** The first match; null when none of the places holds one. */
  first(phrases: Phrases): RegExpExecArray | null {
    let tried = -1;
    for (let i = 0; i < this.what.length; i++) {
      // Two openings of one phrase, the shorter one within the longer, are one place.
      if (this.what[i] !== phrases || this.where[i] === tried) continue;
      tried = this.where[i] as number;
      const match = phrases.at(this.text, tried);
      if (match !== null) return match;
    }
    return null;
  }
}

function bucketOf(first: number, second: number, third: number): number {
  return ((first << 10) ^ (second << 5) ^ third) & (BUCKETS - 1);
}

const LETTER = /[\p{L}\p{N}]/u;
/** By UTF-16 unit: 0 not looked at yet, 1 no, 2 letter or digit. */
const letters = new Uint8Array(0x10000);

function isLetter(code: number): boolean {
  const known = letters[code] as number;
  return known === 0 ? looksLikeLetter(code) : known === 2;
}

function looksLikeLetter(code: number): boolean {
  const is = LETTER.test(String.fromCharCode(code));
  letters[code] = is ? 2 : 1;
  return is;
}

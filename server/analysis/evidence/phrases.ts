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

interface Entry {
  opening: string;
  units: Uint16Array;
  phrases: Phrases;
}

/**
 * Several kinds of phrases looked for in one pass: most words begin no phrase at all, so that the patterns are tried at
 * few places (a fifth of the time of one search after the other).
 */
export class Lookout {
  /** By the first three characters. */
  private readonly buckets: (Entry[] | undefined)[] = new Array(BUCKETS);
  /** Openings of one character, by that character. */
  private readonly singles: (Entry[] | undefined)[] = new Array(128);

  constructor(all: readonly Phrases[]) {
    for (const phrases of all)
      for (const opening of phrases.openings) this.add({ opening, units: unitsAlone(opening), phrases });
  }

  /** @param text folded, see content.ts */
  watch(text: string): Sightings {
    const places = new Map<Phrases, number[]>();
    const codes = unitsOf(text);
    const { length } = text;
    let i = 0;
    while (i < length) {
      const code = codes[i] as number;
      if (!isLetter(code)) {
        i++;
        continue;
      }
      const bucket = this.buckets[bucketOf(code, codes[i + 1] as number, codes[i + 2] as number)];
      if (bucket !== undefined) note(bucket, codes, i, places);
      const single = code < 128 ? this.singles[code] : undefined;
      if (single !== undefined) note(single, codes, i, places);
      i++;
      while (i < length && isLetter(codes[i] as number)) i++;
    }
    return new Sightings(text, places);
  }

  private add(entry: Entry): void {
    const { opening } = entry;
    if (opening.length > 2) {
      const key = bucketOf(opening.charCodeAt(0), opening.charCodeAt(1), opening.charCodeAt(2));
      this.buckets[key] = [...(this.buckets[key] ?? []), entry];
      return;
    }
    const code = opening.charCodeAt(0);
    if (code >= 128 || opening.length > 1) throw new RangeError(`${opening}: too little to begin a phrase with`);
    this.singles[code] = [...(this.singles[code] ?? []), entry];
  }
}

function note(entries: readonly Entry[], text: Uint16Array, at: number, places: Map<Phrases, number[]>): void {
  for (let i = 0; i < entries.length; i++) {
    const { units: opening, phrases } = entries[i] as Entry;
    let length = 0;
    while (length < opening.length && opening[length] === text[at + length]) length++;
    if (length < opening.length) continue;
    const known = places.get(phrases);
    if (known === undefined) places.set(phrases, [at]);
    else if (known[known.length - 1] !== at) known.push(at);
  }
}

/** Where in one text which phrases may begin. */
export class Sightings {
  constructor(
    readonly text: string,
    private readonly places: ReadonlyMap<Phrases, readonly number[]>,
  ) {}

  /** The first match; null when none of the places holds one. */
  first(phrases: Phrases): RegExpExecArray | null {
    for (const place of this.places.get(phrases) ?? []) {
      const match = phrases.at(this.text, place);
      if (match !== null) return match;
    }
    return null;
  }
}

// Scratch space: a typed array is read three times as fast as a string.
let scratch = Buffer.alloc(2 * 8192);
let units = new Uint16Array(scratch.buffer, scratch.byteOffset, 8192);

function unitsAlone(text: string): Uint16Array {
  return Uint16Array.from(text, (char) => char.charCodeAt(0));
}

/** UTF-16 units of a text, two zeros behind them; valid until the next call. */
function unitsOf(text: string): Uint16Array {
  if (text.length + 2 > units.length) {
    scratch = Buffer.alloc(2 * (text.length + 2));
    units = new Uint16Array(scratch.buffer, scratch.byteOffset, text.length + 2);
  }
  scratch.write(text, 'utf16le');
  units[text.length] = 0;
  units[text.length + 1] = 0;
  return units;
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

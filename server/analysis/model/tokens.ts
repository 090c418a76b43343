import { normalise } from '../../message/normalise.ts';
import { unitsOf } from '../text-units.ts';
import { APOSTROPHE, DIGIT, EMOJI, IDEOGRAPH, KIND_OF, LATIN_LOOK, LETTER, SIGN, SPACE } from './characters.ts';
import { HashSink } from './hash-sink.ts';

const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;
// Looked up once: in a test's context every look at a global costs.
const { imul, min } = Math;

/** Dates betray when a corpus was made, not what a mail wants. */
const CALENDAR = new HashSink(256);
CALENDAR.start();
for (const word of `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro dezembro`
  .split(/\s+/)
  .filter(Boolean))
  CALENDAR.add(hash(word));

const URL = hash('<url>');
const MAIL = hash('<mail>');
const YOU = hash('<you>');
const DATE = hash('<date>');
const LONG = hash('<long>');
const CODE = hash('<code>');
const PICTURE = hash('<emoji>');
const MIXED = hash('<mixed>');
const NUMBERS = Array.from({ length: 10 }, (_, length) => hash(`<n${length}>`));

/** Longer ones are no words. */
const LONGEST_WORD = 24;

/** Where the tokens of a text go. */
export interface Reader {
  /** Called for each token in order. @returns whether its letters are wanted too */
  word(hash: number): boolean;
  /** Called for every four letters of a word whose letters are wanted. */
  gram?(hash: number): void;
}

/** Hashes of words that name somebody. */
export type Names = Pick<ReadonlySet<number>, 'has'>;

/**
 * Reads words, numbers by their length, ideographs one by one, links and addresses by their kind, signs and pictures.
 * @param text folded: lower case, no invisible characters
 * @param recipient hashes of words that name the reader; they become one token, because whom a corpus was sent to says nothing
 * @returns how many tokens there were, at most about `most`
 */
export function readTokens(text: string, most: number, recipient: Names, reader: Reader): number {
  const { length } = text;
  const units = unitsOf(text);
  let count = 0;
  for (let at = 0; at < length && count < most; ) {
    if (KIND_OF[units[at] as number] === SPACE) {
      at++;
      continue;
    }
    let end = at;
    let sign = -1;
    let link = false;
    for (; end < length; end++) {
      const code = units[end] as number;
      if (KIND_OF[code] === SPACE) break;
      if (code === 64) sign = end;
      else if (code === 58 && units[end + 1] === 47 && units[end + 2] === 47) link = true;
    }
    if (link || isWeb(units, at)) {
      reader.word(URL);
      count++;
    } else if (sign > at && isAddress(units, sign, end)) {
      reader.word(recipient.has(addressHash(units, at, end)) ? YOU : MAIL);
      count++;
    } else count += readRun(units, at, end, recipient, reader);
    at = end;
  }
  return count;
}

/** `www.`, looked for letter by letter: zeros stand behind the text. */
function isWeb(units: Uint16Array, at: number): boolean {
  return units[at] === 119 && units[at + 1] === 119 && units[at + 2] === 119 && units[at + 3] === 46;
}

function isAddress(units: Uint16Array, sign: number, end: number): boolean {
  let dot = sign;
  while (dot < end && units[dot] !== 46) dot++;
  return dot > sign + 1 && dot < end - 1;
}

/** Of an address without the brackets and marks around it. */
function addressHash(units: Uint16Array, from: number, to: number): number {
  let start = from;
  let end = to;
  const inner = (code: number) => KIND_OF[code] === LETTER || KIND_OF[code] === DIGIT;
  while (start < end && !inner(units[start] as number)) start++;
  while (end > start && !inner(units[end - 1] as number)) end--;
  let h = BASIS;
  for (let i = start; i < end; i++) h = imul(h ^ (units[i] as number), PRIME);
  return h >>> 0;
}

/** Tokens of what stands between two spaces. */
function readRun(units: Uint16Array, from: number, to: number, recipient: Names, reader: Reader): number {
  let count = 0;
  for (let at = from; at < to; ) {
    const kind = KIND_OF[units[at] as number] as number;
    if (kind === LETTER || kind === DIGIT) {
      at = readWord(units, at, to, recipient, reader);
      count++;
    } else {
      if (kind === IDEOGRAPH || kind === SIGN) {
        reader.word(imul(BASIS ^ (units[at] as number), PRIME) >>> 0);
        count++;
      } else if (kind === EMOJI) {
        reader.word(PICTURE);
        count++;
        at++;
      }
      at++;
    }
  }
  return count;
}

function readWord(units: Uint16Array, from: number, to: number, recipient: Names, reader: Reader): number {
  let at = from;
  let digits = 0;
  let latin = 0;
  let lookalikes = 0;
  let hashed = BASIS;
  for (; at < to; at++) {
    const code = units[at] as number;
    const kind = KIND_OF[code];
    if (kind === LETTER) {
      if (code < 0x80) latin++;
      else if (code < 0x600 && LATIN_LOOK[code] !== 0) lookalikes++;
    } else if (kind === DIGIT) digits++;
    else if (kind !== APOSTROPHE || at + 1 >= to || KIND_OF[units[at + 1] as number] !== LETTER) break;
    hashed = imul(hashed ^ code, PRIME);
  }
  const length = at - from;
  if (digits === length) {
    at = endOfNumber(units, at, to);
    reader.word(NUMBERS[min(9, at - from)] as number);
    return at;
  }
  if (length > LONGEST_WORD || digits > 2) reader.word(length > LONGEST_WORD ? LONG : CODE);
  else if (latin > 0 && lookalikes > 0) {
    reader.word(MIXED);
    readLatin(units, from, at, reader);
  } else {
    hashed >>>= 0;
    const isDate = CALENDAR.has(hashed);
    if (recipient.has(hashed)) reader.word(YOU);
    else if (reader.word(isDate ? DATE : hashed) || isDate) readGrams(units, from, at, reader);
  }
  return at;
}

/** 1,234.56 and 12:30 and 2025-01-31 are one. */
function endOfNumber(units: Uint16Array, from: number, to: number): number {
  let at = from;
  while (at + 1 < to) {
    const code = units[at] as number;
    const joins = code === 46 || code === 44 || code === 58 || code === 47 || code === 45;
    if (KIND_OF[code] !== DIGIT && !(joins && KIND_OF[units[at + 1] as number] === DIGIT)) return at;
    at++;
  }
  return at < to && KIND_OF[units[at] as number] === DIGIT ? at + 1 : at;
}

const latinWord = new Uint16Array(LONGEST_WORD);

/** A word that mixes alphabets, as an eye reads it. */
function readLatin(units: Uint16Array, from: number, to: number, reader: Reader): void {
  let h = BASIS;
  for (let at = from; at < to; at++) {
    const code = units[at] as number;
    const look = code < 0x600 && LATIN_LOOK[code] !== 0 ? (LATIN_LOOK[code] as number) : code;
    latinWord[at - from] = look;
    h = imul(h ^ look, PRIME);
  }
  if (reader.word(h >>> 0)) readGrams(latinWord, 0, to - from, reader);
}

const EDGE = 0x5e;
const BEFORE_WORD = imul(BASIS ^ EDGE, PRIME);

/** Every four characters of a word, its edges marked; shorter words whole. */
function readGrams(units: Uint16Array, from: number, to: number, reader: Reader): void {
  if (!reader.gram) return;
  let b = units[from] as number;
  let c = from + 1 < to ? (units[from + 1] as number) : EDGE;
  let d = from + 2 < to ? (units[from + 2] as number) : EDGE;
  let first = BEFORE_WORD;
  for (let next = from + 3; ; next++) {
    reader.gram(imul(imul(imul(first ^ b, PRIME) ^ c, PRIME) ^ d, PRIME) >>> 0);
    if (next > to) return;
    first = imul(BASIS ^ b, PRIME);
    b = c;
    c = d;
    d = next < to ? (units[next] as number) : EDGE;
  }
}

/** As a reader perceives it, lower case. */
export function fold(text: string): string {
  return normalise(text).toLowerCase();
}

/** FNV-1a over UTF-16 units, continued from a seed; 32 bits. */
export function hash(text: string, seed = BASIS): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = imul(h ^ text.charCodeAt(i), PRIME);
  return h >>> 0;
}

/** Last mixing, so that the low bits are good enough to be an index. */
export function mix(h: number): number {
  let x = h ^ (h >>> 16);
  x = imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

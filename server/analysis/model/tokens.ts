import { normalise } from '../../message/normalise.ts';
import { APOSTROPHE, DIGIT, EMOJI, IDEOGRAPH, KIND_OF, LATIN_LOOK, LETTER, SIGN, SPACE } from './characters.ts';

const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;
// Looked up once: in a test's context every look at a global costs.
const { imul, min } = Math;

/** Dates betray when a corpus was made, not what a mail wants. */
const CALENDAR = new Set(
  `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro dezembro`
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => hash(word)),
);

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

/** Where the tokens of a text go. `word` is called for each token in order; `gram` for every four letters of a word. */
export interface Reader {
  word(hash: number): void;
  gram?(hash: number): void;
}

/**
 * Reads words, numbers by their length, ideographs one by one, links and addresses by their kind, signs and pictures.
 * @param text folded: lower case, no invisible characters
 * @param recipient hashes of words that name the reader; they become one token, because whom a corpus was sent to says nothing
 * @returns how many tokens there were, at most about `most`
 */
export function readTokens(text: string, most: number, recipient: ReadonlySet<number>, reader: Reader): number {
  const { length } = text;
  let count = 0;
  for (let at = 0; at < length && count < most; ) {
    if (KIND_OF[text.charCodeAt(at)] === SPACE) {
      at++;
      continue;
    }
    let end = at;
    let sign = -1;
    let link = false;
    for (; end < length; end++) {
      const code = text.charCodeAt(end);
      if (KIND_OF[code] === SPACE) break;
      if (code === 64) sign = end;
      else if (code === 58 && text.charCodeAt(end + 1) === 47 && text.charCodeAt(end + 2) === 47) link = true;
    }
    if (link || text.startsWith('www.', at)) {
      reader.word(URL);
      count++;
    } else if (sign > at && isAddress(text, sign, end)) {
      reader.word(recipient.has(addressHash(text, at, end)) ? YOU : MAIL);
      count++;
    } else count += readRun(text, at, end, recipient, reader);
    at = end;
  }
  return count;
}

function isAddress(text: string, sign: number, end: number): boolean {
  const dot = text.indexOf('.', sign);
  return dot > sign + 1 && dot < end - 1;
}

/** Of an address without the brackets and marks around it. */
function addressHash(text: string, from: number, to: number): number {
  let start = from;
  let end = to;
  const inner = (code: number) => KIND_OF[code] === LETTER || KIND_OF[code] === DIGIT;
  while (start < end && !inner(text.charCodeAt(start))) start++;
  while (end > start && !inner(text.charCodeAt(end - 1))) end--;
  return hashOf(text, start, end, BASIS);
}

/** Tokens of what stands between two spaces. */
function readRun(text: string, from: number, to: number, recipient: ReadonlySet<number>, reader: Reader): number {
  let count = 0;
  for (let at = from; at < to; ) {
    const kind = KIND_OF[text.charCodeAt(at)] as number;
    if (kind === LETTER || kind === DIGIT) {
      at = readWord(text, at, to, recipient, reader);
      count++;
    } else {
      if (kind === IDEOGRAPH || kind === SIGN) {
        reader.word(hashOf(text, at, at + 1, BASIS));
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

function readWord(text: string, from: number, to: number, recipient: ReadonlySet<number>, reader: Reader): number {
  let at = from;
  let digits = 0;
  let latin = 0;
  let lookalikes = 0;
  let hashed = BASIS;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    const kind = KIND_OF[code];
    if (kind === DIGIT) digits++;
    else if (kind === LETTER) {
      if (code < 0x80) latin++;
      else if (code < 0x600 && LATIN_LOOK[code] !== 0) lookalikes++;
    } else if (kind !== APOSTROPHE || at + 1 >= to || KIND_OF[text.charCodeAt(at + 1)] !== LETTER) break;
    hashed = imul(hashed ^ code, PRIME);
  }
  const length = at - from;
  if (digits === length) {
    at = endOfNumber(text, at, to);
    reader.word(NUMBERS[min(9, at - from)] as number);
    return at;
  }
  if (length > LONGEST_WORD || digits > 2) reader.word(length > LONGEST_WORD ? LONG : CODE);
  else if (latin > 0 && lookalikes > 0) {
    reader.word(MIXED);
    readLatin(text, from, at, reader);
  } else {
    hashed >>>= 0;
    const personal = recipient.has(hashed);
    reader.word(personal ? YOU : CALENDAR.has(hashed) ? DATE : hashed);
    if (!personal && reader.gram) readGrams(text, from, at, reader);
  }
  return at;
}

/** 1,234.56 and 12:30 and 2025-01-31 are one. */
function endOfNumber(text: string, from: number, to: number): number {
  let at = from;
  while (at + 1 < to) {
    const code = text.charCodeAt(at);
    const joins = code === 46 || code === 44 || code === 58 || code === 47 || code === 45;
    if (KIND_OF[code] !== DIGIT && !(joins && KIND_OF[text.charCodeAt(at + 1)] === DIGIT)) return at;
    at++;
  }
  return at < to && KIND_OF[text.charCodeAt(at)] === DIGIT ? at + 1 : at;
}

/** A word that mixes alphabets, as an eye reads it. */
function readLatin(text: string, from: number, to: number, reader: Reader): void {
  let word = '';
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    word += String.fromCharCode(code < 0x600 && LATIN_LOOK[code] !== 0 ? (LATIN_LOOK[code] as number) : code);
  }
  reader.word(hash(word));
  if (reader.gram) readGrams(word, 0, word.length, reader);
}

const GRAM = 4;
const EDGE = 0x5e;

/** Every four characters of a word, its edges marked; shorter words whole. */
function readGrams(text: string, from: number, to: number, reader: Reader): void {
  const at = (i: number) => (i < from || i >= to ? EDGE : text.charCodeAt(i));
  for (let i = from - 1; i + GRAM <= to + 1 || i === from - 1; i++) {
    let h = BASIS;
    for (let k = 0; k < GRAM; k++) h = imul(h ^ at(i + k), PRIME);
    reader.gram?.(h >>> 0);
  }
}

/** As a reader perceives it, lower case. */
export function fold(text: string): string {
  return normalise(text).toLowerCase();
}

/** FNV-1a over UTF-16 units, continued from a seed; 32 bits. */
export function hash(text: string, seed = BASIS): number {
  return hashOf(text, 0, text.length, seed);
}

function hashOf(text: string, from: number, to: number, seed: number): number {
  let h = seed;
  for (let i = from; i < to; i++) h = imul(h ^ text.charCodeAt(i), PRIME);
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

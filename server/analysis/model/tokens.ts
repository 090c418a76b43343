import { normalise } from '../../message/normalise.ts';

/** What a text is cut into: words, numbers by their length, CJK characters one by one; links and addresses by their kind. */
const TOKEN =
  /(https?:\/\/\S+|www\.\S+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|([\p{L}\p{M}]+(?:['’][\p{L}]+)?)|(\p{N}+(?:[.,:/-]\p{N}+)*)|([$€£¥₹₿!?%#])|(\p{Extended_Pictographic})/gu;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Dates betray when a corpus was made, not what a mail wants. */
const CALENDAR = new Set(
  `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro dezembro`
    .split(/\s+/)
    .filter(Boolean),
);

/**
 * Tokens of a text in order, at most `most`.
 * @param text folded: lower case, no invisible characters.
 * @param recipient words that name the reader; they become one token, because whom a corpus was sent to says nothing.
 */
export function tokens(text: string, most: number, recipient: ReadonlySet<string>): string[] {
  const out: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null && out.length < most; match = TOKEN.exec(text)) {
    if (match[3] !== undefined) word(match[3], recipient, out);
    else if (match[1] !== undefined) out.push('<url>');
    else if (match[2] !== undefined) out.push(recipient.has(match[2]) ? '<you>' : '<mail>');
    else if (match[4] !== undefined) out.push(`<n${Math.min(9, match[4].length)}>`);
    else if (match[5] !== undefined) out.push(match[5]);
    else out.push('<emoji>');
  }
  return out;
}

function word(text: string, recipient: ReadonlySet<string>, out: string[]): void {
  if (recipient.has(text)) out.push('<you>');
  else if (CALENDAR.has(text)) out.push('<date>');
  else if (CJK.test(text)) for (const char of text) out.push(char);
  else out.push(text.length > 24 ? '<long>' : text);
}

/** As a reader perceives it, lower case. */
export function fold(text: string): string {
  return normalise(text).toLowerCase();
}

/** FNV-1a over UTF-16 units, continued from a seed; 32 bits. */
export function hash(text: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Last mixing, so that the low bits are good enough to be an index. */
export function mix(h: number): number {
  let x = h ^ (h >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

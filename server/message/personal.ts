/**
 * What of a mail is personal to its recipient: campaigns greet by name and repeat the address, and two copies of one
 * campaign differ in nothing else. Folding only takes differences away where the mail speaks of its own recipient; the
 * words around must still be equal.
 */
import type { Address, Message } from './message.ts';

export interface Personal {
  /** Addresses of the recipient, lower case, longest first. */
  addresses: readonly string[];
  /** A line without what is personal. */
  fold(text: string): string;
}

/** Letters that no mail of today is written in, so that a marker stays one word of its own. */
export const MARKER = 'ᚱᚲᛈ';

const MAX_NAME_WORDS = 6;
const MAX_NAME = 120;
/** RFC 5321 section 4.5.3.1: 64 octets, an @, 255 octets. */
const MAX_ADDRESS = 320;
const NOT_INSIDE_A_WORD = '(?<![\\p{L}\\p{N}])';
const NOT_BEFORE_A_WORD = '(?![\\p{L}\\p{N}])';
const GREETING =
  /^(\s*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[r]?|sehr geehrte[r]?(?: frau| herr)?|bonjour|cher|chère|hola|estimad[oa]|ciao|gentile|beste|geachte)\s+)([^\s,!:][^,!:\n]{0,60})([,!:]|\s*$)/iu;

/** @param own addresses of the mailbox the mail lies in; what the header says counts only where it names one recipient */
export function personalOf(message: Pick<Message, 'to' | 'cc'>, own: readonly string[]): Personal {
  const mine = new Set(own.map((address) => address.toLowerCase()));
  const named = [...message.to, ...message.cc];
  const me = named.filter((one) => mine.has(one.address.toLowerCase()));
  const recipients = me.length > 0 ? me : named.length === 1 ? named : [];
  const addresses = [...new Set([...mine, ...recipients.map((one) => one.address.toLowerCase())])]
    .filter((address) => address.length <= MAX_ADDRESS && /^[^@\s]+@[^@\s]+$/.test(address))
    .sort((a, b) => b.length - a.length);
  const words = wordsOf(addresses, recipients);
  return { addresses, fold: (text) => foldGreeting(foldWords(text, addresses, words)) };
}

interface Words {
  /** In any case: `ana.okoro`, `ana42`. */
  whole: RegExp | null;
  /** Capitalised: `Ana`, `OKORO`; in lower case a name may be a word like any other. */
  names: RegExp | null;
}

function wordsOf(addresses: readonly string[], recipients: readonly Address[]): Words {
  const whole = new Set<string>();
  const names = new Set<string>();
  const name = (word: string) => {
    const lower = word.toLowerCase();
    names.add(lower.toUpperCase()).add(lower.slice(0, 1).toUpperCase() + lower.slice(1));
    // As its owner writes it: `McKenna`.
    if (word !== lower) names.add(word);
  };
  for (const address of addresses) {
    const local = address.slice(0, address.indexOf('@'));
    if (/[^\p{L}]/u.test(local) && local.length >= 4) whole.add(local);
    for (const word of local.match(/\p{L}{3,}/gu) ?? []) name(word);
  }
  for (const { name: shown } of recipients) {
    // `O’Brien` and `Smith-Jones` are one word, whose parts count as well.
    const parts = shown
      .slice(0, MAX_NAME)
      .split(/[^\p{L}\p{M}'’-]+/u)
      .map((part) => part.replace(/^[-'’]+|[-'’]+$/g, ''));
    const words = parts.filter((part) => /\p{L}\p{M}*\p{L}/u.test(part)).slice(0, MAX_NAME_WORDS);
    for (const word of words) {
      name(word);
      for (const piece of word.match(/[\p{L}\p{M}]{2,}/gu) ?? []) name(piece);
    }
    // With its particles: `Ben van Dijk`, `van Dijk`.
    for (let at = 0; at < words.length - 1; at++) names.add(words.slice(at).join(' '));
  }
  return { whole: anyOf(whole, 'giu'), names: anyOf(names, 'gu') };
}

function anyOf(words: ReadonlySet<string>, flags: string): RegExp | null {
  if (words.size === 0) return null;
  const longestFirst = [...words].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`${NOT_INSIDE_A_WORD}(?:${longestFirst.join('|')})${NOT_BEFORE_A_WORD}`, flags);
}

function foldWords(text: string, addresses: readonly string[], { whole, names }: Words): string {
  let folded = text;
  for (const address of addresses) {
    if (!folded.includes('@')) break;
    folded = folded.replace(new RegExp(`${NOT_INSIDE_A_WORD}${escaped(address)}${NOT_BEFORE_A_WORD}`, 'giu'), MARKER);
  }
  if (whole) folded = folded.replace(whole, MARKER);
  if (names) folded = folded.replace(names, MARKER);
  // `Okoro, Ana` is as much one name as `Ana`.
  return folded === text ? text : folded.replace(new RegExp(`${MARKER}(?:[\\s,.]{1,3}${MARKER})+`, 'g'), MARKER);
}

/** `Dear Ms Okoro,` greets somebody, whoever it is. */
function foldGreeting(text: string): string {
  const greeting = GREETING.exec(text);
  if (!greeting) return text;
  const [all, opening = '', name = '', end = ''] = greeting;
  const words = name.trim().split(/\s+/);
  const isName = words.length <= 4 && words.every((word) => /^\p{Lu}[\p{L}\p{M}.'’-]*$/u.test(word) || word === MARKER);
  return isName ? `${opening}${MARKER}${end}${text.slice(all.length)}` : text;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

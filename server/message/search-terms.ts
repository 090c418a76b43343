/**
 * The words a mail is found by. Made once when the mail becomes known, and from a query when somebody asks, by the same rules:
 * lower case, without accents, letters and digits of every script; of scripts that write no blanks, pairs of characters.
 */

/** Longer runs of letters are no words but somebody's Base64; a SHA-256 has 64. */
const MAX_TERM = 64;
/** Up to the whole address or host. */
const MAX_COMPOUND = 320;
/** PostgreSQL keeps positions up to 16,383. */
const MAX_POSITION = 16_000;

/** Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar: no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const RUNS = /[\p{L}\p{N}]+(?:[._@+%-]+[\p{L}\p{N}]+)*/gu;
const WORDS = /[\p{L}\p{N}]+/gu;

/** One form for what reads the same: compatibility forms, accents and case gone. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

export interface Term {
  text: string;
  /** The whole of an address, host or file name, at the place of its first word. */
  compound: boolean;
}

/** Words of a running text in order, and before the first word of an address, host or number the whole of it. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const [run] of folded(text).matchAll(RUNS)) {
    if (/[.@]/.test(run) && run.length <= MAX_COMPOUND) terms.push({ text: run, compound: true });
    for (const [word] of run.matchAll(WORDS))
      for (const piece of piecesOf(word)) terms.push({ text: piece, compound: false });
  }
  return terms;
}

/** A word; of an unspaced script its pairs of characters, so that a part of a sentence is found. */
function piecesOf(word: string): string[] {
  if (!UNSPACED.test(word)) return [word.slice(0, MAX_TERM)];
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(0, -1).map((character, i) => character + characters[i + 1]);
}

/** Of a script in which two characters are a word. */
export const isUnspaced = (text: string) => UNSPACED.test(text);

/** A host and every domain above it, down to two labels: `a.b.example.org`, `b.example.org`, `example.org`. */
export function domainsAbove(host: string): string[] {
  const labels = host
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '')
    .slice(-10);
  if (labels.length < 2) return labels;
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'));
}

/** Where a word stands: A subject, B sender, C recipients, D links, attachments, and what the machine adds. */
export type Place = 'A' | 'B' | 'C' | 'D';

/** Collects words with their places into the text form of a PostgreSQL tsvector. */
export class WordIndex {
  private readonly lexemes = new Map<string, string[]>();
  private position = 0;

  /** Words of running text; a phrase does not reach from one text into the next. */
  text(text: string, place: Place): void {
    this.position++;
    for (const { text: term, compound } of termsOf(text)) {
      if (!compound) this.position++;
      this.put(term, place, compound ? this.position + 1 : this.position);
    }
    this.position++;
  }

  /** A whole value that is asked for as such, such as `ip:203.0.113.7`. */
  exact(value: string, place: Place): void {
    this.put(folded(value).slice(0, MAX_COMPOUND), place, this.position + 1);
  }

  private put(term: string, place: Place, position: number): void {
    if (term === '') return;
    const places = this.lexemes.get(term);
    const at = `${Math.min(position, MAX_POSITION)}${place === 'D' ? '' : place}`;
    if (!places) this.lexemes.set(term, [at]);
    else if (places.length < 50 && !places.includes(at)) places.push(at);
  }

  /** Such as `'invoice':2A,9 'overdue':3A`. */
  toTsvector(): string {
    return [...this.lexemes].map(([term, places]) => `${quoteLexeme(term)}:${places.join(',')}`).join(' ');
  }
}

/** As the text forms of tsvector and tsquery want it. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\0', '').replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

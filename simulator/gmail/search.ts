/** The search language of `q`, as far as a mail client needs it. Words are compared, not characters, as Gmail does. */
import { bodyOf, previewOf } from '../mime/body.ts';
import { type Address, headerOf } from '../mime/header.ts';
import type { GmailMailbox, GmailMessage } from '../workspace/mailbox.ts';

export interface SearchSetting {
  mailbox: GmailMailbox;
  /** ms since the epoch */
  now: number;
}

type Test = (message: GmailMessage) => boolean;

/** @returns a test, and whether the query itself asks for what lies in TRASH and SPAM */
export function parseSearch(text: string, setting: SearchSetting): { matches: Test; includesDiscarded: boolean } {
  const reader = new Reader(text, setting);
  return { matches: reader.all(''), includesDiscarded: reader.includesDiscarded };
}

/** Terms stand for AND; `OR` and braces for one of them; a minus for not. */
class Reader {
  includesDiscarded = false;
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly setting: SearchSetting,
  ) {}

  /** Up to the closing character, which is eaten. @param key that an enclosing `key:( … )` gives to bare words */
  all(key: string): Test {
    const groups: Test[][] = [];
    let joinNext = false;
    for (;;) {
      this.blanks();
      if (this.at >= this.text.length || (this.depth > 0 && this.text[this.at] === ')')) break;
      if (/^OR(?=[\s(])/.test(this.text.slice(this.at))) {
        this.at += 2;
        joinNext = groups.length > 0;
        continue;
      }
      if (/^AND(?=[\s(])/.test(this.text.slice(this.at))) {
        this.at += 3;
        continue;
      }
      const test = this.term(key);
      if (joinNext) groups.at(-1)!.push(test);
      else groups.push([test]);
      joinNext = false;
    }
    this.at += 1;
    // A query without terms fits everything, empty parentheses fit nothing.
    if (groups.length === 0 && this.depth > 0) return () => false;
    return (message) => groups.every((tests) => tests.some((test) => test(message)));
  }

  private term(key: string): Test {
    if (this.text[this.at] === '-' && /\S/.test(this.text[this.at + 1] ?? '')) {
      this.at += 1;
      const test = this.term(key);
      return (message) => !test(message);
    }
    if (this.text[this.at] === '(') return this.group(key);
    if (this.text[this.at] === '{') return this.braces(key);
    const name = /^([a-z_0-9]+):/i.exec(this.text.slice(this.at))?.[1];
    if (name === undefined || !operators.has(name.toLowerCase())) return this.test(key, this.word());
    this.at += name.length + 1;
    if (this.text[this.at] === '(') return this.group(name.toLowerCase());
    if (this.text[this.at] === '{') return this.braces(name.toLowerCase());
    return this.test(name.toLowerCase(), this.word());
  }

  private group(key: string): Test {
    this.at += 1;
    this.depth += 1;
    const test = this.all(key);
    this.depth -= 1;
    return test;
  }

  private braces(key: string): Test {
    this.at += 1;
    const tests: Test[] = [];
    this.depth += 1;
    for (;;) {
      this.blanks();
      if (this.at >= this.text.length || this.text[this.at] === '}') break;
      tests.push(this.term(key));
    }
    this.depth -= 1;
    this.at += 1;
    return (message) => tests.some((test) => test(message));
  }

  /** A quoted phrase, or everything up to white space; inside a group also up to what closes it. */
  private word(): string {
    if (this.text[this.at] === '"') {
      const end = this.text.indexOf('"', this.at + 1);
      const stop = end < 0 ? this.text.length : end;
      const phrase = this.text.slice(this.at + 1, stop);
      this.at = stop + 1;
      return phrase;
    }
    const ends = this.depth > 0 ? /[\s)}]/ : /\s/;
    const start = this.at;
    while (this.at < this.text.length && !ends.test(this.text[this.at]!)) this.at += 1;
    // A stray closing character is skipped, so that reading always moves on.
    if (this.at === start) this.at += 1;
    return this.text.slice(start, this.at);
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private test(key: string, value: string): Test {
    const place = value.toLowerCase();
    if (key === 'in' && ['anywhere', 'trash', 'spam'].includes(place)) this.includesDiscarded = true;
    const make = operators.get(key);
    return make ? make(value, this.setting) : (message) => hasWords(everythingOf(message), value);
  }
}

const operators = new Map<string, (value: string, setting: SearchSetting) => Test>([
  ['rfc822msgid', (value) => (message) => bare(message.internetMessageId) === bare(value)],
  ['from', (value) => (message) => people(message, 'from').some((text) => hasWords(text, value))],
  ['to', (value) => (message) => people(message, 'to').some((text) => hasWords(text, value))],
  ['cc', (value) => (message) => people(message, 'cc').some((text) => hasWords(text, value))],
  ['deliveredto', (value) => (message) => hasWords(fieldOf(message, 'delivered-to'), value)],
  ['list', (value) => (message) => hasWords(fieldOf(message, 'list-id'), value)],
  ['subject', (value) => (message) => hasWords(message.subject, value)],
  ['label', (value, { mailbox }) => withLabel(mailbox, value)],
  ['in', (value, { mailbox }) => inPlace(mailbox, value)],
  ['is', (value, { mailbox }) => isState(mailbox, value)],
  ['has', (value) => (message) => value.toLowerCase() === 'attachment' && headerOf(message.eml).hasAttachments],
  [
    'newer_than',
    (value, { now }) =>
      (message) =>
        message.internalDate >= now - spanMs(value),
  ],
  [
    'older_than',
    (value, { now }) =>
      (message) =>
        message.internalDate < now - spanMs(value),
  ],
  ['after', (value) => (message) => message.internalDate >= dateMs(value)],
  ['newer', (value) => (message) => message.internalDate >= dateMs(value)],
  ['before', (value) => (message) => message.internalDate < dateMs(value)],
  ['older', (value) => (message) => message.internalDate < dateMs(value)],
  ['larger', (value) => (message) => message.eml.length >= bytesOf(value)],
  ['smaller', (value) => (message) => message.eml.length < bytesOf(value)],
]);

function bare(id: string): string {
  return id.trim().replace(/^<(.*)>$/, '$1');
}

/** Labels are written in queries with `-` for blanks, `/`, `(` and the like. */
function withLabel(mailbox: GmailMailbox, value: string): Test {
  const spelled = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '-');
  const label = mailbox.labels().find((one) => spelled(one.name) === spelled(value) || one.id === value);
  return (message) => label !== undefined && message.labelIds.has(label.id);
}

function inPlace(mailbox: GmailMailbox, value: string): Test {
  const place = value.toLowerCase();
  if (place === 'anywhere') return () => true;
  if (place === 'sent' || place === 'draft' || place === 'drafts')
    return (message) => message.labelIds.has(place === 'sent' ? 'SENT' : 'DRAFT');
  if (place === 'archive')
    return (message) => !['INBOX', 'TRASH', 'SPAM', 'SENT', 'DRAFT'].some((id) => message.labelIds.has(id));
  return withLabel(mailbox, value);
}

function isState(mailbox: GmailMailbox, value: string): Test {
  const state = value.toLowerCase();
  if (state === 'read') return (message) => !message.labelIds.has('UNREAD');
  return withLabel(mailbox, state);
}

/** `5d`, `2m` (30 days each), `1y`, and the newer `3h`; NaN for anything else, so that nothing fits. */
function spanMs(value: string): number {
  const match = /^(\d+)([hdmy])$/i.exec(value);
  if (!match) return Number.NaN;
  const hours = { h: 1, d: 24, m: 24 * 30, y: 24 * 365 }[match[2]!.toLowerCase() as 'h' | 'd' | 'm' | 'y'];
  return Number(match[1]) * hours * 3_600_000;
}

/** Seconds since the epoch, or `2026/11/21`, which is midnight UTC here and Pacific time there. */
function dateMs(value: string): number {
  if (/^\d{9,}$/.test(value)) return Number(value) * 1000;
  const match = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
}

function bytesOf(value: string): number {
  const match = /^(\d+)([km]?)b?$/i.exec(value);
  if (!match) return Number.NaN;
  return Number(match[1]) * { '': 1, k: 1024, m: 1024 * 1024 }[match[2]!.toLowerCase() as '' | 'k' | 'm'];
}

function people(message: GmailMessage, field: 'from' | 'to' | 'cc'): string[] {
  const header = headerOf(message.eml);
  const found: (Address | null)[] = field === 'from' ? [header.from] : header[field];
  return found.flatMap((one) => (one ? [`${one.name} ${one.address}`] : []));
}

function fieldOf(message: GmailMessage, name: string): string {
  return headerOf(message.eml).fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
}

const texts = new WeakMap<Buffer, string>();

function everythingOf({ eml, subject }: GmailMessage): string {
  const known = texts.get(eml);
  if (known !== undefined) return known;
  const { from, to, cc } = headerOf(eml);
  const names = [from, ...to, ...cc].map((one) => (one ? `${one.name} ${one.address}` : ''));
  const { contentType, content } = bodyOf(eml);
  const text = [subject, ...names, contentType === 'text' ? content : previewOf({ contentType, content })].join('\n');
  texts.set(eml, text);
  return text;
}

/** Whether the words of the phrase stand in the text, in a row. No words: nothing to fit. */
export function hasWords(text: string, phrase: string): boolean {
  const [haystack, needle] = [wordsOf(text), wordsOf(phrase)];
  if (needle.length === 0) return false;
  return haystack.some((_, i) => needle.every((word, k) => haystack[i + k] === word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** The text side of a fingerprint: letters of all lines, hashed whole and with added lines peeled off either end. */
import { createHash } from 'node:crypto';
import { isGatewayText } from './gateway-text.ts';
import { readHtmlTokens } from './html-tokens.ts';
import { unwrapLink } from './link-targets.ts';
import { normalUrl } from './normal-url.ts';
import { normalise } from './normalise.ts';

/** Lines of a banner before, of a disclaimer or list footer after the mail, that are tried as additions. */
const MAX_HEADS = 10;
const MAX_TAILS = 14;
const NEAR_LINES = 8;
const FAR_LINES = 60;
/** Lines added inside <body> where text stands outside of it. */
const MAX_INSIDE = 6;
/** Keeps the fingerprint small; the smallest removals come first. */
const MAX_CORES = 150;
/** A mail that says a quarter of what another says is not that other, unless the rest is certainly a gateway's. */
const MIN_CORE = 0.25;
const MAX_OWN_CORES = 10;
const URL = /(?:https?:\/\/|www\.)[^\s<>"']{1,8000}/gi;
const BREAKS = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** One line of the mail. */
export interface Line {
  text: string;
  /** What is compared: letters and digits without white space, case, marks of style, and URLs. */
  letters: string;
  /** The first line of a paragraph. */
  opens: boolean;
}

/** The body, and where its HTML says that it begins and ends: gateways put their words just inside. */
export interface BodyText {
  lines: Line[];
  /** Lines before the first <body>; 0 when there are none. */
  bodyStart: number;
  /** Lines before the first </body>; all of them when there is none. */
  bodyEnd: number;
}

/** An HTML body in document order, hidden lines too: whether a line counts as hidden may change on the way. */
export function readHtmlLines(html: string): BodyText {
  const texts: string[] = [];
  let current = '';
  let start = 0;
  let end = -1;
  const flush = () => {
    if (lettersOf(current) !== '') texts.push(current);
    current = '';
  };
  readHtmlTokens(html, {
    text: (text, within) => {
      if (within === '' || within === 'textarea') current += text;
    },
    open: (name) => {
      if (BREAKS.has(name)) flush();
      if (name === 'body' && start === 0) start = texts.length;
    },
    close: (name) => {
      if (BREAKS.has(name)) flush();
      if (name === 'body' && end < 0) end = texts.length;
    },
    comment: () => {},
  });
  flush();
  return { lines: toLines(texts), bodyStart: start, bodyEnd: end < 0 ? texts.length : end };
}

export function readTextLines(text: string): BodyText {
  const lines = toLines(text.split('\n'));
  return { lines, bodyStart: 0, bodyEnd: lines.length };
}

function toLines(texts: readonly string[]): Line[] {
  const lines: Line[] = [];
  let opens = true;
  for (const text of texts) {
    const letters = lettersOf(text);
    // Blank lines and rules part paragraphs, and carry nothing.
    if (letters === '') opens = true;
    else {
      lines.push({ text, letters, opens });
      opens = false;
    }
  }
  return lines;
}

/** Letters, marks and digits in lower case; a URL counts as what it really points to. */
export function lettersOf(text: string): string {
  const plain = normalise(text);
  const real = /:\/\/|www\./i.test(plain) ? plain.replace(URL, (url) => normalUrl(unwrapLink(url))) : plain;
  const lower = real.toLowerCase();
  return /[^\x00-\x7f]/.test(lower) ? lower.replace(/[^\p{L}\p{M}\p{N}]+/gu, '') : lower.replace(/[^a-z0-9]+/g, '');
}

export interface TextPrint {
  full: string;
  /** Number of letters. */
  length: number;
  /** Hash of every plausible core: added lines removed at the head, at the tail, or at both. */
  cores: string[];
  /** Only those cores where all that was removed reads like a gateway's own words. */
  ownCores: string[];
}

export function printText(body: BodyText): TextPrint {
  const { lines } = body;
  const length = lines.reduce((sum, line) => sum + line.letters.length, 0);
  const heads = headCuts(body);
  const tails = tailCuts(body);
  // The long middle that no cut touches, hashed in one go.
  const middleStart = Math.max(...heads.map((head) => head.to));
  const middleEnd = Math.max(middleStart, (tails[0] as Cut).from);
  const middle = lines
    .slice(middleStart, middleEnd)
    .map((line) => line.letters)
    .join('');
  const print: TextPrint = { full: '', length, cores: [], ownCores: [] };
  for (const head of heads) {
    const kept = new Letters();
    for (let i = 0; i < head.from; i++) kept.add((lines[i] as Line).letters);
    let next = head.to;
    if (middle !== '') {
      for (; next < middleStart; next++) kept.add((lines[next] as Line).letters);
      kept.add(middle);
      next = middleEnd;
    }
    const ownHead = isGateway(lines.slice(head.from, head.to), 'banner');
    for (const tail of tails) {
      if (tail.from < head.to) continue;
      for (; next < tail.from; next++) kept.add((lines[next] as Line).letters);
      const core = tail.to < lines.length ? kept.with(lines.slice(tail.to)) : kept;
      if (head.from === head.to && tail.from === tail.to) {
        print.full ||= core.hash();
        continue;
      }
      const own = ownHead && isGateway(lines.slice(tail.from, tail.to), 'footer');
      if (!own && core.length < length * MIN_CORE) continue;
      const value = core.hash();
      print.cores.push(value);
      if (own && print.ownCores.length < MAX_OWN_CORES) print.ownCores.push(value);
    }
  }
  print.cores = [...new Set([...print.ownCores, ...print.cores])].slice(0, MAX_CORES);
  return print;
}

/** A hash that can go on after it has been read. */
class Letters {
  length = 0;
  constructor(private readonly state = createHash('sha256')) {}

  add(letters: string): void {
    this.state.update(letters);
    this.length += letters.length;
  }

  with(lines: readonly Line[]): Letters {
    const copy = new Letters(this.state.copy());
    copy.length = this.length;
    for (const line of lines) copy.add(line.letters);
    return copy;
  }

  hash(): string {
    return short(this.state.copy().digest('base64url'));
  }
}

function isGateway(lines: readonly Line[], kind: 'banner' | 'footer'): boolean {
  if (lines.length === 0) return true;
  return isGatewayText(
    lines.map((line) => line.text),
    kind,
  );
}

/** Lines from `from` up to `to` are left out. */
interface Cut {
  from: number;
  to: number;
}

/** What may have been added at the head, nothing first. */
function headCuts({ lines, bodyStart }: BodyText): Cut[] {
  const cuts: Cut[] = [{ from: 0, to: 0 }];
  for (let i = 1; i < Math.min(lines.length, FAR_LINES) && cuts.length < MAX_HEADS; i++) {
    if (i < NEAR_LINES || (lines[i] as Line).opens) cuts.push({ from: 0, to: i });
  }
  // Text before <body>, and the banner behind it.
  for (let i = 1; bodyStart > 0 && i <= MAX_INSIDE && bodyStart + i <= lines.length; i++) {
    cuts.push({ from: bodyStart, to: bodyStart + i });
  }
  return cuts;
}

/** What may have been added at the tail, by ascending start, nothing last. */
function tailCuts({ lines, bodyEnd }: BodyText): Cut[] {
  const { length } = lines;
  const cuts: Cut[] = [{ from: length, to: length }];
  for (let i = length - 1; i >= Math.max(0, length - FAR_LINES) && cuts.length < MAX_TAILS; i--) {
    if (i >= length - NEAR_LINES || (lines[i] as Line).opens) cuts.push({ from: i, to: length });
  }
  // Text behind </body>, and the footer before it.
  for (let i = 1; bodyEnd < length && i <= MAX_INSIDE && bodyEnd - i >= 0; i++)
    cuts.push({ from: bodyEnd - i, to: bodyEnd });
  return cuts.sort((a, b) => a.from - b.from);
}

/** 72 bits in 12 characters: too many to search for a second text with the same hash. */
export function hashOf(text: string): string {
  return short(createHash('sha256').update(text).digest('base64url'));
}

function short(digest: string): string {
  return digest.slice(0, 12);
}

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
/** What is left after peeling must be most of the mail, or a mail could be made to contain another. */
const MIN_CORE = 0.5;
const MIN_CORE_LETTERS = 40;
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

/** Lines of an HTML body in document order, hidden ones too: whether a line counts as hidden may change on the way. */
export function linesOfHtml(html: string): Line[] {
  const lines: string[] = [];
  let current = '';
  const end = () => {
    if (current.trim() !== '') lines.push(current);
    current = '';
  };
  readHtmlTokens(html, {
    text: (text, within) => {
      if (within === '' || within === 'textarea') current += text;
    },
    open: (name) => {
      if (BREAKS.has(name)) end();
    },
    close: (name) => {
      if (BREAKS.has(name)) end();
    },
    comment: () => {},
  });
  end();
  return toLines(lines);
}

export function linesOfText(text: string): Line[] {
  return toLines(text.split('\n'));
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
  return real.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
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

export function printText(lines: readonly Line[]): TextPrint {
  const length = lines.reduce((sum, line) => sum + line.letters.length, 0);
  const starts = headCuts(lines);
  const ends = tailCuts(lines);
  const least = Math.max(MIN_CORE_LETTERS, length * MIN_CORE);
  const cores: string[] = [];
  const ownCores: string[] = [];
  let full = hashOf('');
  for (const start of starts) {
    const hash = createHash('sha256');
    let hashed = 0;
    let next = start;
    const ownHead =
      start === 0 ||
      isGatewayText(
        lines.slice(0, start).map((line) => line.text),
        'banner',
      );
    for (const end of ends) {
      for (; next < end; next++) {
        const { letters } = lines[next] as Line;
        hash.update(letters);
        hashed += letters.length;
      }
      const whole = start === 0 && end === lines.length;
      if (!whole && hashed < least) continue;
      const value = short(hash.copy().digest('base64url'));
      if (whole) full = value;
      else {
        cores.push(value);
        const ownTail =
          end === lines.length ||
          isGatewayText(
            lines.slice(end).map((line) => line.text),
            'footer',
          );
        if (ownHead && ownTail) ownCores.push(value);
      }
    }
  }
  return { full, length, cores, ownCores };
}

/** Line numbers where the mail itself may begin, ascending, 0 first. */
function headCuts(lines: readonly Line[]): number[] {
  const cuts: number[] = [];
  for (let i = 0; i < Math.min(lines.length, FAR_LINES) && cuts.length < MAX_HEADS; i++) {
    if (i < NEAR_LINES || (lines[i] as Line).opens) cuts.push(i);
  }
  return cuts.length === 0 ? [0] : cuts;
}

/** Line numbers before which the mail itself may end, ascending, the last one being the end. */
function tailCuts(lines: readonly Line[]): number[] {
  const cuts = [lines.length];
  for (let i = lines.length - 1; i > Math.max(0, lines.length - FAR_LINES) && cuts.length < MAX_TAILS; i--) {
    if (i >= lines.length - NEAR_LINES || (lines[i] as Line).opens) cuts.push(i);
  }
  return cuts.reverse();
}

/** 72 bits in 12 characters: too many to search for a second text with the same hash. */
export function hashOf(text: string): string {
  return short(createHash('sha256').update(text).digest('base64url'));
}

function short(digest: string): string {
  return digest.slice(0, 12);
}

/** Values with parameters: Content-Type and Content-Disposition, RFC 2045 section 5.1, RFC 2231. */
import { decodeCharset } from './charset.ts';
import { decodeHeaderValue } from './encoded-words.ts';

const MAX_PARAMETERS = 100;

export interface Parameterised {
  /** Before the first `;`, lower case, without comments. */
  value: string;
  /** Names lower case; values decoded. The first of several wins. */
  parameters: Map<string, string>;
}

interface Section {
  index: number;
  extended: boolean;
  text: string;
}

/** @param header unfolded value, one character a byte; anything is accepted */
export function readParameters(header: string): Parameterised {
  const pieces = splitParameters(header);
  const value = (pieces[0] ?? '')
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  const parameters = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const piece of pieces.slice(1)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    const text = unquote(piece.slice(equals + 1).trim());
    const star = name.indexOf('*');
    if (star < 1) {
      if (!parameters.has(name)) parameters.set(name, decodeHeaderValue(text));
      continue;
    }
    const base = name.slice(0, star);
    const suffix = /^\*(?:(\d{1,3})(\*)?)?$/.exec(name.slice(star));
    if (suffix === null) continue;
    const list = sections.get(base) ?? [];
    if (list.length < MAX_PARAMETERS) {
      list.push({ index: Number(suffix[1] ?? 0), extended: suffix[1] === undefined || suffix[2] === '*', text });
    }
    sections.set(base, list);
  }
  // RFC 2231 section 4: the extended form is the better one when both are given.
  for (const [base, list] of sections) parameters.set(base, joinSections(list));
  return { value, parameters };
}

function joinSections(list: Section[]): string {
  list.sort((a, b) => a.index - b.index);
  let charset = '';
  const bytes: Buffer[] = [];
  for (const [position, section] of list.entries()) {
    let text = section.text;
    if (position === 0 && section.extended) {
      const head = /^([^']{0,80})'[^']{0,80}'/.exec(text);
      if (head !== null) {
        charset = head[1] ?? '';
        text = text.slice(head[0].length);
      }
    }
    bytes.push(section.extended ? percentBytes(text) : Buffer.from(text, 'latin1'));
  }
  const text = decodeCharset(Buffer.concat(bytes), charset).text;
  return text.includes('=?') ? decodeHeaderValue(text) : text;
}

/** %XX to bytes; a broken escape stays as written. */
export function percentBytes(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** Cuts at each `;` outside quotes. */
function splitParameters(header: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < header.length && pieces.length < MAX_PARAMETERS; i++) {
    const code = header.charCodeAt(i);
    if (code === 92 && quoted) i++;
    else if (code === 34) quoted = !quoted;
    else if (code === 59 && !quoted) {
      pieces.push(header.slice(start, i));
      start = i + 1;
    }
  }
  if (pieces.length < MAX_PARAMETERS) pieces.push(header.slice(start));
  return pieces;
}

function unquote(text: string): string {
  if (text.charCodeAt(0) !== 34) {
    const comment = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
    return comment > 0 ? text.slice(0, comment).trim() : text;
  }
  const close = /^"((?:[^"\\]|\\.)*)"?/s.exec(text)?.[1] ?? text.slice(1);
  // Windows paths are written with single backslashes by real senders, so only quotes and backslashes are unescaped.
  return close.replace(/\\(["\\])/g, '$1');
}

/** Reads JSON bodies of strangers: valid UTF-8, shallow, and with no more structure than our requests have. */
import { isUtf8 } from 'node:buffer';
import { invalid } from './problem.ts';

/** Our deepest body has 3 levels. */
const MAX_DEPTH = 16;
/** Strings in one body; the largest of ours, a CSV import, comes as one string. */
const MAX_STRINGS = 20_000;
/** Bytes outside strings. 40 MB of `[[[[` would become a gigabyte of arrays; a report has under 1 KB. */
const MAX_STRUCTURE_BYTES = 256 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * @returns the value; `undefined` for an empty body.
 * @throws Problem 400 `invalid_json`
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw invalid('invalid_json', 'The body is not UTF-8.');
  boundStructure(bytes);
  try {
    // A reviver would cost a walk; `__proto__` becomes an own key here and the schemas refuse unknown keys.
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's message quotes the body, which may be message content.
    throw invalid('invalid_json', 'The body is not JSON.');
  }
}

/** Jumps from quote to quote with indexOf, so that a 40 MB base64 string costs a memchr. */
function boundStructure(bytes: Buffer): void {
  let depth = 0;
  let strings = 0;
  let structure = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      strings += 1;
      if (strings > MAX_STRINGS) throw invalid('invalid_json', 'The body has too many parts.');
      at = endOfString(bytes, at + 1);
      continue;
    }
    structure += 1;
    if (structure > MAX_STRUCTURE_BYTES) throw invalid('invalid_json', 'The body has too many parts.');
    if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) throw invalid('invalid_json', 'The body is nested too deeply.');
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    at += 1;
  }
}

/** The index after the closing quote; the length of the bytes when it never closes. */
function endOfString(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    let backslashes = 0;
    while (quote - 1 - backslashes >= from && bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

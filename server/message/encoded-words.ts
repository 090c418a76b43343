/** RFC 2047 encoded words in header values. */
import { decodeCharset, decodeEightBit } from './charset.ts';

const WORD = /=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=/g;

interface Run {
  charset: string;
  bytes: Buffer[];
}

/**
 * Header value as Unicode: raw 8-bit characters read as UTF-8 or windows-1252, encoded words decoded, words that are
 * broken left as they stand. Adjacent words of one charset are joined before decoding, because senders cut inside characters.
 * @param latin1 unfolded value, one character a byte
 */
export function decodeHeaderValue(latin1: string): string {
  const value = /[\x80-\xff]/.test(latin1) ? decodeEightBit(latin1) : latin1;
  if (!value.includes('=?')) return value;
  let out = '';
  let end = 0;
  let run: Run | null = null;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(value); match !== null; match = WORD.exec(value)) {
    const between = value.slice(end, match.index);
    const charset = (match[1] ?? '').replace(/\*.*$/, '').toLowerCase();
    const bytes = wordBytes(match[2] ?? '', match[3] ?? '');
    const adjacent = run !== null && /^\s*$/.test(between);
    if (run !== null && (!adjacent || run.charset !== charset)) {
      out += decodeRun(run);
      run = null;
    }
    if (!adjacent) out += between;
    if (run === null) run = { charset, bytes: [bytes] };
    else run.bytes.push(bytes);
    end = WORD.lastIndex;
  }
  if (run !== null) out += decodeRun(run);
  return out + value.slice(end);
}

function decodeRun(run: Run): string {
  const bytes = run.bytes.length === 1 ? run.bytes[0]! : Buffer.concat(run.bytes);
  // A decoded line break would let one header value pretend to be two.
  return decodeCharset(bytes, run.charset).text.replace(/[\r\n\0]+/g, ' ');
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding === 'B' || encoding === 'b') return Buffer.from(text, 'base64');
  const out = Buffer.allocUnsafe(text.length * 3);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5f) out[length++] = 0x20;
    else if (code === 0x3d && isHex(text.charCodeAt(i + 1)) && isHex(text.charCodeAt(i + 2))) {
      out[length++] = Number.parseInt(text.slice(i + 1, i + 3), 16);
      i += 2;
    } else if (code < 0x80) out[length++] = code;
    else length += out.write(text[i] as string, length, 'utf8');
  }
  return out.subarray(0, length);
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

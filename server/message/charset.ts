/** Bytes to text in whatever charset a mail claims. Never throws: what cannot be decoded stays readable. */
import { isAscii, isUtf8 } from 'node:buffer';
import { fromWindows1252 } from './windows-1252.ts';

/** Names seen in mail that the WHATWG registry of TextDecoder does not know. */
const ALIASES: Record<string, string> = {
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'ansi_x3.4-1968': 'windows-1252',
  'ansi_x3.110-1983': 'windows-1252',
  'iso-8859-1-windows-3.1-latin-1': 'windows-1252',
  'cp-1252': 'windows-1252',
  'win-1252': 'windows-1252',
  latin: 'windows-1252',
  'utf-8mb4': 'utf-8',
  utf8mb4: 'utf-8',
  'utf 8': 'utf-8',
  utf_8: 'utf-8',
  'cp-850': 'windows-1252',
  cp850: 'windows-1252',
  cp437: 'windows-1252',
  cp932: 'shift_jis',
  'windows-932': 'shift_jis',
  ms932: 'shift_jis',
  cp936: 'gbk',
  ms936: 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  cp950: 'big5',
  'big5-hkscs': 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-8859-8-e': 'iso-8859-8',
};

const decoders = new Map<string, TextDecoder | null>();

/** The decoder for a label as mail writes it; null for an unknown one. At most 200 labels are remembered. */
function decoderFor(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  const clean = label
    .trim()
    .toLowerCase()
    .replace(/^["']+|["']+$/g, '');
  let decoder: TextDecoder | null = null;
  for (const name of [ALIASES[clean] ?? clean, clean.replace(/^x-/, ''), clean.replace(/_/g, '-')]) {
    try {
      // ignoreBOM false: a byte order mark is not part of the text.
      decoder = new TextDecoder(name);
      break;
    } catch {
      // An unknown label: try the next spelling.
    }
  }
  if (decoders.size < 200) decoders.set(label, decoder);
  return decoder;
}

export interface Decoded {
  text: string;
  /** The bytes were not what the label said, or the label is unknown. */
  bad: boolean;
}

/**
 * Text of bytes in a claimed charset. Without a (known) claim: UTF-8 when the bytes are valid UTF-8, else windows-1252.
 * @param charset label as written in the mail; '' when there is none
 */
export function decodeCharset(bytes: Uint8Array, charset: string): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const label = charset.toLowerCase();
  if (label === '' || label === 'utf-8' || label === 'us-ascii' || label === 'utf8' || label === 'iso-8859-1') {
    if (isAscii(buffer)) return { text: buffer.toString('latin1'), bad: false };
    if (label !== 'iso-8859-1' && isUtf8(buffer))
      return { text: withoutByteOrderMark(buffer.toString('utf8')), bad: false };
    if (label === 'utf-8' || label === 'utf8') return { text: decode('utf-8', buffer), bad: true };
    return { text: decode('windows-1252', buffer), bad: label === 'us-ascii' };
  }
  if (label === 'utf-7' || label === 'unicode-1-1-utf-7')
    return { text: decodeUtf7(buffer.toString('latin1')), bad: false };
  const decoder = decoderFor(charset);
  if (decoder?.encoding === 'windows-1252') return { text: decode('windows-1252', buffer), bad: false };
  if (decoder !== null) {
    const text = decoder.decode(buffer);
    return { text, bad: text.includes('\ufffd') };
  }
  return { text: isUtf8(buffer) ? buffer.toString('utf8') : decode('windows-1252', buffer), bad: true };
}

/** 8-bit bytes in a place where only ASCII is allowed: UTF-8 when valid (RFC 6532), else windows-1252. */
export function decodeEightBit(latin1: string): string {
  const buffer = Buffer.from(latin1, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : decode('windows-1252', buffer);
}

function decode(label: string, buffer: Buffer): string {
  if (label === 'windows-1252') return fromWindows1252(buffer.toString('latin1'));
  return decoderFor(label)?.decode(buffer) ?? buffer.toString('latin1');
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** RFC 2152. A shift that is not closed or not base64 stays as written. */
export function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, shifted: string) => {
    if (shifted === '') return whole === '+-' ? '+' : whole;
    const bytes = Buffer.from(shifted, 'base64');
    return decode('utf-16be', bytes.subarray(0, bytes.length & ~1));
  });
}

/** Content-Transfer-Encoding, RFC 2045 section 6; tolerant of garbage, bounded in what it writes. */

export interface DecodedBody {
  bytes: Buffer;
  /** The encoding was unknown or the bytes were not in it. */
  bad: boolean;
  truncated: boolean;
}

/** @param limit bytes at most in the result */
export function decodeTransfer(body: Buffer, encoding: string, limit: number): DecodedBody {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body, limit);
    case 'quoted-printable':
      return decodeQuotedPrintable(body, limit);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencode(body, limit);
    default: {
      const known = encoding === '' || encoding === '7bit' || encoding === '8bit' || encoding === 'binary';
      return { bytes: body.subarray(0, limit), bad: !known, truncated: body.length > limit };
    }
  }
}

const BASE64 = new Int8Array(256).fill(-1);
for (const [value, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  BASE64[char.charCodeAt(0)] = value;
}
BASE64[45] = 62;
BASE64[95] = 63;

function decodeBase64(body: Buffer, limit: number): DecodedBody {
  // Room for the line breaks; what is cut here is over the limit anyway.
  const source = body.length > limit * 1.5 + 1024 ? body.subarray(0, Math.ceil(limit * 1.5)) : body;
  const padding = source.indexOf(61);
  const rest = padding < 0 ? -1 : nextSextet(source, padding);
  // Mail joined from several base64 texts has padding in the middle, where the built-in decoder stops.
  const bytes = rest < 0 ? Buffer.from(source.toString('latin1'), 'base64') : decodeBase64Pieces(source);
  const expected = Math.floor(((source.length * 76) / 80) * 0.72);
  return {
    bytes: bytes.subarray(0, limit),
    bad: source.length > 100 && bytes.length < expected * 0.9,
    truncated: source.length < body.length || bytes.length > limit,
  };
}

/** Offset of the next base64 character; -1 when only padding and blanks follow. */
function nextSextet(source: Buffer, from: number): number {
  for (let i = from; i < source.length; i++) if ((BASE64[source[i] as number] as number) >= 0) return i;
  return -1;
}

function decodeBase64Pieces(source: Buffer): Buffer {
  const out = Buffer.allocUnsafe(Math.ceil(source.length * 0.75) + 3);
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < source.length; i++) {
    const byte = source[i] as number;
    const value = BASE64[byte] as number;
    if (value >= 0) {
      held = (held << 6) | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[length++] = (held >> bits) & 255;
        held &= (1 << bits) - 1;
      }
    } else if (byte === 61) {
      bits = 0;
      held = 0;
    }
  }
  return out.subarray(0, length);
}

/** By byte: the value of a hexadecimal digit, -1 for what is none. */
const HEX = Int8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? -1 : value;
});

function decodeQuotedPrintable(body: Buffer, limit: number): DecodedBody {
  const out = Buffer.allocUnsafe(Math.min(body.length, limit));
  const bad = writeQuotedPrintable(body, out);
  return { bytes: out.subarray(0, written), bad, truncated: read < body.length };
}

// How far the last writeQuotedPrintable came.
let read = 0;
let written = 0;

/**
 * Apart from its caller, so that the loop is compiled once: what follows a loop that runs for long is not known when it
 * is compiled, and is thrown away with it. @returns whether something was no escape
 */
function writeQuotedPrintable(body: Buffer, out: Buffer): boolean {
  const from = body.length;
  const size = out.length;
  let length = 0;
  let bad = false;
  let i = 0;
  while (i < from && length < size) {
    const byte = body[i] as number;
    if (byte !== 61) {
      out[length++] = byte;
      i++;
      continue;
    }
    const high = i + 1 < from ? (HEX[body[i + 1] as number] as number) : -1;
    const low = i + 2 < from ? (HEX[body[i + 2] as number] as number) : -1;
    if (high >= 0 && low >= 0) {
      out[length++] = (high << 4) | low;
      i += 3;
      continue;
    }
    let end = i + 1;
    while (end < from && (body[end] === 32 || body[end] === 9)) end++;
    if (end >= from) i = end;
    else if (body[end] === 13) i = end + 1 < from && body[end + 1] === 10 ? end + 2 : end + 1;
    else if (body[end] === 10) i = end + 1;
    else {
      // Not an escape: what stands there is kept, so that nothing can hide behind a broken one.
      out[length++] = 61;
      bad = true;
      i++;
    }
  }
  read = i;
  written = length;
  return bad;
}

function decodeUuencode(body: Buffer, limit: number): DecodedBody {
  const out = Buffer.allocUnsafe(Math.min(body.length, limit) + 64);
  let length = 0;
  let started = false;
  let position = 0;
  while (position < body.length && length < limit) {
    const feed = body.indexOf(10, position);
    const end = feed < 0 ? body.length : feed;
    if (!started) started = body.toString('latin1', position, position + 6) === 'begin ';
    else {
      if (body.toString('latin1', position, position + 3) === 'end') break;
      const count = ((body[position] as number) - 32) & 63;
      let written = 0;
      for (let i = position + 1; i + 3 < end + 1 && written < count; i += 4) {
        const group =
          (sixBits(body[i]) << 18) | (sixBits(body[i + 1]) << 12) | (sixBits(body[i + 2]) << 6) | sixBits(body[i + 3]);
        for (let shift = 16; shift >= 0 && written < count; shift -= 8, written++)
          out[length++] = (group >> shift) & 255;
      }
    }
    position = end + 1;
  }
  if (!started) return { bytes: body.subarray(0, limit), bad: true, truncated: body.length > limit };
  return { bytes: out.subarray(0, Math.min(length, limit)), bad: false, truncated: length >= limit };
}

function sixBits(byte: number | undefined): number {
  return ((byte ?? 32) - 32) & 63;
}

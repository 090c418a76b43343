/** Mails that went wrong on purpose: bytes, lines and pieces of syntax changed, moved and repeated, the same for the same seed. */

/** What parsers trip over. */
const PIECES = [
  '\r\n',
  '\n\n',
  '\0',
  '=?utf-8?B?',
  '?=',
  '--b\r\n',
  '<div style="display:none">',
  '<a href="https://xn--a.example/?u=http%3A%2F%2Fb.example">',
  '<table><td>',
  '</table></b></p>',
  '<!--[if mso]>',
  '<style>.a{font-size:0}',
  '&#x10ffff;',
  '\u200b\u00ad',
  'pаypаl',
  'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n',
  'Content-Type: message/rfc822\r\n\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'PK\x03\x04',
  '%PDF-1.4 /Encrypt << /URI (http://a.example/)',
  'BEGIN:VCALENDAR\r\nDESCRIPTION:verify your account\r\n',
  'data:image/png;base64,iVBORw0KGgo',
  'verify your account within 24 hours, call +1 808 555 0142',
  '(((((((((',
  '@@@@<<<<>>>>,,,,;;;;::::',
];

export type Random = () => number;

/** Uniform in [0, 1), mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A few wounds, at most eight. @param other another mail, to cross it with */
export function mutate(mail: Buffer, other: Buffer, random: Random): Buffer {
  let bytes = mail;
  const wounds = 1 + Math.floor(random() * 8);
  for (let i = 0; i < wounds; i++) bytes = wound(bytes, other, random);
  return bytes;
}

function wound(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * bytes.length);
  const length = Math.floor(random() ** 3 * Math.min(4_000, bytes.length));
  const before = bytes.subarray(0, at);
  const piece = Buffer.from(PIECES[Math.floor(random() * PIECES.length)] as string);
  switch (Math.floor(random() * 7)) {
    case 0:
      return Buffer.concat([before, bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([before, piece, bytes.subarray(at)]);
    case 2: {
      const times = 1 + Math.floor(random() ** 4 * 3_000);
      return Buffer.concat([before, Buffer.alloc(piece.length * times, piece), bytes.subarray(at)]);
    }
    case 3: {
      const copy = Buffer.from(bytes);
      for (let i = at; i < Math.min(copy.length, at + 1 + (length >> 6)); i++) copy[i] = Math.floor(random() * 256);
      return copy;
    }
    case 4:
      return Buffer.concat([before, other.subarray(Math.floor(random() * other.length))]);
    case 5: {
      const from = Math.floor(random() * bytes.length);
      return Buffer.concat([before, bytes.subarray(from, from + length), bytes.subarray(at)]);
    }
    default:
      return Buffer.concat([bytes.subarray(at, at + length), bytes]);
  }
}

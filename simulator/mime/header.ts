/** The header of a message, as far as Graph shows it. A small reader of its own: the product's must not judge itself. */

export interface Address {
  name: string;
  address: string;
}

export interface Header {
  /** In order of the message, unfolded, undecoded. */
  fields: { name: string; value: string }[];
  subject: string;
  messageId: string | null;
  from: Address | null;
  sender: Address | null;
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  date: number | null;
  importance: 'low' | 'normal' | 'high';
  hasAttachments: boolean;
  /** Offset of the first body byte. */
  bodyStart: number;
}

const known = new WeakMap<Buffer, Header>();

/** Never throws; a message without a header has empty fields. Cached by the buffer, so a mail sent to many is read once. */
export function headerOf(eml: Buffer): Header {
  const cached = known.get(eml);
  if (cached) return cached;
  const header = readHeader(eml);
  known.set(eml, header);
  return header;
}

function readHeader(eml: Buffer): Header {
  const { text, bodyStart } = headerBlock(eml);
  const fields = text
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
    });
  const first = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? null;
  const addresses = (name: string) => parseAddresses(first(name) ?? '');
  const priority = (first('importance') ?? first('x-priority') ?? '').toLowerCase();
  const date = Date.parse(first('date') ?? '');
  return {
    fields,
    subject: decodeWords(first('subject') ?? ''),
    messageId: /<[^<>]*>/.exec(first('message-id') ?? '')?.[0] ?? null,
    from: addresses('from')[0] ?? null,
    sender: addresses('sender')[0] ?? null,
    to: addresses('to'),
    cc: addresses('cc'),
    replyTo: addresses('reply-to'),
    date: Number.isNaN(date) ? null : date,
    importance: /^(high|1|2)/.test(priority) ? 'high' : /^(low|4|5)/.test(priority) ? 'low' : 'normal',
    hasAttachments:
      /^multipart\/mixed/i.test(first('content-type') ?? '') ||
      /^\s*content-disposition:\s*attachment/im.test(eml.subarray(bodyStart).toString('latin1')),
    bodyStart,
  };
}

/** RFC 5322 section 2.1: the header ends at the first empty line. Read as UTF-8 (RFC 6532), which holds ASCII. */
function headerBlock(eml: Buffer): { text: string; bodyStart: number } {
  const crlf = eml.indexOf('\r\n\r\n');
  const lf = eml.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { text: eml.toString('utf8', 0, crlf), bodyStart: crlf + 4 };
  if (lf >= 0) return { text: eml.toString('utf8', 0, lf), bodyStart: lf + 2 };
  return { text: eml.toString('utf8'), bodyStart: eml.length };
}

/** RFC 2047 encoded words; what cannot be decoded stays as it is. */
export function decodeWords(value: string): string {
  return value
    .replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replace(/=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi, (whole, charset: string, encoding: string, text: string) => {
      const bytes =
        encoding.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : Buffer.from(
              text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
              'latin1',
            );
      try {
        return new TextDecoder(charset.split('*')[0]).decode(bytes);
      } catch {
        return whole;
      }
    });
}

/** RFC 5322 section 3.4, without comments; groups lose their name. */
export function parseAddresses(value: string): Address[] {
  const parts = value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,;"<])+/g) ?? [];
  return parts.flatMap((part) => {
    const angled = /^(.*?)<([^>]*)>\s*$/s.exec(part);
    const address = (angled ? angled[2]! : part).trim();
    if (!address.includes('@')) return [];
    const name = decodeWords((angled?.[1] ?? '').trim().replace(/^"(.*)"$/s, '$1')).replace(/\\(.)/g, '$1');
    return [{ name: name || address, address }];
  });
}

/**
 * The journal report of Exchange: an outer mail whose text names the envelope, one field a line, and whose attachment is
 * the mail as it was delivered.
 * @see https://learn.microsoft.com/exchange/policy-and-compliance/journaling/journaling#journal-reports
 */

export interface JournalReport {
  /** Addresses, lower case, each once; at most 10,000. */
  recipients: string[];
  /** As the report names it; null when it does not. */
  sender: string | null;
  /** Date of the report, which Exchange writes when it delivers; null when unreadable. */
  reportedAt: Date | null;
  /** The delivered mail, byte for byte. */
  original: Uint8Array;
}

const MOST_RECIPIENTS = 10_000;
/** The text of a report is a few hundred bytes and a line a recipient. */
const MOST_TEXT = 2_000_000;
const FIELD = /^(sender|subject|message-id|to|cc|bcc|recipient|on-behalf-of|label):\s?(.*)$/i;
const RECIPIENT_FIELDS = new Set(['to', 'cc', 'bcc', 'recipient']);
const ADDRESS = /[^\s<>,;"'()]+@[^\s<>,;"'()]+/g;

/**
 * null when it is no journal report: no multipart/mixed with a text that names recipients and one attached mail.
 * The attached mail may be anything; it is handed on as it is.
 */
export function readJournalReport(raw: Uint8Array): JournalReport | null {
  const text = latin1(raw);
  const outer = headerOf(text, 0, text.length);
  const boundary = outer && boundaryOf(outer.fields.get('content-type') ?? '');
  if (!outer || !boundary) return null;
  const parts = partsOf(text, outer.end, boundary).map(({ start, end }) => ({ ...partOf(text, start, end) }));
  const attached = parts.filter((part) => part.type === 'message/rfc822');
  const [mail] = attached;
  const written = parts.find((part) => part.type === 'text/plain' || part.type === '');
  if (attached.length !== 1 || !mail || !written) return null;
  const named = readEnvelope(decodedText(text, written));
  if (named.recipients.length === 0) return null;
  const at = Date.parse(outer.fields.get('date') ?? '');
  return { ...named, reportedAt: Number.isNaN(at) ? null : new Date(at), original: bytesOf(raw, text, mail) };
}

interface Part {
  type: string;
  encoding: string;
  start: number;
  end: number;
}

/** One character a byte, so that positions in it are positions in the bytes. */
const latin1 = (raw: Uint8Array) => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');

function partOf(text: string, start: number, end: number): Part {
  const header = headerOf(text, start, end);
  const fields = header?.fields ?? new Map<string, string>();
  return {
    type: (fields.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase(),
    encoding: (fields.get('content-transfer-encoding') ?? '').trim().toLowerCase(),
    start: header?.end ?? end,
    end,
  };
}

const MOST_HEADER = 64 * 1024;

/** Fields up to the first empty line, unfolded, the first of each name; null when there is no such line in reach. */
function headerOf(text: string, start: number, end: number): { fields: Map<string, string>; end: number } | null {
  const fields = new Map<string, string>();
  let name = '';
  for (let at = start; at < end && at - start < MOST_HEADER; ) {
    let stop = text.indexOf('\n', at);
    if (stop < 0 || stop > end) stop = end;
    const line = text.slice(at, stop).replace(/\r$/, '');
    at = Math.min(stop + 1, end);
    if (line === '') return { fields, end: at };
    if (/^[ \t]/.test(line)) {
      if (name !== '') fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    name = colon < 0 ? '' : line.slice(0, colon).trim().toLowerCase();
    if (name !== '' && fields.has(name)) name = '';
    if (name !== '') fields.set(name, line.slice(colon + 1).trim());
  }
  return null;
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/mixed\b/i.test(contentType)) return null;
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

const MOST_PARTS = 50;

/** Where the parts begin and end, without the line end before the next boundary. */
function partsOf(text: string, from: number, boundary: string): { start: number; end: number }[] {
  const mark = `--${boundary}`;
  const marks: { at: number; after: number; last: boolean }[] = [];
  for (let at = text.indexOf(mark, from); at >= 0 && marks.length <= MOST_PARTS; at = text.indexOf(mark, at + 1)) {
    if (at !== from && text[at - 1] !== '\n') continue;
    const stop = text.indexOf('\n', at);
    const rest = text.slice(at + mark.length, stop < 0 ? text.length : stop).trimEnd();
    // A longer boundary of the attached mail begins with ours.
    if (rest !== '' && rest !== '--') continue;
    marks.push({ at, after: stop < 0 ? text.length : stop + 1, last: rest === '--' });
    if (rest === '--') break;
  }
  const parts: { start: number; end: number }[] = [];
  for (const [i, { after, last }] of marks.entries()) {
    if (last) break;
    const next = marks[i + 1]?.at ?? text.length;
    let end = next;
    if (end < text.length && text[end - 1] === '\n') end--;
    if (end < text.length && text[end - 1] === '\r') end--;
    parts.push({ start: after, end: Math.max(after, end) });
  }
  return parts;
}

function decodedText(text: string, { encoding, start, end }: Part): string {
  const written = text.slice(start, Math.min(end, start + MOST_TEXT));
  if (encoding === 'base64') return Buffer.from(written, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') {
    const bytes = written
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
  return Buffer.from(written, 'latin1').toString('utf8');
}

/** `To: group@example.org, Expanded: ana@example.org` names the mailbox last; `Forwarded:` as well. */
function readEnvelope(text: string): { recipients: string[]; sender: string | null } {
  const recipients = new Set<string>();
  let sender: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    const field = name.toLowerCase();
    if (field === 'sender') sender ??= value.match(ADDRESS)?.[0].toLowerCase() ?? null;
    if (!RECIPIENT_FIELDS.has(field)) continue;
    for (const address of value.match(ADDRESS) ?? []) {
      if (recipients.size >= MOST_RECIPIENTS) break;
      recipients.add(address.toLowerCase());
    }
  }
  return { recipients: [...recipients], sender };
}

function bytesOf(raw: Uint8Array, text: string, { encoding, start, end }: Part): Uint8Array {
  if (encoding === 'base64') return new Uint8Array(Buffer.from(text.slice(start, end), 'base64'));
  return raw.subarray(start, end);
}

/** The header block of an entity, RFC 5322 section 2.2, from bytes. */

/** Longest value that is kept; Exchange itself stops at 32 KB a field. */
const MAX_VALUE_LENGTH = 65_536;
const MAX_FIELDS = 1_000;
/** What a mail client shows or a decision rests on: read even behind a flood of other fields. */
const NEEDED = new Set(
  'from sender reply-to to cc subject date message-id return-path received content-type content-transfer-encoding content-disposition list-id'.split(
    ' ',
  ),
);
const MAX_NEEDED_AFTER_LIMIT = 100;

export interface RawField {
  /** As written. */
  name: string;
  /** Lower case. */
  key: string;
  /** Unfolded and trimmed, one character a byte. */
  value: string;
}

export interface HeaderBlock {
  fields: RawField[];
  /** Offset of the first byte behind the block and its empty line. */
  end: number;
  defects: string[];
}

/**
 * Reads fields until the empty line, the end, or a line for which `stop` says that the entity ends here.
 * Unreadable lines are skipped and told as `bad_header`; cut values and skipped fields as `header_limit`.
 */
export function readHeaderBlock(
  raw: Buffer,
  from: number,
  end: number,
  stop: (lineStart: number, lineEnd: number) => boolean = () => false,
): HeaderBlock {
  const fields: RawField[] = [];
  const defects = new Set<string>();
  let name = '';
  let pieces: string[] = [];
  let length = 0;
  let neededAfterLimit = 0;

  const flush = () => {
    if (name === '') return;
    const key = name.toLowerCase();
    if (fields.length < MAX_FIELDS || (NEEDED.has(key) && neededAfterLimit++ < MAX_NEEDED_AFTER_LIMIT)) {
      fields.push({ name, key, value: (pieces.length === 1 ? (pieces[0] as string) : pieces.join('')).trim() });
    } else defects.add('header_limit');
    name = '';
  };

  let position = from;
  // Characters are cut out of a window that is decoded once: a call for each line would cost more than the reading.
  let base = from;
  let room = FIRST_WINDOW;
  let text = raw.toString('latin1', base, Math.min(end, base + room));
  while (position < end) {
    let feed = text.indexOf('\n', position - base);
    while (feed < 0 && base + text.length < end) {
      room *= 2;
      base = position;
      text = raw.toString('latin1', base, Math.min(end, base + room));
      feed = text.indexOf('\n');
    }
    const start = position - base;
    let stopAt = feed < 0 ? text.length : feed;
    const next = feed < 0 ? end : base + feed + 1;
    if (stopAt > start && text.charCodeAt(stopAt - 1) === 13) stopAt--;
    if (stopAt === start) {
      position = next;
      break;
    }
    const first = text.charCodeAt(start);
    if (first === 32 || first === 9) {
      // RFC 5322 section 2.2.3: a folded line keeps its white space.
      if (name !== '' && length < MAX_VALUE_LENGTH) {
        const piece = text.slice(start, Math.min(stopAt, start + MAX_VALUE_LENGTH - length));
        pieces.push(piece);
        length += piece.length;
      } else if (name !== '') defects.add('header_limit');
      position = next;
      continue;
    }
    if (first === 45 && stop(position, base + stopAt)) break;
    flush();
    const colon = colonAfterName(text, start, stopAt);
    if (colon > 0) {
      name = text.slice(start, colon).trimEnd();
      if (stopAt - colon - 1 > MAX_VALUE_LENGTH) defects.add('header_limit');
      const piece = text.slice(colon + 1, Math.min(stopAt, colon + 1 + MAX_VALUE_LENGTH));
      pieces = [piece];
      length = piece.length;
    } else if (!(position === from && isMailboxLine(text, start))) defects.add('bad_header');
    position = next;
  }
  flush();
  return { fields, end: position, defects: [...defects] };
}

/** Bytes that are decoded at first; most heads of mails, and all heads of parts, are shorter. */
const FIRST_WINDOW = 4096;

/** Offset of the colon behind a field name of printable characters, blanks before the colon allowed; -1 when it is no field. */
function colonAfterName(text: string, start: number, lineEnd: number): number {
  let blank = false;
  const limit = Math.min(lineEnd, start + 256);
  for (let i = start; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 58) return i === start ? -1 : i;
    if (code === 32 || code === 9) blank = true;
    else if (blank || code < 33 || code > 126) return -1;
  }
  return -1;
}

/** `From ana@example.org Mon ...` or `>From`: the separator of mbox files. */
function isMailboxLine(text: string, start: number): boolean {
  return text.startsWith('From ', start) || text.startsWith('>From ', start);
}

/** The first field of that name (lower case), or null. */
export function firstValue(fields: readonly RawField[], key: string): string | null {
  for (const field of fields) if (field.key === key) return field.value;
  return null;
}

export function allValues(fields: readonly RawField[], key: string): string[] {
  return fields.filter((field) => field.key === key).map((field) => field.value);
}

/** MIME structure, RFC 2046, in one pass over the bytes: every delimiter line is looked at once, whatever the nesting. */
import { firstValue, type RawField, readHeaderBlock } from './header-fields.ts';
import { readParameters } from './parameters.ts';

/** Real mail stays below 10 levels and 300 parts. */
const MAX_DEPTH = 32;
const MAX_PARTS = 1_000;
const MAX_OUTLINE = 500;
const MAX_BOUNDARY = 200;
/** Blanks that may follow a delimiter on its line. */
const MAX_PADDING = 100;
const LINE_OF_DASHES = Buffer.from('\n--');

export interface Part {
  /** type/subtype, lower case. */
  contentType: string;
  parameters: Map<string, string>;
  /** `attachment`, `inline`, another word, or '' when not given. */
  disposition: string;
  /** Decoded; '' when none. */
  filename: string;
  /** Without its <>. */
  contentId: string | null;
  /** Content-Transfer-Encoding, lower case. */
  encoding: string;
  /** Encoded bytes. */
  body: Buffer;
  /** Number of the nearest multipart/alternative around it; 0 when there is none. */
  alternative: number;
}

export interface Structure {
  fields: RawField[];
  root: { contentType: string; parameters: Map<string, string> };
  /** Leaves in order; message/rfc822 is a leaf. */
  parts: Part[];
  outline: string;
  defects: string[];
}

interface Entity {
  contentType: string;
  parameters: Map<string, string>;
  fields: RawField[];
}

interface Multipart {
  /** The delimiter, `--` included. */
  delimiter: Buffer;
  children: number;
  alternative: number;
  /** What a part without Content-Type is, RFC 2046 section 5.1.5. */
  childType: string;
}

/** Reads the whole message; never throws. */
export function readStructure(raw: Buffer): Structure {
  return new Walk(raw).run();
}

class Walk {
  private readonly parts: Part[] = [];
  private readonly defects = new Set<string>();
  private readonly stack: Multipart[] = [];
  private outline = '';
  private alternatives = 0;
  private position = 0;
  /** Set by `delimiterAt`: how many of the stack stay open, and whether the line closes its multipart. */
  private matched = { keep: 0, closing: false };

  constructor(private readonly raw: Buffer) {}

  run(): Structure {
    const block = readHeaderBlock(this.raw, 0, this.raw.length);
    for (const defect of block.defects) this.defects.add(defect);
    this.position = block.end;
    const root = this.entity(block.fields, 'text/plain');
    this.open(root, 'text/plain');
    while (this.position < this.raw.length && this.stack.length > 0) this.step();
    if (this.stack.length > 0) {
      this.defects.add('unclosed_multipart');
      while (this.stack.length > 0) this.pop();
    }
    return {
      fields: block.fields,
      root,
      parts: this.parts,
      outline: this.outline.slice(0, MAX_OUTLINE),
      defects: [...this.defects],
    };
  }

  /** One line of the preamble, of a delimiter or of the epilogue: `position` stands at a line's start. */
  private step(): void {
    const lineEnd = this.delimiterAt(this.position);
    if (lineEnd < 0) {
      this.position = this.nextDelimiter(this.position);
      return;
    }
    const { keep, closing } = this.matched;
    while (this.stack.length > keep) this.pop();
    const feed = this.raw.indexOf(10, lineEnd);
    this.position = feed < 0 ? this.raw.length : feed + 1;
    if (closing) {
      this.pop();
      return;
    }
    if (this.parts.length >= MAX_PARTS) {
      this.defects.add('part_limit');
      this.position = this.raw.length;
      while (this.stack.length > 0) this.pop();
      return;
    }
    const parent = this.stack.at(-1) as Multipart;
    if (parent.children++ > 0) this.write(',');
    const block = readHeaderBlock(this.raw, this.position, this.raw.length, (start) => this.delimiterAt(start) >= 0);
    for (const defect of block.defects) this.defects.add(defect === 'bad_header' ? 'bad_part_header' : defect);
    this.position = block.end;
    this.open(this.entity(block.fields, parent.childType), parent.childType);
  }

  private open(entity: Entity, standard: string): void {
    const { contentType } = entity;
    if (contentType.startsWith('multipart/')) {
      const boundary = (entity.parameters.get('boundary') ?? '').trimEnd() || this.guessBoundary();
      if (boundary === '' || boundary.length > MAX_BOUNDARY) this.defects.add('no_boundary');
      else if (this.stack.length >= MAX_DEPTH) this.defects.add('nesting_limit');
      else {
        const outer = this.stack.at(-1)?.alternative ?? 0;
        const alternative = contentType === 'multipart/alternative' ? ++this.alternatives : outer;
        const childType = contentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
        this.stack.push({ delimiter: Buffer.from(`--${boundary}`, 'latin1'), children: 0, alternative, childType });
        this.write(`${contentType}(`);
        return;
      }
    }
    this.leaf(entity, contentType.startsWith('multipart/') ? standard : contentType);
  }

  private leaf(entity: Entity, contentType: string): void {
    const start = this.position;
    let end = this.raw.length;
    if (this.stack.length > 0) {
      this.position = this.nextDelimiter(start);
      end = this.position;
      if (end < this.raw.length || this.delimiterAt(end) >= 0) {
        // The line break before a delimiter belongs to the delimiter.
        if (end > start && this.raw[end - 1] === 10) end--;
        if (end > start && this.raw[end - 1] === 13) end--;
      }
    } else this.position = end;
    this.write(contentType);
    const disposition = readParameters(firstValue(entity.fields, 'content-disposition') ?? '');
    const filename = disposition.parameters.get('filename') ?? entity.parameters.get('name') ?? '';
    this.parts.push({
      contentType,
      parameters: entity.parameters,
      disposition: disposition.value,
      filename: filename
        .slice(0, 1_000)
        .replace(/[\r\n\0]+/g, ' ')
        .trim(),
      contentId: contentIdOf(entity.fields),
      encoding: encodingOf(entity.fields),
      body: this.raw.subarray(start, Math.max(start, end)),
      alternative: this.stack.at(-1)?.alternative ?? 0,
    });
  }

  private entity(fields: RawField[], standard: string): Entity {
    const header = firstValue(fields, 'content-type');
    if (header === null || header === '') return { contentType: standard, parameters: new Map(), fields };
    const { value, parameters } = readParameters(header);
    if (/^[^\s/]+\/[^\s/]+$/.test(value)) return { contentType: value.slice(0, 100), parameters, fields };
    this.defects.add('bad_content_type');
    const contentType =
      value === 'html' ? 'text/html' : value.startsWith('multipart') ? 'multipart/mixed' : 'text/plain';
    return { contentType, parameters, fields };
  }

  /** A multipart without boundary parameter: its first line that looks like a delimiter. */
  private guessBoundary(): string {
    const head = this.raw.toString('latin1', this.position, this.position + 4_096);
    return /(?:^|\n)--([^\s-][^\r\n]{0,80}?)[ \t]*\r?\n/.exec(head)?.[1] ?? '';
  }

  /** Start of the next line that is a delimiter of the stack, or the end of the message. */
  private nextDelimiter(from: number): number {
    if (this.delimiterAt(from) >= 0) return from;
    let at = from;
    for (;;) {
      const found = this.raw.indexOf(LINE_OF_DASHES, at);
      if (found < 0) return this.raw.length;
      if (this.delimiterAt(found + 1) >= 0) return found + 1;
      at = found + 1;
    }
  }

  /** End of the delimiter line that starts there, or -1; innermost multipart first. */
  private delimiterAt(start: number): number {
    const { raw, stack } = this;
    if (stack.length === 0 || raw[start] !== 45 || raw[start + 1] !== 45) return -1;
    for (let i = stack.length - 1; i >= 0; i--) {
      const { delimiter } = stack[i] as Multipart;
      let at = 2;
      while (at < delimiter.length && raw[start + at] === delimiter[at]) at++;
      if (at < delimiter.length) continue;
      let end = start + at;
      const closing = raw[end] === 45 && raw[end + 1] === 45;
      if (closing) end += 2;
      const limit = Math.min(raw.length, end + MAX_PADDING);
      while (end < limit && raw[end] !== 10 && (raw[end] as number) <= 32) end++;
      if (end < raw.length && raw[end] !== 10) continue;
      this.matched = { keep: i + 1, closing };
      return end;
    }
    return -1;
  }

  private pop(): void {
    this.stack.pop();
    this.write(')');
  }

  private write(text: string): void {
    if (this.outline.length < MAX_OUTLINE) this.outline += text;
  }
}

function contentIdOf(fields: RawField[]): string | null {
  const value = firstValue(fields, 'content-id');
  return value === null ? null : value.replace(/^<|>$/g, '').slice(0, 500);
}

function encodingOf(fields: RawField[]): string {
  const value = firstValue(fields, 'content-transfer-encoding') ?? '';
  return /^[\w-]*/.exec(value.trim().toLowerCase())?.[0] ?? '';
}

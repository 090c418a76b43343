/** The bodies that a mail client shows: which parts they are, their text, and what a reader sees of them. */
import { decodeCharset } from './charset.ts';
import { type HtmlLink, readHtml } from './html-reading.ts';
import type { Message } from './message.ts';
import type { Part } from './structure.ts';
import { decodeTransfer } from './transfer-encoding.ts';

const MAX_TEXT = 1_000_000;
const MAX_HTML = 2_000_000;
/** Text parts joined into a body; more than any client writes. */
const MAX_BODY_PARTS = 100;

export interface Body {
  text: string;
  html: string;
  visibleText: string;
  hiddenText: string;
  /** A reader sees the plain text, because no HTML stands for it. */
  textShown: boolean;
  htmlLinks: HtmlLink[];
  bareUrlTexts: string[];
  images: Message['images'];
  forms: Message['forms'];
  /** The parts that are bodies; the others are attachments. */
  used: Set<Part>;
}

export function readBodies(parts: readonly Part[], defects: Set<string>): Body {
  const shown = parts.filter(isBody).slice(0, MAX_BODY_PARTS);
  const htmlParts = shown.filter((part) => part.contentType === 'text/html');
  const textParts = shown.filter((part) => part.contentType !== 'text/html');
  const html = joinParts(htmlParts, MAX_HTML, defects);
  const text = joinParts(textParts, MAX_TEXT, defects);
  const reading = html === '' ? null : readHtml(html);

  const alternatives = new Set(htmlParts.map((part) => part.alternative).filter((number) => number !== 0));
  const beside = textParts.filter((part) => part.alternative === 0 || !alternatives.has(part.alternative));
  const seesHtml = reading !== null && (reading.visible !== '' || reading.images.length > 0 || beside.length === 0);
  const plain = !seesHtml ? text : beside.length === textParts.length ? text : joinParts(beside, MAX_TEXT, new Set());
  const visible = [seesHtml ? (reading as { visible: string }).visible : '', foldText(plain)].filter(
    (piece) => piece !== '',
  );
  return {
    text,
    html,
    visibleText: (seesHtml && beside.length === 0 ? (visible[0] ?? '') : visible.join('\n')).slice(0, MAX_TEXT),
    hiddenText: (reading?.hidden ?? '').slice(0, MAX_TEXT),
    textShown: !seesHtml || beside.length > 0,
    htmlLinks: reading?.links ?? [],
    bareUrlTexts: reading?.bareUrlTexts ?? [],
    images: reading?.images ?? [],
    forms: reading?.forms ?? [],
    used: new Set(shown),
  };
}

/** Text that is shown in place. A named text part is an attachment in the clients that matter, unless it says inline. */
function isBody(part: Part, index: number): boolean {
  if (part.contentType !== 'text/plain' && part.contentType !== 'text/html') return false;
  if (part.disposition === 'attachment') return false;
  return part.filename === '' || part.disposition === 'inline' || index === 0;
}

function joinParts(parts: readonly Part[], limit: number, defects: Set<string>): string {
  let joined = '';
  for (const part of parts) {
    if (joined.length >= limit) {
      defects.add('truncated_text');
      break;
    }
    const piece = decodePart(part, limit - joined.length, defects);
    if (piece !== '') joined += joined === '' ? piece : `\n${piece}`;
  }
  if (joined.length > limit) joined = joined.slice(0, limit);
  return joined;
}

/** Text of one part in its charset, line ends as \n. @param limit characters at most */
export function decodePart(part: Part, limit: number, defects: Set<string>): string {
  // Four bytes a character at most, and a little for escape sequences.
  const body = decodeTransfer(part.body, part.encoding, limit * 4 + 1_000);
  const { text, bad } = decodeCharset(body.bytes, part.parameters.get('charset') ?? '');
  if (bad || body.bad) defects.add('bad_encoding');
  if (body.truncated || text.length > limit) defects.add('truncated_text');
  let out = text.length > limit ? text.slice(0, limit) : text;
  // Twice as fast as one expression for both.
  if (out.includes('\r')) out = out.replaceAll('\r\n', '\n');
  if (out.includes('\r')) out = out.replaceAll('\r', '\n');
  if (part.parameters.get('format')?.toLowerCase() === 'flowed') {
    out = unflow(out, part.parameters.get('delsp')?.toLowerCase() === 'yes');
  }
  return out;
}

/** RFC 3676: a line that ends with a blank goes on in the next one of the same quote depth. */
function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let depth = -1;
  let open = false;
  for (const line of text.split('\n')) {
    const quotes = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.charCodeAt(quotes) === 32 ? line.slice(quotes + 1) : line.slice(quotes);
    const flows = content.endsWith(' ') && content !== '-- ';
    const piece = flows && deleteSpace ? content.slice(0, -1) : content;
    if (open && quotes === depth && content !== '-- ') out.push(piece);
    else {
      if (depth >= 0) out.push('\n');
      out.push(quotes > 0 ? `${'>'.repeat(quotes)} ${piece}` : piece);
    }
    depth = quotes;
    open = flows;
  }
  return out.join('');
}

/** White space folded: line breaks stay single, blanks too. */
function foldText(text: string): string {
  // Only what changes is matched: single blanks and line breaks stay where they are.
  return text
    .replace(/[^\S\n]{2,}|[^\S\n ]/g, ' ')
    .replace(/(?: \n|\n[ \n])[ \n]*/g, '\n')
    .trim();
}

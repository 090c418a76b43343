/** Tags and text of HTML, cut where a browser cuts them (HTML standard section 13.2.5), in one pass, for any input. */
import { decodeEntities } from './entities.ts';

const MAX_ATTRIBUTES = 60;
/** Content that is text up to its own end tag. */
const RAW_TEXT = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'title', 'textarea']);

export type Attributes = Map<string, string>;

export interface HtmlHandler {
  /** A run of characters between tags, entities decoded. `within` is the raw-text element around it, or ''. */
  text(text: string, within: string): void;
  /** @param attributes names lower case, values decoded; empty when there are none */
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  /** What stands between `<!--` and `-->`. */
  comment(text: string): void;
}

const NONE: Attributes = new Map();

/** Walks the text once; never throws. */
export function readHtmlTokens(html: string, handler: HtmlHandler): void {
  const { length } = html;
  let textStart = 0;
  let position = 0;
  const flush = (end: number) => {
    if (end > textStart) handler.text(decodeEntities(html.slice(textStart, end)), '');
  };
  while (position < length) {
    const open = html.indexOf('<', position);
    if (open < 0) break;
    const code = html.charCodeAt(open + 1);
    if (isLetter(code)) {
      flush(open);
      const tag = readTag(html, open + 1);
      handler.open(tag.name, tag.attributes);
      position = tag.end;
      if (RAW_TEXT.has(tag.name)) position = rawText(html, tag.name, position, handler);
      textStart = position;
    } else if (code === 47 && isLetter(html.charCodeAt(open + 2))) {
      flush(open);
      const tag = readTag(html, open + 2);
      handler.close(tag.name);
      position = tag.end;
      textStart = position;
    } else if (code === 33 || code === 63 || code === 47) {
      flush(open);
      position = skipMarkup(html, open, handler);
      textStart = position;
    } else position = open + 1;
  }
  flush(length);
}

/** Comments, doctypes, conditional sections and processing instructions; the offset behind them. */
function skipMarkup(html: string, open: number, handler: HtmlHandler): number {
  if (html.startsWith('<!--', open)) {
    // `<!-->` and `<!--->` are empty comments, not the start of one that hides the rest.
    if (html.charCodeAt(open + 4) === 62) return open + 5;
    if (html.startsWith('->', open + 4)) return open + 6;
    const end = html.indexOf('-->', open + 4);
    const text = html.slice(open + 4, end < 0 ? html.length : end);
    // `--!>` ends a comment too; searched only inside, so that many comments stay linear.
    const bang = text.indexOf('--!>');
    handler.comment(bang < 0 ? text : text.slice(0, bang));
    if (bang >= 0) return open + 4 + bang + 4;
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf('>', open + 1);
  return end < 0 ? html.length : end + 1;
}

/** Hands over the text up to `</name`; the offset of that end tag, or the end of the text. */
function rawText(html: string, name: string, start: number, handler: HtmlHandler): number {
  let at = start;
  for (;;) {
    const end = html.indexOf('</', at);
    if (end < 0) {
      if (start < html.length) handler.text(html.slice(start), name);
      return html.length;
    }
    const after = html.charCodeAt(end + 2 + name.length);
    if (html.slice(end + 2, end + 2 + name.length).toLowerCase() === name && !isNameCharacter(after)) {
      const text = html.slice(start, end);
      if (text !== '') handler.text(name === 'title' || name === 'textarea' ? decodeEntities(text) : text, name);
      return end;
    }
    at = end + 2;
  }
}

interface Tag {
  name: string;
  attributes: Attributes;
  end: number;
}

function readTag(html: string, start: number): Tag {
  let i = start;
  while (i < html.length && isNameCharacter(html.charCodeAt(i))) i++;
  const name = html.slice(start, i).toLowerCase();
  let attributes = NONE;
  for (;;) {
    // Before an attribute: blanks and stray slashes.
    let code = html.charCodeAt(i);
    while (code <= 32 || code === 47) code = html.charCodeAt(++i);
    if (Number.isNaN(code)) return { name, attributes, end: html.length };
    if (code === 62) return { name, attributes, end: i + 1 };
    const nameStart = i;
    // A leading `=` belongs to the name.
    code = html.charCodeAt(++i);
    while (code > 32 && code !== 62 && code !== 61 && code !== 47) code = html.charCodeAt(++i);
    const nameEnd = i;
    while (code <= 32) code = html.charCodeAt(++i);
    let value = '';
    if (code === 61) {
      code = html.charCodeAt(++i);
      while (code <= 32) code = html.charCodeAt(++i);
      if (code === 34 || code === 39) {
        const close = html.indexOf(code === 34 ? '"' : "'", i + 1);
        if (close < 0) return { name, attributes, end: html.length };
        value = html.slice(i + 1, close);
        i = close + 1;
      } else {
        const valueStart = i;
        while (code > 32 && code !== 62) code = html.charCodeAt(++i);
        value = html.slice(valueStart, i);
      }
    }
    if (attributes === NONE) attributes = new Map();
    if (attributes.size < MAX_ATTRIBUTES) {
      const attribute = html.slice(nameStart, nameEnd).toLowerCase();
      // The first of two equal names wins, as in browsers.
      if (!attributes.has(attribute)) attributes.set(attribute, decodeEntities(value));
    }
  }
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Part of a tag name: everything but blanks, `/`, `>` and the end. */
function isNameCharacter(code: number): boolean {
  return code > 32 && code !== 62 && code !== 47;
}

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
const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Walks the text once; never throws.
 * @param wanted names of the attributes that are handed over, each one of KNOWN; null: all
 */
export function readHtmlTokens(html: string, handler: HtmlHandler, wanted: ReadonlySet<string> | null = null): void {
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
      const tag = readTag(html, open + 1, wanted);
      handler.open(tag.name, tag.attributes);
      position = tag.end;
      if (RAW_TEXT.has(tag.name)) position = rawText(html, tag.name, position, handler);
      textStart = position;
    } else if (code === 47 && isLetter(html.charCodeAt(open + 2))) {
      flush(open);
      const tag = readTag(html, open + 2, NO_NAMES);
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

/** @param wanted see readHtmlTokens */
function readTag(html: string, start: number, wanted: ReadonlySet<string> | null): Tag {
  let i = start;
  let hash = 0;
  let code = html.charCodeAt(i);
  while (isNameCharacter(code)) {
    hash = hashWith(hash, code);
    code = html.charCodeAt(++i);
  }
  const name = knownName(html, start, i, hash) ?? html.slice(start, i).toLowerCase();
  let attributes = NONE;
  let count = 0;
  for (;;) {
    // Before an attribute: blanks and stray slashes.
    while (code <= 32 || code === 47) code = html.charCodeAt(++i);
    if (Number.isNaN(code)) return { name, attributes, end: html.length };
    if (code === 62) return { name, attributes, end: i + 1 };
    const nameStart = i;
    // A leading `=` belongs to the name.
    hash = hashWith(0, code);
    code = html.charCodeAt(++i);
    while (code > 32 && code !== 62 && code !== 61 && code !== 47) {
      hash = hashWith(hash, code);
      code = html.charCodeAt(++i);
    }
    const nameEnd = i;
    while (code <= 32) code = html.charCodeAt(++i);
    let valueStart = i;
    let valueEnd = i;
    if (code === 61) {
      code = html.charCodeAt(++i);
      while (code <= 32) code = html.charCodeAt(++i);
      if (code === 34 || code === 39) {
        const close = html.indexOf(code === 34 ? '"' : "'", i + 1);
        if (close < 0) return { name, attributes, end: html.length };
        valueStart = i + 1;
        valueEnd = close;
        i = close + 1;
        code = html.charCodeAt(i);
      } else {
        valueStart = i;
        while (code > 32 && code !== 62) code = html.charCodeAt(++i);
        valueEnd = i;
      }
    }
    if (count++ >= MAX_ATTRIBUTES) continue;
    const known = knownName(html, nameStart, nameEnd, hash);
    if (wanted !== null && (known === null || !wanted.has(known))) continue;
    const attribute = known ?? html.slice(nameStart, nameEnd).toLowerCase();
    if (attributes === NONE) attributes = new Map();
    // The first of two equal names wins, as in browsers.
    if (!attributes.has(attribute)) attributes.set(attribute, decodeEntities(html.slice(valueStart, valueEnd)));
  }
}

/** Names that mail is full of: found by their letters, without making a text of each. */
const KNOWN = (
  'a abbr area article aside b base bgsound big blockquote body br button caption center cite code col colgroup dd del div dl dt em ' +
  'embed fieldset figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label legend li link map ' +
  'meta nav noscript object o:p ol optgroup option p pre s script section select small span strike strong style sub sup table tbody td ' +
  'textarea tfoot th thead title tr tt u ul v:imagedata v:rect v:roundrect v:shape v:fill v:textbox w:anchorlock video xml ' +
  'action align alt background bgcolor border cellpadding cellspacing class color cols colspan content data data-src dir face formaction ' +
  'height hidden href hspace http-equiv id lang media method name rel role rowspan size src srcset target text type valign value vlink ' +
  'vspace width xmlns'
).split(' ');

const SLOTS = 4096;
const bySlot: (string | undefined)[] = new Array(SLOTS).fill(undefined);
for (const name of KNOWN) {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = hashWith(hash, name.charCodeAt(i));
  let slot = hash & (SLOTS - 1);
  while (bySlot[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
  bySlot[slot] = name;
}

/** Letters count without their case. */
function hashWith(hash: number, code: number): number {
  return (hash * 31 + (code | 32)) | 0;
}

/** The known name that stands there in any case; null when there is none. */
function knownName(html: string, start: number, end: number, hash: number): string | null {
  for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const name = bySlot[slot];
    if (name === undefined) return null;
    if (isAt(html, start, end, name)) return name;
  }
}

function isAt(html: string, start: number, end: number, name: string): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) {
    const code = html.charCodeAt(start + i);
    const lower = code >= 65 && code <= 90 ? code | 32 : code;
    if (lower !== name.charCodeAt(i)) return false;
  }
  return true;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Part of a tag name: everything but blanks, `/`, `>` and the end. */
function isNameCharacter(code: number): boolean {
  return code > 32 && code !== 62 && code !== 47;
}

/**
 * The HTML of a mail written anew for people to look at: text, structure and simple colours, nothing else. What is not on a list
 * is not copied; nothing of the mail reaches the output but text (escaped), numbers and colours (read and written again), and
 * pictures whose bytes are pictures. No links, no addresses to fetch from, no forms, no scripts, no style sheets.
 */
import { defang } from './defang.ts';
import { type Attributes, type HtmlHandler, readHtmlTokens } from './html-tokens.ts';
import { targetOf } from './link-targets.ts';
import { KIND, kindOf, OpenElements } from './open-elements.ts';
import { addHidingRules } from './style-sheets.ts';
import { readColor } from './styles.ts';

/** Characters of the page; a mail that needs more is cut. */
const MOST_CHARACTERS = 1_500_000;
const MAX_DEPTH = 100;

/** Elements that are copied, without what they bring along. */
const KEPT = new Set(
  (
    'p div span br hr b strong i em u s strike small big sub sup h1 h2 h3 h4 h5 h6 blockquote pre code tt ul ol li dl dt dd ' +
    'table thead tbody tfoot tr td th caption center address article section header footer main figure figcaption'
  ).split(' '),
);
const VOID = new Set(['br', 'hr']);
/** Shown, and said to be no more than what they look like. */
const FIELDS = new Set(['input', 'select', 'textarea', 'button']);
const ALIGNMENTS = new Set(['left', 'right', 'center', 'justify']);
/** Their content is no text of the mail. */
const NO_TEXT = new Set(['script', 'style', 'title', 'iframe', 'noembed', 'noframes', 'textarea', 'xmp']);

export interface SafeHtmlWords {
  /** Stands for a picture that would have to be fetched; `alt` may be ''. */
  remoteImage(alt: string): string;
  field(kind: string): string;
  cut: string;
}

export interface SafeHtmlOptions {
  words: SafeHtmlWords;
  /** The `data:` address of a picture that the mail carries itself; null when it has none or it is no picture. */
  image(src: string): string | null;
}

/** A fragment of HTML, balanced; never throws. */
export function safeHtml(html: string, options: SafeHtmlOptions): string {
  const writer = new Writer(options);
  readHtmlTokens(html, writer);
  return writer.finish();
}

class Writer implements HtmlHandler {
  private readonly elements = new OpenElements();
  private readonly stack: string[] = [];
  private out = '';
  private full = false;
  private link: string | null = null;

  constructor(private readonly options: SafeHtmlOptions) {}

  text(text: string, within: string): void {
    if (within === 'style') addHidingRules(text, this.elements.rules);
    if (NO_TEXT.has(within) || !this.elements.isTextShown) return;
    this.write(escapeHtml(text));
  }

  open(name: string, attributes: Attributes): void {
    const kind = kindOf(name);
    const frame = this.elements.open(name, kind, attributes);
    if (frame.hidden) return;
    if (name === 'a') this.openLink(attributes);
    else if (name === 'img') this.image(attributes);
    else if (FIELDS.has(name)) this.field(name, attributes);
    else if (name === 'font') this.openElement('span', attributes);
    else if (KEPT.has(name)) this.openElement(name, attributes);
  }

  close(name: string): void {
    this.elements.close(name, kindOf(name));
    if (name === 'a') this.closeLink();
    else this.closeElement(name === 'font' ? 'span' : name);
  }

  /** Conditional sections of old Outlooks are comments to everybody else. */
  comment(): void {}

  finish(): string {
    this.closeLink();
    const cut = this.full ? `<p class="note">${escapeHtml(this.options.words.cut)}</p>` : '';
    return (
      this.out +
      this.stack
        .reverse()
        .map((name) => `</${name}>`)
        .join('') +
      cut
    );
  }

  private write(piece: string): void {
    if (this.out.length + piece.length > MOST_CHARACTERS) this.full = true;
    if (!this.full) this.out += piece;
  }

  private openElement(name: string, attributes: Attributes): void {
    if (VOID.has(name)) {
      this.write(`<${name}>`);
      return;
    }
    if (this.full || this.stack.length >= MAX_DEPTH) return;
    if ((kindOf(name) & KIND.closesItself) !== 0 && this.stack.at(-1) === name) this.closeElement(name);
    this.write(`<${name}${attributesOf(name, attributes)}>`);
    if (!this.full) this.stack.push(name);
  }

  private closeElement(name: string): void {
    const at = this.stack.lastIndexOf(name);
    if (at < 0) return;
    // A stray end tag inside a cell does not end what stands around its table.
    const cell = Math.max(this.stack.lastIndexOf('td'), this.stack.lastIndexOf('th'));
    if (at < cell && !['table', 'tbody', 'thead', 'tfoot', 'tr'].includes(name)) return;
    for (const open of this.stack.splice(at).reverse()) this.out += `</${open}>`;
  }

  private openLink(attributes: Attributes): void {
    this.closeLink();
    const href = attributes.get('href')?.trim();
    if (href === undefined || href === '' || href.startsWith('#')) return;
    this.link = href;
    this.openElement('span', new Map());
    if (this.out.endsWith('<span>')) this.out = `${this.out.slice(0, -1)} class="link">`;
  }

  /** Behind its text stands where a link leads, for people to read. */
  private closeLink(): void {
    if (this.link === null) return;
    const target = defang(targetOf(this.link).target);
    this.link = null;
    this.closeElement('span');
    this.write(` <span class="target" dir="ltr">${escapeHtml(target)}</span> `);
  }

  private image(attributes: Attributes): void {
    const src = attributes.get('src')?.trim() ?? '';
    const alt = attributes.get('alt') ?? '';
    const data = this.options.image(src);
    if (data !== null) this.write(`<img alt="${escapeHtml(alt.slice(0, 500))}" src="${escapeHtml(data)}">`);
    // Pictures of one pixel are there to be counted, not to be seen.
    else if (attributes.get('width') !== '1' && attributes.get('height') !== '1')
      this.write(`<span class="image">${escapeHtml(this.options.words.remoteImage(alt.slice(0, 500).trim()))}</span>`);
  }

  private field(name: string, attributes: Attributes): void {
    const type = (attributes.get('type') ?? (name === 'input' ? 'text' : name)).toLowerCase();
    if (type === 'hidden') return;
    const kind = /^[a-z-]{1,20}$/.test(type) ? type : name;
    const label = attributes.get('value') ?? attributes.get('placeholder') ?? '';
    this.write(
      `<span class="field">${escapeHtml(this.options.words.field(kind))}${label ? ` ${escapeHtml(label.slice(0, 200))}` : ''}</span> `,
    );
  }
}

/** Read, and written anew: nothing of the value as it was. */
function attributesOf(name: string, attributes: Attributes): string {
  if (attributes.size === 0) return '';
  const style = styleOf(name, attributes);
  let text = style === '' ? '' : ` style="${style}"`;
  const direction = attributes.get('dir')?.toLowerCase();
  if (direction === 'rtl' || direction === 'ltr') text += ` dir="${direction}"`;
  if (name === 'td' || name === 'th')
    for (const span of ['colspan', 'rowspan']) {
      const cells = Number.parseInt(attributes.get(span) ?? '', 10);
      if (cells > 1 && cells <= 100) text += ` ${span}="${cells}"`;
    }
  return text;
}

const WEIGHTS = /^(?:bold|[6-9]00)$/;

function styleOf(name: string, attributes: Attributes): string {
  const found = new Map<string, string>();
  const colour = (property: 'color' | 'background-color', value: string | undefined) => {
    const read = value === undefined ? null : readColor(value.trim().toLowerCase());
    if (typeof read === 'number' && read >= 0)
      found.set(property, `#${(read & 0xffffff).toString(16).padStart(6, '0')}`);
  };
  const align = (value: string | undefined) => {
    const word = value?.trim().toLowerCase() ?? '';
    if (ALIGNMENTS.has(word)) found.set('text-align', word);
  };
  if (name === 'span') colour('color', attributes.get('color'));
  colour('background-color', attributes.get('bgcolor'));
  align(attributes.get('align'));
  for (const declaration of (attributes.get('style') ?? '').slice(0, 2_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s?important/i, '')
      .trim()
      .toLowerCase();
    switch (declaration.slice(0, colon).trim().toLowerCase()) {
      case 'color':
        colour('color', value);
        break;
      case 'background':
      case 'background-color':
        colour('background-color', value);
        break;
      case 'text-align':
        align(value);
        break;
      case 'font-weight':
        if (WEIGHTS.test(value)) found.set('font-weight', 'bold');
        break;
      case 'font-style':
        if (value === 'italic') found.set('font-style', 'italic');
        break;
      case 'font-size': {
        const size = /^(\d{1,3}(?:\.\d{1,2})?)(px|pt)$/.exec(value);
        const pixels = size ? Number(size[1]) * (size[2] === 'pt' ? 4 / 3 : 1) : Number.NaN;
        if (pixels >= 8 && pixels <= 48) found.set('font-size', `${Math.round(pixels)}px`);
        break;
      }
    }
  }
  return [...found].map(([property, value]) => `${property}:${value}`).join(';');
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For text and for values between quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ESCAPES[character]!).replaceAll('\0', '');
}

/** What a person sees of an HTML body, what is kept from their eyes, and where its links, images and forms point. */
import { type Attributes, type HtmlHandler, readHtmlTokens } from './html-tokens.ts';
import { addHidingRules, type HidingRules, isHiddenByRules } from './style-sheets.ts';
import { isSameColor, NO_STYLE, readColor, readStyle, type Style } from './styles.ts';

const MAX_STACK = 256;
const MAX_LINKS = 4_000;
const MAX_IMAGES = 2_000;
const MAX_FORMS = 100;
const MAX_LINK_TEXT = 2_000;
const MAX_STYLES = 2_000;

export interface HtmlLink {
  url: string;
  text: string;
  source: 'html' | 'image' | 'form';
  visible: boolean;
}

export interface HtmlReading {
  /** Blocks on lines of their own, other white space folded. */
  visible: string;
  hidden: string;
  links: HtmlLink[];
  images: { src: string; alt: string; linked: boolean }[];
  forms: { action: string; password: boolean }[];
  /** Runs of visible text outside of any link that may hold a bare URL. */
  bareUrlTexts: string[];
  title: string;
}

interface Frame {
  name: string;
  hidden: boolean;
  textHidden: boolean;
  color: number;
  /** null: an image or something unknown lies behind. */
  background: number | null;
}

const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame'.split(' '),
);
const BLOCK = new Set(
  'address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** A new one of these ends an open one, as browsers do: without it a forgotten </p> would nest for ever. */
const CLOSES_ITSELF = new Set(['p', 'li', 'td', 'th', 'tr', 'option', 'a', 'dt', 'dd']);
const TABLE_PARTS = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'body', 'html']);
const NEVER_SHOWN = new Set([
  'script',
  'style',
  'title',
  'noembed',
  'noframes',
  'iframe',
  'template',
  'head',
  'datalist',
]);

/** Reads HTML of any quality; never throws; linear. */
export function readHtml(html: string): HtmlReading {
  const reader = new Reader();
  readHtmlTokens(html, reader);
  return reader.finish();
}

class Reader implements HtmlHandler {
  private readonly stack: Frame[] = [];
  private frame: Frame = { name: '', hidden: false, textHidden: false, color: 0, background: 0xffffff };
  private readonly counts = new Map<string, number>();
  private readonly styles = new Map<string, Style>();
  private readonly rules: HidingRules = new Set();
  private visible = new FoldedText();
  private hidden = new FoldedText();
  private link: {
    url: string;
    text: FoldedText;
    alts: string;
    image: boolean;
    visible: boolean;
    shown: boolean;
  } | null = null;
  private base = '';
  private title = '';
  private readonly links: HtmlLink[] = [];
  private readonly images: HtmlReading['images'] = [];
  private readonly forms: HtmlReading['forms'] = [];
  private readonly bareUrlTexts: string[] = [];

  text(text: string, within: string): void {
    if (within === 'style') {
      addHidingRules(text, this.rules);
      return;
    }
    if (within === 'title') {
      if (this.title === '') this.title = text.replace(/\s+/g, ' ').trim().slice(0, 500);
      return;
    }
    if (NEVER_SHOWN.has(within)) return;
    const { frame } = this;
    if (frame.hidden || frame.textHidden || this.isUnreadable(frame)) {
      this.hidden.add(text);
      return;
    }
    this.visible.add(text);
    if (this.link !== null) {
      if (this.link.text.length < MAX_LINK_TEXT) this.link.text.add(text);
    } else if (text.length > 4 && (text.includes('://') || text.includes('www.'))) this.bareUrlTexts.push(text);
  }

  open(name: string, attributes: Attributes): void {
    if (BLOCK.has(name)) this.breakLine();
    if (CLOSES_ITSELF.has(name)) this.closeSibling(name);
    const frame = attributes.size === 0 ? this.inherit(name) : this.styled(name, attributes);
    if (attributes.size > 0) this.take(name, attributes, frame);
    if (name === 'form' && !attributes.has('action')) this.addForm('');
    if (VOID.has(name)) return;
    if (this.stack.length >= MAX_STACK) return;
    this.stack.push(this.frame);
    this.frame = frame;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  close(name: string): void {
    if (BLOCK.has(name)) this.breakLine();
    if (name === 'a') this.endLink();
    if ((this.counts.get(name) ?? 0) > 0 && this.mayClose(name)) this.popTo(name);
  }

  /** A stray `</b>` or `</div>` inside a table cell does not end what stands around the table. */
  private mayClose(name: string): boolean {
    if (TABLE_PARTS.has(name)) return true;
    const block = BLOCK.has(name);
    for (let frame = this.frame, i = this.stack.length - 1; i >= 0; frame = this.stack[i--] as Frame) {
      if (frame.name === name) return true;
      if (frame.name === 'td' || frame.name === 'th' || frame.name === 'table' || (!block && frame.name === 'div'))
        return false;
    }
    return false;
  }

  comment(text: string): void {
    // Word's conditional buttons carry links that only Outlook shows.
    if (!text.startsWith('[if') || !text.includes('href')) return;
    for (const match of text.slice(0, 20_000).matchAll(/<v:[a-z]{1,20}\s[^<>]{0,2000}?href\s?=\s?"([^"]{1,2000})"/gi)) {
      this.addLink({ url: match[1] as string, text: '', source: 'html', visible: false });
    }
  }

  finish(): HtmlReading {
    this.endLink();
    return {
      visible: this.visible.toString(),
      hidden: this.hidden.toString(),
      links: this.links,
      images: this.images,
      forms: this.forms,
      bareUrlTexts: this.bareUrlTexts,
      title: this.title,
    };
  }

  private breakLine(): void {
    this.visible.break();
    this.hidden.break();
    this.link?.text.break();
  }

  private inherit(name: string): Frame {
    const { frame } = this;
    const hidden = frame.hidden || NEVER_SHOWN.has(name) || isHiddenByRules(this.rules, name, '', '');
    return { name, hidden, textHidden: frame.textHidden, color: frame.color, background: frame.background };
  }

  private styled(name: string, attributes: Attributes): Frame {
    const frame = this.inherit(name);
    const css = attributes.get('style');
    const style = css === undefined ? NO_STYLE : this.style(css);
    if (style.hidden || attributes.has('hidden') || (name === 'font' && attributes.get('size') === '0'))
      frame.hidden = true;
    if (style.textHidden !== undefined) frame.textHidden = style.textHidden;
    if (
      this.rules.size > 0 &&
      isHiddenByRules(this.rules, name, attributes.get('class') ?? '', attributes.get('id') ?? '')
    ) {
      frame.hidden = true;
    }
    const color =
      style.color ??
      (name === 'font' || name === 'body' ? this.color(attributes.get(name === 'body' ? 'text' : 'color')) : undefined);
    if (color !== undefined) frame.color = color;
    const background = style.background !== undefined ? style.background : this.color(attributes.get('bgcolor'));
    if (attributes.has('background')) frame.background = null;
    else if (background !== undefined && background !== -1) frame.background = background;
    return frame;
  }

  private style(css: string): Style {
    const known = this.styles.get(css);
    if (known !== undefined) return known;
    const style = readStyle(css);
    if (this.styles.size < MAX_STYLES) this.styles.set(css, style);
    return style;
  }

  private color(value: string | undefined): number | undefined {
    return value === undefined ? undefined : (readColor(value) ?? undefined);
  }

  private isUnreadable(frame: Frame): boolean {
    if (frame.color === -1) return true;
    return frame.background !== null && isSameColor(frame.color, frame.background);
  }

  private take(name: string, attributes: Attributes, frame: Frame): void {
    const seen = !frame.hidden;
    switch (name) {
      case 'a': {
        const href = attributes.get('href');
        if (href === undefined) return;
        this.endLink();
        this.link = {
          url: this.absolute(href),
          text: new FoldedText(),
          alts: '',
          image: false,
          visible: seen,
          shown: false,
        };
        return;
      }
      case 'area': {
        const href = attributes.get('href');
        if (href !== undefined)
          this.addLink({ url: this.absolute(href), text: attributes.get('alt') ?? '', source: 'image', visible: seen });
        return;
      }
      case 'img':
      case 'v:imagedata':
        this.addImage(attributes);
        return;
      case 'base':
        if (this.base === '') this.base = attributes.get('href')?.trim() ?? '';
        return;
      case 'form':
        if (attributes.has('action')) this.addForm(attributes.get('action') as string);
        return;
      case 'button':
      case 'input': {
        const action = attributes.get('formaction');
        if (action !== undefined)
          this.addLink({
            url: this.absolute(action),
            text: attributes.get('value') ?? '',
            source: 'form',
            visible: seen,
          });
        if (attributes.get('type')?.trim().toLowerCase() === 'password') this.addPassword();
        return;
      }
      case 'meta': {
        const refresh = /url\s{0,3}=\s{0,3}["']?([^"'\s]{1,2000})/i.exec(attributes.get('content') ?? '');
        if (refresh !== null && attributes.get('http-equiv')?.toLowerCase() === 'refresh') {
          this.addLink({ url: this.absolute(refresh[1] as string), text: '', source: 'html', visible: false });
        }
        return;
      }
      case 'iframe':
      case 'embed':
      case 'object': {
        const source = attributes.get('src') ?? attributes.get('data');
        if (source !== undefined && /^\s{0,9}(?:https?:|\/\/)/i.test(source))
          this.addLink({ url: this.absolute(source), text: '', source: 'html', visible: false });
        return;
      }
    }
  }

  private addImage(attributes: Attributes): void {
    const alt = (attributes.get('alt') ?? '').slice(0, 1_000);
    const src = attributes.get('src');
    if (this.link !== null) {
      this.link.image = true;
      if (alt !== '' && this.link.alts.length < MAX_LINK_TEXT)
        this.link.alts += `${this.link.alts === '' ? '' : ' '}${alt}`;
    }
    if (src !== undefined && this.images.length < MAX_IMAGES) {
      // Inline data is evidence by its type alone.
      this.images.push({
        src: src.trim().slice(0, src.startsWith('data:') ? 100 : 4_000),
        alt,
        linked: this.link !== null,
      });
    }
  }

  private addForm(action: string): void {
    if (this.forms.length >= MAX_FORMS) return;
    const url = this.absolute(action);
    this.forms.push({ action: url, password: false });
    if (url !== '') this.addLink({ url, text: '', source: 'form', visible: !this.frame.hidden });
  }

  /** A password field outside of any form still asks for a password. */
  private addPassword(): void {
    const form = this.forms.at(-1);
    if (form === undefined) this.forms.push({ action: '', password: true });
    else form.password = true;
  }

  private addLink(link: HtmlLink): void {
    if (link.url !== '' && this.links.length < MAX_LINKS) this.links.push(link);
  }

  private endLink(): void {
    const { link } = this;
    if (link === null) return;
    this.link = null;
    const text = link.text.toString().slice(0, MAX_LINK_TEXT);
    const isImage = text === '' && link.image;
    this.addLink({
      url: link.url,
      text: isImage ? link.alts.replace(/\s+/g, ' ').trim() : text,
      source: isImage ? 'image' : 'html',
      visible: link.visible && (text !== '' || link.image),
    });
  }

  /** Browsers strip tabs and line breaks from URLs; a path alone is made absolute by <base>. */
  private absolute(href: string): string {
    const url = href
      .trim()
      .replace(/[\t\r\n]+/g, '')
      .slice(0, 8_000);
    if (this.base === '' || url === '' || /^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('#')) return url;
    try {
      return new URL(url, this.base).href;
    } catch {
      return url;
    }
  }

  private closeSibling(name: string): void {
    if ((this.counts.get(name) ?? 0) === 0) return;
    // Only up to the container that may hold another one.
    for (let frame = this.frame, i = this.stack.length - 1; i >= 0; frame = this.stack[i--] as Frame) {
      if (frame.name === name) {
        this.popTo(name);
        return;
      }
      if (
        frame.name === 'table' ||
        frame.name === 'ul' ||
        frame.name === 'ol' ||
        frame.name === 'div' ||
        frame.name === 'dl'
      )
        return;
      if ((name === 'p' || name === 'a') && (frame.name === 'td' || frame.name === 'th')) return;
    }
  }

  private popTo(name: string): void {
    while (this.stack.length > 0) {
      const closed = this.frame.name;
      this.counts.set(closed, (this.counts.get(closed) ?? 1) - 1);
      this.frame = this.stack.pop() as Frame;
      if (closed === name) return;
    }
  }
}

/** Collects text with white space folded: one blank between words, one line break between blocks. */
class FoldedText {
  private pieces: string[] = [];
  private pending: '' | ' ' | '\n' = '';
  length = 0;

  add(text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') {
      if (this.pending === '') this.pending = ' ';
      return;
    }
    if (this.length > 0) {
      const blank = isBlank(text.charCodeAt(0));
      const separator = this.pending !== '' ? this.pending : blank ? ' ' : '';
      if (separator !== '') this.pieces.push(separator);
    }
    const folded = FOLDABLE.test(trimmed) ? trimmed.replace(/[\s\u00a0]+/g, ' ') : trimmed;
    this.pieces.push(folded);
    this.length += folded.length;
    this.pending = isBlank(text.charCodeAt(text.length - 1)) ? ' ' : '';
  }

  break(): void {
    this.pending = '\n';
  }

  toString(): string {
    return this.pieces.join('');
  }
}

const FOLDABLE = /[\s\u00a0]{2}|[\n\r\t\u00a0]/;

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0;
}

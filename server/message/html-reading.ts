/** What a person sees of an HTML body, what is kept from their eyes, and where its links, images and forms point. */
import { FoldedText } from './folded-text.ts';
import { type Attributes, type HtmlHandler, readHtmlTokens } from './html-tokens.ts';
import { type Frame, KIND, kindOf, OpenElements } from './open-elements.ts';
import { addHidingRules } from './style-sheets.ts';

const MAX_LINKS = 4_000;
const MAX_IMAGES = 2_000;
const MAX_FORMS = 100;
const MAX_LINK_TEXT = 2_000;

/** Attributes that say something of what is seen or where it leads. */
export const WANTED: ReadonlySet<string> = new Set(
  'action alt background bgcolor class color content data formaction hidden href http-equiv id size src style text type value'.split(
    ' ',
  ),
);

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

/** Reads HTML of any quality; never throws; linear. */
export function readHtml(html: string): HtmlReading {
  const reader = new Reader();
  readHtmlTokens(html, reader, WANTED);
  return reader.finish();
}

class Reader implements HtmlHandler {
  private readonly elements = new OpenElements();
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
      addHidingRules(text, this.elements.rules);
      return;
    }
    if (within === 'title') {
      if (this.title === '') this.title = text.replace(/\s+/g, ' ').trim().slice(0, 500);
      return;
    }
    if (within !== '' && (kindOf(within) & KIND.neverShown) !== 0) return;
    if (!this.elements.isTextShown) {
      this.hidden.add(text);
      return;
    }
    this.visible.add(text);
    if (this.link !== null) {
      if (this.link.text.length < MAX_LINK_TEXT) this.link.text.add(text);
    } else if (text.length > 4 && (text.includes('://') || text.includes('www.'))) this.bareUrlTexts.push(text);
  }

  open(name: string, attributes: Attributes): void {
    const kind = kindOf(name);
    if ((kind & KIND.block) !== 0) this.breakLine();
    const frame = this.elements.open(name, kind, attributes);
    if (attributes.size > 0) this.take(name, attributes, frame);
    if (name === 'form' && !attributes.has('action')) this.addForm('');
  }

  close(name: string): void {
    const kind = kindOf(name);
    if ((kind & KIND.block) !== 0) this.breakLine();
    if (name === 'a') this.endLink();
    this.elements.close(name, kind);
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
    if (url !== '') this.addLink({ url, text: '', source: 'form', visible: !this.elements.frame.hidden });
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
}

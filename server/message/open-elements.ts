/** The elements that are open at a place of an HTML text, and whether text there can be seen. */
import type { Attributes } from './html-tokens.ts';
import { type HidingRules, isHiddenByRules } from './style-sheets.ts';
import { isSameColor, NO_STYLE, readColor, readStyle, type Style } from './styles.ts';

const MAX_DEPTH = 256;
const MAX_STYLES = 2_000;

export interface Frame {
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
/** Elements that begin and end a line. */
export const BLOCKS = new Set(
  'address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** A new one of these ends an open one, as browsers do: without it a forgotten </p> would nest for ever. */
const CLOSES_ITSELF = new Set(['p', 'li', 'td', 'th', 'tr', 'option', 'a', 'dt', 'dd']);
const TABLE_PARTS = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'body', 'html']);
export const NEVER_SHOWN = new Set([
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

export class OpenElements {
  /** The innermost one. */
  frame: Frame = { name: '', hidden: false, textHidden: false, color: 0, background: 0xffffff };
  /** Filled by the style sheets on the way. */
  readonly rules: HidingRules = new Set();
  private readonly stack: Frame[] = [];
  private readonly counts = new Map<string, number>();
  private readonly styles = new Map<string, Style>();
  private readonly colors = new Map<string, number | undefined>();

  /** The element as it is shown; it stays open unless it is void or 256 are open already. */
  open(name: string, attributes: Attributes): Frame {
    if (CLOSES_ITSELF.has(name)) this.closeSibling(name);
    const frame = attributes.size === 0 ? this.inherit(name) : this.styled(name, attributes);
    if (VOID.has(name) || this.stack.length >= MAX_DEPTH) return frame;
    this.stack.push(this.frame);
    this.frame = frame;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return frame;
  }

  close(name: string): void {
    if ((this.counts.get(name) ?? 0) > 0 && this.mayClose(name)) this.popTo(name);
  }

  /** Not hidden, not of no size, not of the colour behind it. */
  get isTextShown(): boolean {
    const { hidden, textHidden, color, background } = this.frame;
    if (hidden || textHidden || color === -1) return false;
    return background === null || !isSameColor(color, background);
  }

  /** A stray `</b>` or `</div>` inside a table cell does not end what stands around the table. */
  private mayClose(name: string): boolean {
    if (TABLE_PARTS.has(name)) return true;
    const block = BLOCKS.has(name);
    for (let frame = this.frame, i = this.stack.length - 1; i >= 0; frame = this.stack[i--] as Frame) {
      if (frame.name === name) return true;
      if (frame.name === 'td' || frame.name === 'th' || frame.name === 'table' || (!block && frame.name === 'div'))
        return false;
    }
    return false;
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
    if (value === undefined) return undefined;
    if (this.colors.has(value)) return this.colors.get(value);
    const color = readColor(value) ?? undefined;
    if (this.colors.size < MAX_STYLES) this.colors.set(value, color);
    return color;
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

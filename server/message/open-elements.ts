/** The elements that are open at a place of an HTML text, and whether text there can be seen. */
import type { Attributes } from './html-tokens.ts';
import { type HidingRules, isHiddenByRules } from './style-sheets.ts';
import { isSameColor, NO_STYLE, readColor, readStyle, type Style } from './styles.ts';

const MAX_DEPTH = 256;
const MAX_STYLES = 4_000;
const LONGEST_REMEMBERED = 400;

export interface Frame {
  name: string;
  kind: number;
  hidden: boolean;
  textHidden: boolean;
  color: number;
  /** null: an image or something unknown lies behind. */
  background: number | null;
}

/** What the walk needs to know of an element, one bit each, so that a tag is looked up once. */
export const KIND = { block: 1, void: 2, closesItself: 4, tablePart: 8, neverShown: 16, container: 32 } as const;

const kinds = new Map<string, number>();
for (const [names, kind] of [
  // Elements that begin and end a line.
  [
    'address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td tfoot th thead tr ul',
    KIND.block,
  ],
  ['area base br col embed hr img input link meta param source track wbr basefont bgsound frame', KIND.void],
  // A new one of these ends an open one, as browsers do: without it a forgotten </p> would nest for ever.
  ['p li td th tr option a dt dd', KIND.closesItself],
  ['table tbody thead tfoot tr td th body html', KIND.tablePart],
  ['script style title noembed noframes iframe template head datalist', KIND.neverShown],
  // What holds siblings: the search for one to end stops there.
  ['table ul ol div dl', KIND.container],
] as const)
  for (const name of names.split(' ')) kinds.set(name, (kinds.get(name) ?? 0) | kind);

/** Bits of KIND; 0 for an element without any. */
export function kindOf(name: string): number {
  return kinds.get(name) ?? 0;
}

export class OpenElements {
  /** The innermost one. */
  frame: Frame = { name: '', kind: 0, hidden: false, textHidden: false, color: 0, background: 0xffffff };
  /** Filled by the style sheets on the way. */
  readonly rules: HidingRules = new Set();
  private readonly stack: Frame[] = [];
  private readonly counts = new Map<string, number>();

  /** The element as it is shown; it stays open unless it is void or 256 are open already. */
  open(name: string, kind: number, attributes: Attributes): Frame {
    if ((kind & KIND.closesItself) !== 0) this.closeSibling(name);
    const frame = attributes.size === 0 ? this.inherit(name, kind) : this.styled(name, kind, attributes);
    if ((kind & KIND.void) !== 0 || this.stack.length >= MAX_DEPTH) return frame;
    this.stack.push(this.frame);
    this.frame = frame;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return frame;
  }

  close(name: string, kind: number): void {
    if ((this.counts.get(name) ?? 0) > 0 && this.mayClose(name, kind)) this.popTo(name);
  }

  /** Not hidden, not of no size, not of the colour behind it. */
  get isTextShown(): boolean {
    const { hidden, textHidden, color, background } = this.frame;
    if (hidden || textHidden || color === -1) return false;
    return background === null || !isSameColor(color, background);
  }

  /** A stray `</b>` or `</div>` inside a table cell does not end what stands around the table. */
  private mayClose(name: string, kind: number): boolean {
    if ((kind & KIND.tablePart) !== 0) return true;
    const block = (kind & KIND.block) !== 0;
    for (let frame = this.frame, i = this.stack.length - 1; i >= 0; frame = this.stack[i--] as Frame) {
      if (frame.name === name) return true;
      if ((frame.kind & (KIND.tablePart | KIND.container)) === 0) continue;
      if (frame.name === 'td' || frame.name === 'th' || frame.name === 'table' || (!block && frame.name === 'div'))
        return false;
    }
    return false;
  }

  private inherit(name: string, kind: number): Frame {
    const { frame, rules } = this;
    const hidden =
      frame.hidden || (kind & KIND.neverShown) !== 0 || (rules.size > 0 && isHiddenByRules(rules, name, '', ''));
    return { name, kind, hidden, textHidden: frame.textHidden, color: frame.color, background: frame.background };
  }

  private styled(name: string, kind: number, attributes: Attributes): Frame {
    const frame = this.inherit(name, kind);
    const css = attributes.get('style');
    const style = css === undefined ? NO_STYLE : styleOf(css);
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
      (name === 'font' || name === 'body' ? colorOf(attributes.get(name === 'body' ? 'text' : 'color')) : undefined);
    if (color !== undefined) frame.color = color;
    const background = style.background !== undefined ? style.background : colorOf(attributes.get('bgcolor'));
    if (attributes.has('background')) frame.background = null;
    else if (background !== undefined && background !== -1) frame.background = background;
    return frame;
  }

  private closeSibling(name: string): void {
    if ((this.counts.get(name) ?? 0) === 0) return;
    // Only up to the container that may hold another one.
    for (let frame = this.frame, i = this.stack.length - 1; i >= 0; frame = this.stack[i--] as Frame) {
      if (frame.name === name) {
        this.popTo(name);
        return;
      }
      if ((frame.kind & KIND.container) !== 0) return;
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

/** Caches, not state: bounded, and the answer depends on the text alone. Mails repeat their styles, and each other's. */
const styles = new Map<string, Style>();
const colors = new Map<string, number | undefined>();

function styleOf(css: string): Style {
  const known = styles.get(css);
  if (known !== undefined) return known;
  const style = readStyle(css);
  remember(styles, css, style);
  return style;
}

function colorOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (colors.has(value)) return colors.get(value);
  const color = readColor(value) ?? undefined;
  remember(colors, value, color);
  return color;
}

function remember<Value>(cache: Map<string, Value>, text: string, value: Value): void {
  if (text.length > LONGEST_REMEMBERED) return;
  if (cache.size >= MAX_STYLES) cache.clear();
  // A slice would keep the whole text of its mail alive.
  cache.set(Buffer.from(text).toString(), value);
}

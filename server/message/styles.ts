/** What CSS does to the visibility of text: inline declarations and simple rules of style sheets. */

export interface Style {
  /** The element and all it holds is not shown. */
  hidden: boolean;
  /** Text is not shown, a descendant may be (font-size, visibility). undefined: not said. */
  textHidden: boolean | undefined;
  /** Colour as 0xRRGGBB; -1 for fully transparent; undefined: not said. */
  color: number | undefined;
  /** Likewise; null when an image or something unknown lies behind the text. */
  background: number | null | undefined;
}

export const NO_STYLE: Style = { hidden: false, textHidden: undefined, color: undefined, background: undefined };

const INTERESTING =
  /display|visib|opacity|font|color|background|height|width|indent|position|left|top|clip|transform|text-size/i;

/** @param css declarations such as `display:none; color:#fff` */
export function readStyle(css: string): Style {
  if (!INTERESTING.test(css)) return NO_STYLE;
  const style: Style = { hidden: false, textHidden: undefined, color: undefined, background: undefined };
  let zeroBox = false;
  let clipped = false;
  let positioned = false;
  let offScreen = false;
  for (const declaration of css.slice(0, 5_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = withoutComments(declaration.slice(0, colon)).trim().toLowerCase();
    const value = withoutNotes(declaration.slice(colon + 1))
      .trim()
      .toLowerCase();
    switch (property) {
      case 'display':
        if (value === 'none') style.hidden = true;
        break;
      case 'visibility':
        style.textHidden = value === 'hidden' || value === 'collapse';
        break;
      case 'opacity':
        if (isNearZero(value, 0.05)) style.hidden = true;
        break;
      case 'font-size':
        // Up to one pixel: a common preheader and filler trick, unreadable for people.
        if (isNearZero(value, 1)) style.textHidden = true;
        else if (style.textHidden !== true) style.textHidden = false;
        break;
      case 'font':
        if (/(?:^|\s)0(?:px|pt|em|%)?(?:\/|\s)/.test(value)) style.textHidden = true;
        break;
      case 'color':
        style.color = readColor(value) ?? undefined;
        break;
      case 'background':
      case 'background-color':
        style.background = readBackground(value);
        break;
      case 'background-image':
        if (value !== 'none') style.background = null;
        break;
      case 'height':
      case 'max-height':
      case 'width':
      case 'max-width':
        if (isNearZero(value, 1)) zeroBox = true;
        break;
      case 'overflow':
        if (value === 'hidden') clipped = true;
        break;
      case 'position':
        positioned = value === 'absolute' || value === 'fixed';
        break;
      case 'left':
      case 'top':
      case 'right':
      case 'margin-left':
      case 'margin-top':
        if (farAway(value)) offScreen = true;
        break;
      case 'text-indent':
        if (farAway(value)) style.textHidden = true;
        break;
      case 'clip':
        if (/rect\(\s?(?:0|1px)\D/.test(value)) offScreen = true;
        break;
      case 'transform':
        if (/scale[xy]?\(0[,)]/.test(value)) style.hidden = true;
        break;
    }
  }
  if ((zeroBox && clipped) || (offScreen && positioned)) style.hidden = true;
  return style;
}

function withoutComments(text: string): string {
  return text.includes('/*') ? text.replace(/\/\*.*?\*\//g, '') : text;
}

function withoutNotes(text: string): string {
  return text.includes('!') || text.includes('/*') ? text.replace(/!\s?important|\/\*.*?\*\//gi, '') : text;
}

/** Below or at `limit` px (or em, where the limit counts tenths). */
function isNearZero(value: string, limit: number): boolean {
  const match = /^(\d{0,6}\.?\d{0,6})\s?(px|pt|em|rem|%|vh|vw)?$/.exec(value);
  if (match === null || match[1] === '' || match[1] === '.') return false;
  const number = Number(match[1]);
  if (number === 0) return true;
  const relative = match[2] === 'em' || match[2] === 'rem' || match[2] === 'vh' || match[2] === 'vw';
  return match[2] === '%' ? number <= limit * 2 : number <= (relative ? limit / 15 : limit);
}

function farAway(value: string): boolean {
  const match = /^-(\d{1,7})(?:\.\d{1,6})?(px|pt|em|rem|%)?$/.exec(value);
  if (match === null) return false;
  return Number(match[1]) >= (match[2] === 'em' || match[2] === 'rem' ? 50 : 400);
}

const NAMED: Record<string, number> = {
  white: 0xffffff,
  black: 0x000000,
  red: 0xff0000,
  green: 0x008000,
  blue: 0x0000ff,
  yellow: 0xffff00,
  gray: 0x808080,
  grey: 0x808080,
  silver: 0xc0c0c0,
  navy: 0x000080,
  orange: 0xffa500,
  snow: 0xfffafa,
  ivory: 0xfffff0,
  whitesmoke: 0xf5f5f5,
  ghostwhite: 0xf8f8ff,
  lightgray: 0xd3d3d3,
  lightgrey: 0xd3d3d3,
  transparent: -1,
};

/** 0xRRGGBB, -1 for transparent, null when it is not a colour that is known here. */
export function readColor(value: string): number | null {
  const text = value.trim().toLowerCase();
  const named = NAMED[text];
  if (named !== undefined) return named;
  const hex = /^#?([0-9a-f]{3,8})$/.exec(text)?.[1];
  if (hex !== undefined) {
    if (hex.length === 3 || hex.length === 4) {
      const [r, g, b] = [...hex].map((digit) => Number.parseInt(digit + digit, 16));
      return ((r as number) << 16) | ((g as number) << 8) | (b as number);
    }
    if (hex.length === 8 && hex.endsWith('00')) return -1;
    return hex.length === 6 || hex.length === 8 ? Number.parseInt(hex.slice(0, 6), 16) : null;
  }
  const rgb = /^rgba?\(\s?(\d{1,3})\s?[, ]\s?(\d{1,3})\s?[, ]\s?(\d{1,3})(?:\s?[,/]\s?([\d.]{1,8}%?))?\s?\)$/.exec(
    text,
  );
  if (rgb === null) return null;
  if (rgb[4] !== undefined && Number.parseFloat(rgb[4]) === 0) return -1;
  return (channel(rgb[1]) << 16) | (channel(rgb[2]) << 8) | channel(rgb[3]);
}

function channel(text: string | undefined): number {
  return Math.min(255, Number(text));
}

/** null: something we cannot compare with; undefined: nothing said. */
function readBackground(value: string): number | null | undefined {
  if (/url\(|gradient/.test(value)) return null;
  const color = readColor(value.split(' ')[0] as string) ?? readColor(value);
  return color === -1 || value === 'none' ? undefined : color === null ? undefined : color;
}

/** Too close to be read: the largest channel differs by less than 20 of 255. */
export function isSameColor(a: number, b: number): boolean {
  const difference = (shift: number) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
  return difference(16) < 20 && difference(8) < 20 && difference(0) < 20;
}

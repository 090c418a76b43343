/** WCAG 1.4.3, for the letters of normal size on the colour. */
export const LEAST_CONTRAST = 4.5;

/** Contrast of white letters on a colour, 1 to 21. @param colour `#rrggbb` @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastWithWhite(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

/**
 * Dark or light by the luminance of the message background, because Outlook names no theme; null leaves the choice to
 * `prefers-color-scheme`.
 * @param background such as `#1f1f1f` or `1f1f1f`
 * @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 */
export function themeOf(background: string): 'dark' | 'light' | null {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(background.trim())?.[1];
  if (!hex) return null;
  const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
  const [r = 0, g = 0, b = 0] = pairs.map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.18 ? 'dark' : 'light';
}

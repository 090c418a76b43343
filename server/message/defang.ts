/** Links for people to read without a way to click them. */

/** `https://a.example/x` as `hxxps[:]//a[.]example/x`; the path keeps its dots. @param limit characters at most, the middle is cut */
export function defang(url: string, limit = 200): string {
  const match = /^([a-z][a-z0-9+.-]{0,30}):(\/{0,2})([^/?#]*)(.*)$/is.exec(url);
  const text =
    match === null
      ? url.replaceAll('.', '[.]')
      : `${(match[1] as string).replace(/tt/i, 'xx')}[:]${match[2]}${(match[3] as string).replaceAll('.', '[.]')}${match[4]}`;
  if (text.length <= limit) return text;
  const tail = Math.floor(limit / 4);
  return `${text.slice(0, limit - tail - 1)}…${text.slice(-tail)}`;
}

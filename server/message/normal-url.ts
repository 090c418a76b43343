/** One spelling for URLs that lead to the same place. */

/** Rewriters change how characters are escaped, nothing else; query and fragment count, for they can hold the target. */
export function normalUrl(url: string): string {
  let text = url.trim().replace(/&amp;/gi, '&');
  for (let i = 0; i < 3 && text.includes('%'); i++) {
    const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (decoded === text) break;
    text = decoded;
  }
  // Beyond ASCII the escapes were UTF-8 bytes, or characters already.
  if (/[^\x00-\x7f]/.test(text)) text = bytesAsText(text);
  const match = /^([a-z][a-z0-9+.-]{0,30}):[\\/]{0,4}([^\\/?#]*)(.*)$/is.exec(text);
  if (match === null) return text.replace(/\s+/g, '');
  const host = (match[2] as string)
    .toLowerCase()
    .replace(/:(?:80|443)$/, '')
    .replace(/\.$/, '');
  const rest = (match[3] as string)
    .replace(/[\s+]+/g, '')
    .replace(/\\/g, '/')
    .replace(/^\/+$/, '');
  return `${(match[1] as string).toLowerCase()}:${host}${rest}`;
}

function bytesAsText(text: string): string {
  if (/[^\x00-\xff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

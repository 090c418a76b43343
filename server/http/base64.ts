/**
 * Strict RFC 4648 section 4: no white space, no URL alphabet, padded, canonical last group.
 * @returns the bytes, or null when it is anything else; '' is zero bytes.
 */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // Node skips what it does not know and also reads - and _, so the length and these two tell.
  if (text.includes('-') || text.includes('_')) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== (text.length / 4) * 3 - padding) return null;
  const lastGroup = bytes.subarray(bytes.length - ((bytes.length - 1) % 3) - 1);
  if (bytes.length > 0 && !text.endsWith(lastGroup.toString('base64'))) return null;
  return bytes;
}

/** Bytes in JSON. */

/** URL-safe and padded, as Gmail writes bytes. */
export function paddedBase64Url(bytes: Buffer): string {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

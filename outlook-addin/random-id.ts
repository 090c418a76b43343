/**
 * 32 hex digits. It must be different for every press, not secret: where the event runtime has no `crypto` the clock
 * and Math.random do.
 */
export function randomId(): string {
  const bytes = new Uint8Array(16);
  if (typeof crypto !== 'undefined' && typeof crypto.getRandomValues === 'function') crypto.getRandomValues(bytes);
  else {
    const now = Date.now();
    for (let i = 0; i < 16; i++) bytes[i] = i < 6 ? Math.floor(now / 256 ** i) % 256 : Math.floor(Math.random() * 256);
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 6648 knows no X-: our own name. */
export const SIGNATURE_HEADER = 'Reelback-Signature';
/** Older ones are refused, so that nobody plays a request back. */
const FRESH_SECONDS = 300;

/**
 * `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that neither can be exchanged.
 * @param secret as it was shown when the webhook was made
 */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`)}`;
}

/** What a target does with it; docs/formats.md shows the same in ten lines. */
export function isSignedBy(secret: string, header: string, body: string, now: Date): boolean {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || given === undefined) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > FRESH_SECONDS) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(hmac(secret, `${seconds}.${body}`)));
}

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

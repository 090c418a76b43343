/** Whether the envelope names somebody else than the From field, where that is not how mail services work. */
import { getDomain } from 'tldts';
import type { Message } from './message.ts';

/**
 * Forms that services use for bounces: PRVS and BATV, SRS, Gmail forwarding, VERP (the recipient inside the local part).
 * All under the sender's control, so a mismatch may only choose between SPOOF and SUSPICIOUS.
 */
const SERVICE_FORM =
  /^(?:prvs=|btv1==|msprvs\d?=|srs[01][=+-])|\+caf_=|=[a-z0-9][a-z0-9.-]{1,200}\.[a-z]{2,24}(?:$|[@=])/i;

/**
 * @param envelopeFrom RFC 5321.MailFrom or its domain; null when unknown, '' for the null sender
 * @param passes the authentication state is pass
 */
export function readMismatch(message: Message, envelopeFrom: string | null, passes: boolean): boolean | 'unknown' {
  const from = message.headerFrom[0];
  if (passes || envelopeFrom === '') return false;
  if (envelopeFrom === null || from === undefined || from.domain === '') return 'unknown';
  const at = envelopeFrom.lastIndexOf('@');
  const envelopeDomain = envelopeFrom.slice(at + 1).toLowerCase();
  if (at > 0 && SERVICE_FORM.test(envelopeFrom.slice(0, at))) return false;
  if (message.list.id !== null) return false;
  return registrableDomain(envelopeDomain) !== registrableDomain(from.domain);
}

/** By the ICANN part of the public suffix list; the host itself where it has none. */
export function registrableDomain(host: string): string {
  return getDomain(host, { allowPrivateDomains: false }) ?? host.toLowerCase();
}

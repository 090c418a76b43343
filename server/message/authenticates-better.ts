/** Whether one mail proves more about its sender than another: a spoof must never speak for the mail it copies. */
import type { Authentication } from './authentication-state.ts';
import { registrableDomain } from './envelope-mismatch.ts';

/**
 * Of mail that nobody could check the worst is assumed on the judged side and the best on the other.
 * @param domain of RFC 5322.From, the same of both
 */
export function authenticatesBetter(other: Authentication, judged: Authentication, domain: string): boolean {
  return rankOf(other, domain, 5) > rankOf(judged, domain, -1);
}

function rankOf(authentication: Authentication, domain: string, unknown: number): number {
  switch (authentication.state) {
    case 'pass':
      return 5;
    case 'none':
      // Without a DMARC record an aligned SPF or DKIM pass is all that a genuine sender can show.
      return isAligned(authentication, domain) ? 4 : 3;
    case 'unaligned':
      return 2;
    case 'fail':
      return 1;
    case 'fail_enforced':
      return 0;
    case 'unknown':
      return unknown;
  }
}

function isAligned({ spf, dkim }: Authentication, domain: string): boolean {
  const from = registrableDomain(domain);
  const aligned = (result: { result: string; domain: string | null } | null) =>
    result?.result === 'pass' && result.domain !== null && registrableDomain(result.domain) === from;
  return aligned(spf) || dkim.some(aligned);
}

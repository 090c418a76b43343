import type { Finding } from '../../../shared/verdict.ts';
import type { Message } from '../../message/message.ts';
import { registrableDomain, sharedSuffix } from '../domains.ts';
import type { ObservedWorld } from '../world.ts';
import { find } from './catalogue.ts';
import { trustsAge } from './trusted-domains.ts';

/** Younger than this before the mail arrived counts as new (days). */
const NEW_DOMAIN_DAYS = 30;
const DAY_MS = 86_400_000;

export interface DomainAges {
  findings: Finding[];
  /** NEW_DOMAIN_SENDER=..., NEW_DOMAIN_LINK=... */
  attributes: string[];
  /** True when a domain of this mail has no answer. */
  missing: boolean;
}

/** How old the domains are, from registration dates that somebody looked up. Free-hosting parents say nothing and are skipped. */
export function domainAgeEvidence(message: Message, world: ObservedWorld): DomainAges {
  const ages = world.domainAges;
  if (!ages) return { findings: [], attributes: [], missing: true };
  const arrived = message.received[0]?.date ?? world.now;
  const findings: Finding[] = [];
  const attributes: string[] = [];
  let missing = false;
  const youngOf = (host: string): Date | null => {
    if (host === '' || sharedSuffix(host) !== null || trustsAge(world, host)) return null;
    const registered = ages.get(registrableDomain(host));
    if (!registered) {
      missing = true;
      return null;
    }
    const days = (arrived.getTime() - registered.getTime()) / DAY_MS;
    return days < NEW_DOMAIN_DAYS ? registered : null;
  };
  const senderHost = message.headerFrom[0]?.domain ?? '';
  const sender = youngOf(senderHost);
  if (sender) attributes.push(`NEW_DOMAIN_SENDER=${stamp(sender)}`);
  let newest: { at: Date; host: string } | null = null;
  for (const host of new Set(message.links.map((link) => link.host))) {
    const at = youngOf(host);
    if (at && (newest === null || at > newest.at)) newest = { at, host };
  }
  if (newest) attributes.push(`NEW_DOMAIN_LINK=${stamp(newest.at)}`);
  const worst = newest ?? (sender ? { at: sender, host: senderHost } : null);
  if (worst)
    findings.push(find('intel.young_domain', `${worst.host.replaceAll('.', '[.]')} registered ${stamp(worst.at)}`));
  return { findings, attributes, missing };
}

/** `yyyy-MM-dd HH:mm:ss UTC`, the vendor's pattern with one of the two spellings of ZZZ. */
function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

import type { Finding } from '../../../shared/verdict.ts';
import type { Message } from '../../message/message.ts';
import { isAddressLiteral, isWithin, registrableDomain, sharedSuffix } from '../domains.ts';
import { brandsOf } from '../look-alike.ts';
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

/** Domains of links that are asked for: the rest of a long newsletter tells nothing new. */
const MOST_LINK_DOMAINS = 10;

/**
 * The registrable domains whose age is worth a question: of the sender, then of the links after unwrapping. Left out are
 * parents that anybody can get a name below, numbers, the organisation's own, and those of well-known companies, which
 * have been there for ever.
 */
export function domainsToAge(message: Message, world: Pick<ObservedWorld, 'ownDomains' | 'trustedDomains'>): string[] {
  const domains = new Set(hostsOf(message).flatMap((host) => agedDomain(host, world) ?? []));
  return [...domains].slice(0, 1 + MOST_LINK_DOMAINS);
}

/** The sender's host first. */
function hostsOf(message: Message): string[] {
  return [message.headerFrom[0]?.domain ?? '', ...message.links.map((link) => link.host)];
}

function agedDomain(host: string, world: Pick<ObservedWorld, 'ownDomains' | 'trustedDomains'>): string | null {
  if (host === '' || isAddressLiteral(host) || sharedSuffix(host) !== null || trustsAge(world, host)) return null;
  if (brandsOf(host).length > 0 || (world.ownDomains ?? []).some((own) => isWithin(host, own))) return null;
  const domain = registrableDomain(host);
  return domain.includes('.') ? domain : null;
}

/** Whether the domain of a host was new when the mail arrived; null when nobody knows. */
export function isNewDomain(host: string, message: Message, world: ObservedWorld): boolean | null {
  const registered = world.domainAges?.get(registrableDomain(host));
  return registered ? ageDays(registered, message, world) < NEW_DOMAIN_DAYS : null;
}

function ageDays(registered: Date, message: Message, { now }: ObservedWorld): number {
  return ((message.received[0]?.date ?? now).getTime() - registered.getTime()) / DAY_MS;
}

/** How old the domains are, from registration dates that somebody looked up. */
export function domainAgeEvidence(message: Message, world: ObservedWorld): DomainAges {
  const ages = world.domainAges;
  if (!ages) return { findings: [], attributes: [], missing: true };
  const findings: Finding[] = [];
  const attributes: string[] = [];
  let missing = false;
  const youngOf = (host: string): Date | null => {
    const domain = agedDomain(host, world);
    if (domain === null) return null;
    const registered = ages.get(domain);
    if (!registered) {
      missing = true;
      return null;
    }
    return ageDays(registered, message, world) < NEW_DOMAIN_DAYS ? registered : null;
  };
  const [senderHost = '', ...linkHosts] = hostsOf(message);
  const sender = youngOf(senderHost);
  if (sender) attributes.push(`NEW_DOMAIN_SENDER=${stamp(sender)}`);
  let newest: { at: Date; host: string } | null = null;
  for (const host of new Set(linkHosts)) {
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

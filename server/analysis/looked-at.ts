import type { Link, Message } from '../message/message.ts';
import { isWithin } from './domains.ts';
import { FILE_SERVICES, FORM_SERVICES, FREE_HOSTS, SHORTENERS, serviceOf } from './evidence/hosts.ts';
import { linkParts } from './evidence/link-parts.ts';
import { brandsOf } from './look-alike.ts';

/** More tell nothing new, and every one is a request to a stranger. */
const MOST_LOOKS = 5;
const WAY_OUT =
  /unsubscribe|opt[- ]?out|abmelden|abbestellen|d[ée]sinscri|d[ée]sabonn|darse de baja|cancelar (?:la )?suscripci|descadastr|disiscri|uitschrijven|afmelden|wypisz/i;

type OwnDomains = { ownDomains?: readonly string[] };

/**
 * Links worth a look, one a host, at most five: what a reader can press or scan, at a host that is neither the
 * organisation's nor a well-known company's. Where such a company lets anybody put up pages, they are worth one.
 * Whether a link may be fetched at all is for the look itself to decide.
 */
export function linksToLookAt(message: Message, world: OwnDomains): string[] {
  const byHost = new Map<string, string>();
  // A code is there to be followed without being read: first.
  for (const fromCode of [true, false])
    for (const link of message.links) {
      if (byHost.size >= MOST_LOOKS) break;
      if ((link.source === 'qr') !== fromCode || byHost.has(link.host) || !isWorthIt(link, message, world)) continue;
      byHost.set(link.host, link.target);
    }
  return [...byHost.values()];
}

/** Whether there is one at all: cheaper, for those who never look. */
export function hasLinkToLookAt(message: Message, world: OwnDomains): boolean {
  return message.links.some((link) => isWorthIt(link, message, world));
}

function isWorthIt(link: Link, message: Message, { ownDomains = [] }: OwnDomains): boolean {
  if (!isPressable(link) || WAY_OUT.test(link.text)) return false;
  const ways = message.list.unsubscribe ?? '';
  if (ways !== '' && (ways.includes(link.url) || ways.includes(link.target))) return false;
  return !ownDomains.some((own) => isWithin(link.host, own)) && !isWellKnown(link.host, linkParts(link).path);
}

function isPressable({ host, source, visible, target }: Link): boolean {
  return host !== '' && visible && source !== 'image' && source !== 'form' && /^https?:/i.test(target);
}

/** A well-known company speaks there, and lets nobody else put up pages. */
export function isWellKnown(host: string, path: string): boolean {
  if (brandsOf(host).length === 0) return false;
  return ![FREE_HOSTS, FORM_SERVICES, FILE_SERVICES, SHORTENERS].some((services) => serviceOf(services, host, path));
}

import type { LurePage } from '../../../shared/lure-page.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { Authentication } from '../../message/authentication-state.ts';
import { defang } from '../../message/defang.ts';
import { hostOf } from '../../message/hosts.ts';
import type { Message } from '../../message/message.ts';
import type { Brand } from '../brands.ts';
import { domainLabel, isWithin, registrableDomain } from '../domains.ts';
import { brandsNamed, lookAlike, speaksFor } from '../look-alike.ts';
import { hasLinkToLookAt, isWellKnown, linksToLookAt } from '../looked-at.ts';
import type { ObservedWorld } from '../world.ts';
import { type FindingId, find } from './catalogue.ts';
import { isNewDomain } from './domain-age.ts';

export interface LureEvidence {
  findings: Finding[];
  /** True when there were links to look at and not every look saw something. */
  missing: boolean;
}

/** Programs that organisations run under their own address, with the maker's name on the sign-in page. */
const SELF_HOSTED = /\b(?:outlook(?: web app)?|owa|sharepoint|exchange|zimbra|cpanel|webmail|github enterprise)\b/gi;
/** Associations of hundreds of houses, each with a domain of its own that nobody can list. */
const ASSOCIATIONS = new Set(['Sparkasse', 'Volksbank', 'Credit Agricole', 'NHS', 'Medicare', 'ELSTER']);
/** A page that shows more names than this lists its partners, its means of payment or its ways to sign in. */
const MOST_NAMES = 2;

/** What the looks at links tell: false sign-in pages first. Pages say anything, so only what they show against where they lie counts. */
export function lureEvidence(message: Message, authentication: Authentication, world: ObservedWorld): LureEvidence {
  if (!world.lures) return { findings: [], missing: hasLinkToLookAt(message, world) };
  const found = new Map<FindingId, Finding>();
  for (const page of world.lures) {
    const seen = judgePage(page, message, authentication, world);
    if (seen && !found.has(seen.id)) found.set(seen.id, find(seen.id, seen.evidence));
  }
  const saw = new Set(world.lures.filter(({ failure }) => failure === null).map(({ url }) => url));
  return { findings: [...found.values()], missing: linksToLookAt(message, world).some((url) => !saw.has(url)) };
}

function judgePage(
  page: LurePage,
  message: Message,
  authentication: Authentication,
  world: ObservedWorld,
): { id: FindingId; evidence: string } | null {
  if (page.finalUrl === null || page.secrets.length === 0 || !URL.canParse(page.finalUrl)) return null;
  const host = hostOf(page.finalUrl);
  if (host === '' || isWellKnown(host, new URL(page.finalUrl).pathname)) return null;
  if ((world.ownDomains ?? []).some((own) => isWithin(host, own))) return null;
  const asks = `asks for ${page.secrets.map((secret) => secret.replaceAll('_', ' ')).join(', ')}`;
  const evidence = (what: string) => `${defang(page.finalUrl ?? '')} ${what}`;
  const site = siteOf(host, message, authentication, world);
  const borrowed = borrowedName(page, host);
  if (borrowed !== null && site !== 'sender') {
    const sure =
      site === 'stranger' && !borrowed.doubtful && (!borrowed.brand.weak || speaksAs(borrowed.brand, message));
    return {
      id: sure ? 'url.lure_page' : 'url.brand_page',
      evidence: evidence(`shows ${borrowed.brand.name}, ${asks}`),
    };
  }
  if (site === 'sender') return null;
  if (page.secrets.includes('recovery_phrase')) return { id: 'url.recovery_page', evidence: evidence(asks) };
  if (isNewDomain(host, message, world) === true) return { id: 'url.new_site_asks', evidence: evidence(asks) };
  const away = page.postsTo.find((target) => registrableDomain(target) !== registrableDomain(host));
  if (away)
    return { id: 'url.page_sends_away', evidence: evidence(`${asks}, sends it to ${away.replaceAll('.', '[.]')}`) };
  return site === 'stranger' ? { id: 'url.credential_page', evidence: evidence(asks) } : null;
}

/**
 * Whose site it is: `sender`: the one who wrote, proven, on a domain known to be no new one; `perhaps`: the same, but
 * nobody knows how old the domain is; `stranger`: anybody else's.
 */
function siteOf(host: string, message: Message, authentication: Authentication, world: ObservedWorld) {
  const from = message.headerFrom.length === 1 ? (message.headerFrom[0]?.domain ?? '') : '';
  if (from === '' || authentication.state !== 'pass') return 'stranger';
  if (registrableDomain(host) !== registrableDomain(from)) return 'stranger';
  const isNew = isNewDomain(host, message, world);
  return isNew === true ? 'stranger' : isNew === false ? 'sender' : 'perhaps';
}

/** An everyday word is a company's name where the mail speaks for that company, too. */
function speaksAs(brand: Brand, { headerFrom, subject }: Message): boolean {
  return brandsNamed(`${headerFrom[0]?.name ?? ''} , ${subject}`).includes(brand);
}

/** The well-known company whose name the page bears without being its; null for none. */
function borrowedName(page: LurePage, host: string): { brand: Brand; doubtful: boolean } | null {
  const texts = [page.title, ...page.names];
  const shown = new Set(texts.flatMap((text) => brandsNamed(text)));
  if (shown.size === 0 || shown.size > MOST_NAMES) return null;
  if ([...shown].some((brand) => speaksFor(host, brand))) return null;
  const without = new Set(texts.flatMap((text) => brandsNamed(text.replace(SELF_HOSTED, ' '))));
  const [brand] = without.size > 0 ? without : shown;
  if (!brand) return null;
  return { brand, doubtful: without.size === 0 || ASSOCIATIONS.has(brand.name) || namesItself(texts, host) };
}

/** "Pay with PayPal | Corner Shop" at cornershop.example: somebody who says who they are, and whom they work with. */
function namesItself(texts: readonly string[], host: string): boolean {
  const label = domainLabel(host).replaceAll('-', '');
  if (label.length < 4 || lookAlike(host, []) !== null) return false;
  return texts.some((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
      .includes(label),
  );
}

import type { Finding } from '../../../shared/verdict.ts';
import { defang } from '../../message/defang.ts';
import type { Link, Message } from '../../message/message.ts';
import type { Brand } from '../brands.ts';
import { domainLabel, isAddressLiteral, isWithin, publicSuffix, registrableDomain, sharedSuffix } from '../domains.ts';
import { brandsNamed, brandsOf, lookAlike, speaksFor } from '../look-alike.ts';
import { toUnicode } from '../punycode.ts';
import { mixesScripts } from '../skeleton.ts';
import type { ObservedWorld } from '../world.ts';
import { type FindingId, find } from './catalogue.ts';
import { CHEAP_SUFFIXES, SERVICE, SHORTENERS, servicesAt } from './hosts.ts';
import { domainInText, type LinkParts, linkParts } from './link-parts.ts';
import { looksMadeUp, writesDigitForLetter } from './made-up.ts';
import { trustsLook } from './trusted-domains.ts';

/** Links beyond this many repeat the same tricks; the first of each kind is the evidence. */
const MOST_LINKS = 400;

const CREDENTIAL_PATH =
  /(?:^|[/\-_.?=&])(?:log-?in|sign-?in|signon|webmail|owa|verify|verification|validate|validation|confirm|secure|security|account|auth|password|passwort|anmelden|anmeldung|acceso|connexion|accesso|wallet|2fa|mfa|sso|cpanel|roundcube)(?:$|[/\-_.?=&])/i;
const COMPROMISED_PATH =
  /\/(?:wp-(?:content|includes|admin)|\.well-known|cgi-bin|tmp|\.[a-z]{2,}|vendor|node_modules|uploads?\/\d{4})\/.*|\.php\?[a-z]{0,12}=|~[a-z]/i;
const REDIRECT_QUERY =
  /(?:^|[&;])(?:url|u|q|redirect(?:_?ur[il])?|next|target|dest(?:ination)?|goto|link|continue|return(?:_?url)?|adurl|rurl|r|to|out)=https?(?::|%3a)/i;

/** The first evidence of each kind. */
class Notes {
  readonly found = new Map<FindingId, string>();

  has(id: FindingId): boolean {
    return this.found.has(id);
  }

  say(id: FindingId, evidence: string): void {
    if (!this.found.has(id)) this.found.set(id, evidence);
  }

  /** Most links repeat what another one has shown: they are not spelt out. */
  link(id: FindingId, link: Link): void {
    if (!this.found.has(id)) this.found.set(id, defang(link.target));
  }
}

/** Where the links lead, once each: the first link that shows a trick is its evidence. */
export function linkEvidence(message: Message, world: ObservedWorld): Finding[] {
  const notes = new Notes();
  const own = world.ownDomains ?? [];
  const sender = registrableDomain(message.headerFrom[0]?.domain ?? '');
  const recipient = message.to[0]?.address.toLowerCase() ?? '';
  const hosts = new Map<string, HostFacts>();
  for (let i = 0; i < message.links.length && i < MOST_LINKS; i++) {
    const link = message.links[i] as Link;
    const parts = linkParts(link);
    if (parts.scheme === 'data') notes.say('url.data', link.url.slice(0, 80));
    else if (parts.scheme === 'javascript' || parts.scheme === 'vbscript')
      notes.say('url.script', link.url.slice(0, 120));
    if (parts.host === '') continue;
    let facts = hosts.get(parts.host);
    if (facts === undefined) {
      facts = hostFacts(parts.host, own, sender);
      hosts.set(parts.host, facts);
      if (!facts.own) hostFindings(link, parts, world, notes);
    } else if (!facts.own) addressFindings(link, parts, notes);
    if (facts.own) continue;
    serviceFindings(link, parts, facts, notes);
    pathFindings(link, parts, facts, recipient, notes);
    textFindings(link, parts, notes);
  }
  for (const form of message.forms)
    notes.say(
      form.password ? 'url.password_form' : 'url.form',
      form.action ? defang(form.action) : 'the form has no address',
    );
  brandFindings(message, notes);
  codeFindings(message, own, sender, notes);
  return [...notes.found].map(([id, evidence]) => find(id, evidence));
}

/** What every link to a host has in common. */
interface HostFacts {
  /** One of the organisation's own. */
  own: boolean;
  /** Of a known brand. */
  known: boolean;
  /** Neither the sender's nor a known brand's. */
  foreign: boolean;
  /** Of a service that shortens, by its whole name. */
  shortener: boolean;
  /** Anybody's page, whatever the path. */
  shared: boolean;
}

function hostFacts(host: string, own: readonly string[], sender: string): HostFacts {
  const known = brandsOf(host).length > 0;
  return {
    own: own.some((domain) => isWithin(host, domain)),
    known,
    foreign: !known && registrableDomain(host) !== sender,
    shortener: SHORTENERS.has(host),
    shared: sharedSuffix(host) !== null && !host.startsWith('www.'),
  };
}

/** Looked at once a host: the first link to it is the evidence. */
function hostFindings(link: Link, parts: LinkParts, world: ObservedWorld, notes: Notes): void {
  const own = world.ownDomains ?? [];
  const host = toUnicode(parts.host);
  if (isAddressLiteral(parts.host)) {
    notes.link('url.ip_host', link);
    return;
  }
  if (host !== parts.host && mixesScripts(host)) notes.say('url.foreign_script', `${defang(link.target)} (${host})`);
  const like = trustsLook(world, parts.host) ? null : lookAlike(host, own);
  if (like) {
    const evidence = `${defang(link.target)} imitates ${like.of}`;
    if (own.includes(like.of)) notes.say('url.own_lookalike', evidence);
    else if (like.how === 'homoglyph' || like.how === 'typo') notes.say('url.lookalike', evidence);
    else if (like.how === 'subdomain') notes.say('url.brand_in_subdomain', evidence);
    else notes.say('url.brand_word', evidence);
  } else if (writesDigitForLetter(domainLabel(parts.host))) notes.link('url.digit_for_letter', link);
  addressFindings(link, parts, notes);
  if (looksMadeUp(domainLabel(parts.host)) || parts.host.split('.').length > 5) notes.link('url.machine_name', link);
  if (CHEAP_SUFFIXES.has(publicSuffix(parts.host))) notes.link('url.cheap_suffix', link);
}

function addressFindings(link: Link, parts: LinkParts, notes: Notes): void {
  if (isAddressLiteral(parts.host)) return;
  if (parts.userinfo.includes('.')) notes.link('url.userinfo', link);
  if (parts.port !== '' && parts.port !== '80' && parts.port !== '443') notes.link('url.odd_port', link);
}

const IPFS = /ipfs|ipns|dweb/i;
const IPFS_PLACE = /(?:^|\.)(?:ipfs|ipns)\.|^(?:ipfs|cloudflare-ipfs|gateway)\.|\/ip[fn]s\/|(?:\.link|\.dweb)\/?$/i;

function serviceFindings(link: Link, parts: LinkParts, facts: HostFacts, notes: Notes): void {
  const { host, path } = parts;
  if (!notes.has('url.ipfs') && (IPFS.test(path) || IPFS.test(host)) && IPFS_PLACE.test(`${host}${path.slice(0, 80)}`))
    notes.link('url.ipfs', link);
  if (facts.shortener) notes.link('url.shortener', link);
  else {
    const services = servicesAt(host, path);
    if ((services & SERVICE.form) !== 0) notes.link('url.form_service', link);
    else if ((services & SERVICE.file) !== 0) notes.link('url.file_service', link);
    else if (facts.shared || (services & SERVICE.page) !== 0) notes.link('url.free_hosting', link);
  }
}

function pathFindings(link: Link, parts: LinkParts, facts: HostFacts, recipient: string, notes: Notes): void {
  const { path, query, fragment } = parts;
  if (facts.known && query !== '' && REDIRECT_QUERY.test(query)) notes.link('url.redirector', link);
  if (facts.foreign) {
    if (!notes.has('url.credential_path') && path.length + fragment.length > 2 && CREDENTIAL_PATH.test(path + fragment))
      notes.link('url.credential_path', link);
    if (
      !notes.has('url.compromised_path') &&
      path.length + query.length > 1 &&
      COMPROMISED_PATH.test(`${path}?${query}`)
    )
      notes.link('url.compromised_path', link);
  }
  if (fragment !== '' && recipient.length > 5 && decodeTail(fragment).includes(recipient))
    notes.link('url.recipient', link);
}

/** A fragment is never sent to a server: an address in it is for the page's script. Plain or base64. */
function decodeTail(fragment: string): string {
  if (fragment === '') return '';
  const plain = fragment.slice(0, 500).replace(/%40/gi, '@').toLowerCase();
  const code = /[A-Za-z0-9+/]{12,}={0,2}$/.exec(fragment.slice(0, 500))?.[0];
  return code ? `${plain} ${Buffer.from(code, 'base64').toString('latin1').toLowerCase()}` : plain;
}

function textFindings(link: Link, parts: LinkParts, notes: Notes): void {
  const named = domainInText(link.text);
  if (named === null) return;
  if (registrableDomain(named) === registrableDomain(parts.host)) return;
  const evidence = `shows ${named.replaceAll('.', '[.]')}, leads to ${defang(link.target)}`;
  const brands: readonly Brand[] = brandsOf(named);
  if (brands.length > 0 && !brands.some((brand) => speaksFor(parts.host, brand)))
    notes.say('url.brand_text_mismatch', evidence);
  else notes.say('url.text_mismatch', evidence);
}

/** Codes to scan: the way to a site that no eye can check. */
function codeFindings(message: Message, own: readonly string[], sender: string, notes: Notes): void {
  const codes = message.links.filter((link) => link.source === 'qr');
  const stranger = codes.find(
    ({ host }) => host !== '' && registrableDomain(host) !== sender && !own.some((domain) => isWithin(host, domain)),
  );
  if (stranger) notes.say('url.qr_link', defang(stranger.target));
  if (!asksToScan(message)) return;
  if (codes[0]) notes.say('url.qr', `the code leads to ${defang(codes[0].target)}`);
  else if (message.images.length > 0 || message.attachments.some((file) => /^image\//.test(file.contentType)))
    notes.say('url.qr', message.images[0]?.alt || 'the mail asks you to scan a picture');
}

/** The mail speaks for a brand (in its sender line or subject), and not one link leads to it. */
function brandFindings(message: Message, notes: Notes): void {
  const from = message.headerFrom[0];
  const named = brandsNamed(`${from?.name ?? ''} , ${message.subject}`);
  const web = message.links.filter((link) => link.host !== '' && link.source !== 'image');
  if (named.length === 0 || web.length === 0) return;
  const brand = named.find(
    (each) => !speaksFor(from?.domain ?? '', each) && !web.some((link) => speaksFor(link.host, each)),
  );
  if (brand) notes.say('url.foreign_brand', `${brand.name}: ${defang((web[0] as Link).target)}`);
}

function asksToScan(message: Message): boolean {
  return /\bscan\w*\s+(?:the\s+|this\s+)?(?:qr|code|bar)|\bqr[- ]?code/i.test(message.visibleText.slice(0, 5000));
}

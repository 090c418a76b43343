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
import { CHEAP_SUFFIXES, FILE_SERVICES, FORM_SERVICES, FREE_HOSTS, SHORTENERS, serviceOf } from './hosts.ts';
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

/** Where the links lead, once each: the first link that shows a trick is its evidence. */
export function linkEvidence(message: Message, world: ObservedWorld): Finding[] {
  const found = new Map<FindingId, string>();
  const note = (id: FindingId, evidence: string) => {
    if (!found.has(id)) found.set(id, evidence);
  };
  const own = world.ownDomains ?? [];
  const sender = registrableDomain(message.headerFrom[0]?.domain ?? '');
  const recipient = message.to[0]?.address.toLowerCase() ?? '';
  const hosts = new Map<string, HostFacts>();
  for (const link of message.links.slice(0, MOST_LINKS)) {
    const parts = linkParts(link);
    if (parts.scheme === 'data') note('url.data', link.url.slice(0, 80));
    else if (parts.scheme === 'javascript' || parts.scheme === 'vbscript') note('url.script', link.url.slice(0, 120));
    if (parts.host === '') continue;
    let facts = hosts.get(parts.host);
    if (facts === undefined) {
      facts = hostFacts(parts.host, own, sender);
      hosts.set(parts.host, facts);
      if (!facts.own) hostFindings(link, parts, world, note);
    } else if (!facts.own) addressFindings(link, parts, note);
    if (facts.own) continue;
    serviceFindings(link, parts, facts, note);
    pathFindings(link, parts, facts, recipient, note);
    textFindings(link, parts, note);
  }
  for (const form of message.forms)
    note(
      form.password ? 'url.password_form' : 'url.form',
      form.action ? defang(form.action) : 'the form has no address',
    );
  brandFindings(message, note);
  codeFindings(message, own, sender, note);
  return [...found].map(([id, evidence]) => find(id, evidence));
}

type Note = (id: FindingId, evidence: string) => void;

/** What every link to a host has in common. */
interface HostFacts {
  /** One of the organisation's own. */
  own: boolean;
  /** Of a known brand. */
  known: boolean;
  /** Neither the sender's nor a known brand's. */
  foreign: boolean;
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
    shortener: serviceOf(SHORTENERS, host, '') === host,
    shared: sharedSuffix(host) !== null && !host.startsWith('www.'),
  };
}

/** Looked at once a host: the first link to it is the evidence. */
function hostFindings(link: Link, parts: LinkParts, world: ObservedWorld, note: Note): void {
  const own = world.ownDomains ?? [];
  const shown = defang(link.target);
  const host = toUnicode(parts.host);
  if (isAddressLiteral(parts.host)) {
    note('url.ip_host', shown);
    return;
  }
  if (host !== parts.host && mixesScripts(host)) note('url.foreign_script', `${shown} (${host})`);
  const like = trustsLook(world, parts.host) ? null : lookAlike(host, own);
  if (like) {
    const evidence = `${shown} imitates ${like.of}`;
    if (own.includes(like.of)) note('url.own_lookalike', evidence);
    else if (like.how === 'homoglyph' || like.how === 'typo') note('url.lookalike', evidence);
    else if (like.how === 'subdomain') note('url.brand_in_subdomain', evidence);
    else note('url.brand_word', evidence);
  } else if (writesDigitForLetter(domainLabel(parts.host))) note('url.digit_for_letter', shown);
  addressFindings(link, parts, note);
  if (looksMadeUp(domainLabel(parts.host)) || parts.host.split('.').length > 5) note('url.machine_name', shown);
  if (CHEAP_SUFFIXES.has(publicSuffix(parts.host))) note('url.cheap_suffix', shown);
}

function addressFindings(link: Link, parts: LinkParts, note: Note): void {
  if (isAddressLiteral(parts.host)) return;
  if (parts.userinfo.includes('.')) note('url.userinfo', defang(link.target));
  if (parts.port !== '' && parts.port !== '80' && parts.port !== '443') note('url.odd_port', defang(link.target));
}

const IPFS = /ipfs|ipns|dweb/i;
const IPFS_PLACE = /(?:^|\.)(?:ipfs|ipns)\.|^(?:ipfs|cloudflare-ipfs|gateway)\.|\/ip[fn]s\/|(?:\.link|\.dweb)\/?$/i;

function serviceFindings(link: Link, parts: LinkParts, facts: HostFacts, note: Note): void {
  const { host, path } = parts;
  if ((IPFS.test(path) || IPFS.test(host)) && IPFS_PLACE.test(`${host}${path.slice(0, 80)}`))
    note('url.ipfs', defang(link.target));
  if (facts.shortener) note('url.shortener', defang(link.target));
  else if (serviceOf(FORM_SERVICES, host, path)) note('url.form_service', defang(link.target));
  else if (serviceOf(FILE_SERVICES, host, path)) note('url.file_service', defang(link.target));
  else if (facts.shared || serviceOf(FREE_HOSTS, host, path)) note('url.free_hosting', defang(link.target));
}

function pathFindings(link: Link, parts: LinkParts, facts: HostFacts, recipient: string, note: Note): void {
  const { path, query, fragment } = parts;
  if (facts.known && query !== '' && REDIRECT_QUERY.test(query)) note('url.redirector', defang(link.target));
  if (facts.foreign) {
    if (path.length + fragment.length > 2 && CREDENTIAL_PATH.test(`${path}${fragment}`))
      note('url.credential_path', defang(link.target));
    if (path.length + query.length > 1 && COMPROMISED_PATH.test(`${path}?${query}`))
      note('url.compromised_path', defang(link.target));
  }
  if (fragment !== '' && recipient.length > 5 && decodeTail(fragment).includes(recipient))
    note('url.recipient', defang(link.target));
}

/** A fragment is never sent to a server: an address in it is for the page's script. Plain or base64. */
function decodeTail(fragment: string): string {
  if (fragment === '') return '';
  const plain = fragment.slice(0, 500).replace(/%40/gi, '@').toLowerCase();
  const code = /[A-Za-z0-9+/]{12,}={0,2}$/.exec(fragment.slice(0, 500))?.[0];
  return code ? `${plain} ${Buffer.from(code, 'base64').toString('latin1').toLowerCase()}` : plain;
}

function textFindings(link: Link, parts: LinkParts, note: Note): void {
  const named = domainInText(link.text);
  if (named === null) return;
  if (registrableDomain(named) === registrableDomain(parts.host)) return;
  const evidence = `shows ${named.replaceAll('.', '[.]')}, leads to ${defang(link.target)}`;
  const brands: readonly Brand[] = brandsOf(named);
  if (brands.length > 0 && !brands.some((brand) => speaksFor(parts.host, brand)))
    note('url.brand_text_mismatch', evidence);
  else note('url.text_mismatch', evidence);
}

/** Codes to scan: the way to a site that no eye can check. */
function codeFindings(message: Message, own: readonly string[], sender: string, note: Note): void {
  const codes = message.links.filter((link) => link.source === 'qr');
  const stranger = codes.find(
    ({ host }) => host !== '' && registrableDomain(host) !== sender && !own.some((domain) => isWithin(host, domain)),
  );
  if (stranger) note('url.qr_link', defang(stranger.target));
  if (!asksToScan(message)) return;
  if (codes[0]) note('url.qr', `the code leads to ${defang(codes[0].target)}`);
  else if (message.images.length > 0 || message.attachments.some((file) => /^image\//.test(file.contentType)))
    note('url.qr', message.images[0]?.alt || 'the mail asks you to scan a picture');
}

/** The mail speaks for a brand (in its sender line or subject), and not one link leads to it. */
function brandFindings(message: Message, note: Note): void {
  const from = message.headerFrom[0];
  const named = brandsNamed(`${from?.name ?? ''} , ${message.subject}`);
  const web = message.links.filter((link) => link.host !== '' && link.source !== 'image');
  if (named.length === 0 || web.length === 0) return;
  const brand = named.find(
    (each) => !speaksFor(from?.domain ?? '', each) && !web.some((link) => speaksFor(link.host, each)),
  );
  if (brand) note('url.foreign_brand', `${brand.name}: ${defang((web[0] as Link).target)}`);
}

function asksToScan(message: Message): boolean {
  return /\bscan\w*\s+(?:the\s+|this\s+)?(?:qr|code|bar)|\bqr[- ]?code/i.test(message.visibleText.slice(0, 5000));
}

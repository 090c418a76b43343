import { createHash } from 'node:crypto';
import type { Attachment, Link, Message } from '../message/message.ts';
import { normalUrl } from '../message/normal-url.ts';
import { isWithin } from './domains.ts';
import { FILE_SERVICES, FORM_SERVICES, FREE_HOSTS, SHORTENERS, serviceOf } from './evidence/hosts.ts';
import { linkParts } from './evidence/link-parts.ts';
import { linkEvidence } from './evidence/links.ts';
import { brandsOf } from './look-alike.ts';

/** Something of a mail by which another mail of the same people can be told. */
export interface Indicator {
  kind: 'sha256' | 'url' | 'host' | 'address';
  /** A hash, a host, an address; of a URL the SHA-256 of its normal form. */
  value: string;
  /** What it is to a person: a normal URL, a file name, the value itself. */
  shown: string;
  /** Of a confirmed case it decides alone; otherwise it only associates. */
  proof: boolean;
}

const MOST_LINKS = 200;
const SERVICES = [SHORTENERS, FORM_SERVICES, FILE_SERVICES, FREE_HOSTS];
/** A picture or a card is the same in honest mail. */
const COMMON_FILES = /^(?:png|jpe?g|gif|webp|bmp|svg|ico|vcf|ics|txt|p7s|asc|unknown)$/;
/** Tricks of one link that honest mail does not play: of the host, and of the whole address. */
const HOST_TRICKS = new Set([
  'url.lookalike',
  'url.own_lookalike',
  'url.brand_in_subdomain',
  'url.foreign_script',
  'url.ip_host',
]);
const URL_TRICKS = new Set([
  ...HOST_TRICKS,
  'url.digit_for_letter',
  'url.userinfo',
  'url.credential_path',
  'url.compromised_path',
  'url.free_hosting',
  'url.form_service',
  'url.ipfs',
  'url.shortener',
]);

/**
 * What a confirmed case leaves behind, and what another mail is asked for. Known names and the own organisation are left
 * out: a phish quotes the pages of whom it imitates, and they must not suffer for it.
 */
export function indicatorsOf(message: Message, ownDomains: readonly string[]): Indicator[] {
  const found = new Map<string, Indicator>();
  const add = (indicator: Indicator) => {
    const key = `${indicator.kind} ${indicator.value}`;
    const before = found.get(key);
    if (!before || indicator.proof) found.set(key, indicator);
  };
  const isOwn = (host: string) => ownDomains.some((domain) => isWithin(host, domain));
  add({ kind: 'sha256', value: message.sha256, shown: 'this very mail', proof: true });
  for (const file of message.attachments.slice(0, 50)) if (tellsApart(file)) add(fileIndicator(file));
  for (const link of message.links.slice(0, MOST_LINKS)) {
    if (link.host === '' || link.source === 'image' || isOwn(link.host)) continue;
    if (brandsOf(link.host).length > 0 && !isService(link)) continue;
    for (const indicator of linkIndicators(message, link)) add(indicator);
  }
  for (const { address, domain } of [...message.headerFrom, ...message.replyTo])
    if (domain !== '' && !isOwn(domain))
      add({ kind: 'address', value: address.toLowerCase(), shown: address, proof: false });
  return [...found.values()];
}

function tellsApart(file: Attachment): boolean {
  return (
    file.size > 0 && (file.executable || !COMMON_FILES.test(file.fileType)) && !file.contentType.startsWith('image/')
  );
}

/** A document may be the terms of whom the phish imitates; what runs, or asks for a password, is its own. */
function fileIndicator(file: Attachment): Indicator {
  const { filename, sha256, executable, containsExecutable, macros, encrypted, fileType } = file;
  const proof = executable || containsExecutable || macros || encrypted || fileType === 'html';
  return { kind: 'sha256', value: sha256, shown: filename || sha256, proof };
}

function linkIndicators(message: Message, link: Link): Indicator[] {
  const tricks = linkEvidence(
    { ...message, links: [link], forms: [], images: [], attachments: [] },
    { now: new Date(0) },
  ).map(({ id }) => id);
  const url = normalUrl(link.target);
  const indicators: Indicator[] = [];
  // The front page of a site says no more than its host.
  if (/^[a-z]+:[^/?#]+[/?#]./.test(url))
    indicators.push({ kind: 'url', value: hashed(url), shown: url, proof: tricks.some((id) => URL_TRICKS.has(id)) });
  if (!isService(link))
    indicators.push({
      kind: 'host',
      value: link.host,
      shown: link.host,
      proof: tricks.some((id) => HOST_TRICKS.has(id)),
    });
  return indicators;
}

/** Anybody's pages, forms, files or short links: an address there names one of them, the host none. */
function isService(link: Link): boolean {
  const { path } = linkParts(link);
  return SERVICES.some((services) => serviceOf(services, link.host, path) === link.host) || isUnderPath(link, path);
}

/** `docs.google.com/forms`: a service that is a folder of a host. */
function isUnderPath({ host }: Link, path: string): boolean {
  return SERVICES.some((services) => serviceOf(services, host, path)?.startsWith(`${host}/`) ?? false);
}

function hashed(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

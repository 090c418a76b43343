import type { Message } from '../../message/message.ts';
import { domainLabel, isAddressLiteral, publicSuffix, registrableDomain, sharedSuffix } from '../domains.ts';
import { FILE_SERVICES, FORM_SERVICES, FREE_HOSTS, SHORTENERS, serviceOf } from '../evidence/hosts.ts';
import { linkParts } from '../evidence/link-parts.ts';
import { brandsOf } from '../look-alike.ts';
import { fold, hash, mix, readTokens } from './tokens.ts';
import { trigrams } from './trigrams.ts';

const MOST_HOSTS = 12;
const MOST_TEXTS = 25;

/** Where the links lead. */
export function* linkFeatures(message: Message): Iterable<string> {
  const sender = registrableDomain(message.headerFrom[0]?.domain ?? '');
  const hosts = new Map<string, (typeof message.links)[number]>();
  let same = 0;
  let other = 0;
  for (const link of message.links) {
    if (link.host === '' || link.source === 'image') continue;
    if (registrableDomain(link.host) === sender) same++;
    else other++;
    if (hosts.size < MOST_HOSTS && !hosts.has(link.host)) hosts.set(link.host, link);
  }
  yield same + other === 0 ? 'links:none' : other === 0 ? 'links:own' : same === 0 ? 'links:foreign' : 'links:both';
  yield `links:${Math.min(6, Math.ceil(Math.log2(1 + message.links.length)))}`;
  yield `hosts:${Math.min(6, hosts.size)}`;
  for (const [host, link] of hosts) yield* hostFeatures(host, link, sender);
}

const LINK_TEXT = hash('link text');
const LINK_START = hash('link start');

/** What the links say, word by word, and how each begins. */
export function linkTextHashes(message: Message, recipient: ReadonlySet<number>, add: (hash: number) => void): void {
  let texts = 0;
  for (const link of message.links) {
    if (link.text === '' || link.source === 'image') continue;
    if (texts++ >= MOST_TEXTS) break;
    let start = LINK_START;
    let count = 0;
    readTokens(fold(link.text.slice(0, 120)), 8, recipient, {
      word(own) {
        add(mix(own ^ LINK_TEXT));
        if (count++ < 4) start = Math.imul(start ^ own, 0x01000193);
      },
    });
    if (count > 1) add(mix(start));
  }
}

function* hostFeatures(host: string, link: Message['links'][number], sender: string): Iterable<string> {
  const domain = registrableDomain(host);
  const parts = linkParts(link);
  const relation = domain === sender ? 'same' : brandsOf(host).length > 0 ? 'brand' : 'other';
  yield `host:${relation}`;
  yield `scheme:${parts.scheme}`;
  if (isAddressLiteral(host)) {
    yield 'host:number';
    return;
  }
  yield `suffix:${publicSuffix(host)}`;
  yield `domain:${domain}`;
  if (relation !== 'same') for (const gram of trigrams(domainLabel(host))) yield `l:${gram}`;
  yield `labels:${relation}:${Math.min(5, host.split('.').length)}`;
  const shared = sharedSuffix(host);
  if (shared !== null) yield `shared:${shared}`;
  if (serviceOf(SHORTENERS, host, '')) yield 'service:short';
  if (serviceOf(FORM_SERVICES, host, parts.path)) yield 'service:form';
  if (serviceOf(FILE_SERVICES, host, parts.path)) yield 'service:file';
  if (serviceOf(FREE_HOSTS, host, parts.path)) yield 'service:host';
  const path = parts.path.toLowerCase();
  for (const word of (path.match(/[a-z]{3,16}/g) ?? []).slice(0, 6)) yield `path:${word}`;
  yield `depth:${relation}:${Math.min(5, path.split('/').length)}`;
  yield `path-length:${Math.min(7, Math.ceil(Math.log2(1 + path.length)))}`;
  const extension = /\.([a-z0-9]{2,5})$/.exec(path)?.[1];
  if (extension) yield `extension:${extension}`;
  for (const key of (parts.query.toLowerCase().match(/(?:^|[&;])[a-z_]{1,14}(?==)/g) ?? []).slice(0, 5))
    yield `key:${key.replace(/^[&;]/, '')}`;
  if (parts.fragment !== '') yield 'fragment';
  if (parts.query === '' && path.length <= 1) yield `bare:${relation}`;
}

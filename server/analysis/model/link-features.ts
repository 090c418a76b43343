import type { Message } from '../../message/message.ts';
import { domainLabel, isAddressLiteral, publicSuffix, registrableDomain, sharedSuffix } from '../domains.ts';
import { SERVICE, servicesAt } from '../evidence/hosts.ts';
import { linkParts } from '../evidence/link-parts.ts';
import { brandsOf } from '../look-alike.ts';
import type { HashSink } from './hash-sink.ts';
import { labelsOf } from './identity-features.ts';
import { addNamed, addTrigrams, prefixOf } from './names.ts';
import { fold, hash, mix, type Names, type Reader, readTokens } from './tokens.ts';

const MOST_HOSTS = 12;
const MOST_TEXTS = 25;

const GROUP = hash('u');
const at = (prefix: string) => prefixOf(prefix, GROUP);
const LINKS = at('links:');
const HOSTS = at('hosts:');
const HOST = at('host:');
const SCHEME = at('scheme:');
const SUFFIX = at('suffix:');
const DOMAIN = at('domain:');
const LETTERS = at('l:');
const SHARED = at('shared:');
const SERVICE_IS = at('service:');
const PATH = at('path:');
const PATH_LENGTH = at('path-length:');
const EXTENSION = at('extension:');
const KEY = at('key:');
const FRAGMENT = mix(at('fragment'));
/** Of a link by what its domain is to the sender. */
const RELATIONS = {
  same: { labels: at('labels:same:'), depth: at('depth:same:') },
  brand: { labels: at('labels:brand:'), depth: at('depth:brand:') },
  other: { labels: at('labels:other:'), depth: at('depth:other:') },
};
const BARE = at('bare:');

type Link = Message['links'][number];

/** Where the links lead. */
export function addLinkFeatures(message: Message, into: HashSink): void {
  const sender = registrableDomain(message.headerFrom[0]?.domain ?? '');
  const hosts = new Map<string, Link>();
  let same = 0;
  let other = 0;
  for (const link of message.links) {
    if (link.host === '' || link.source === 'image') continue;
    if (registrableDomain(link.host) === sender) same++;
    else other++;
    if (hosts.size < MOST_HOSTS && !hosts.has(link.host)) hosts.set(link.host, link);
  }
  addNamed(into, LINKS, same + other === 0 ? 'none' : other === 0 ? 'own' : same === 0 ? 'foreign' : 'both');
  addNamed(into, LINKS, String(log(message.links.length, 6)));
  addNamed(into, HOSTS, String(Math.min(6, hosts.size)));
  for (const [host, link] of hosts) addHost(host, link, sender, into);
}

const log = (n: number, most: number) => Math.min(most, Math.ceil(Math.log2(1 + n)));

const LINK_TEXT = hash('link text');
const LINK_START = hash('link start');

/** What the links say, word by word, and how each begins. */
export function addLinkTexts(message: Message, recipient: Names, into: HashSink): void {
  let texts = 0;
  for (const link of message.links) {
    if (link.text === '' || link.source === 'image') continue;
    if (texts++ >= MOST_TEXTS) break;
    const reader = new LinkReader(into);
    readTokens(fold(link.text.slice(0, 120)), 8, recipient, reader);
    if (reader.count > 1) into.add(mix(reader.start));
  }
}

class LinkReader implements Reader {
  start = LINK_START;
  count = 0;

  constructor(private readonly into: HashSink) {}

  word(own: number): boolean {
    this.into.add(mix(own ^ LINK_TEXT));
    if (this.count++ < 4) this.start = Math.imul(this.start ^ own, 0x01000193);
    return false;
  }
}

function addHost(host: string, link: Link, sender: string, into: HashSink): void {
  const domain = registrableDomain(host);
  const parts = linkParts(link);
  const relation = domain === sender ? 'same' : brandsOf(host).length > 0 ? 'brand' : 'other';
  addNamed(into, HOST, relation);
  addNamed(into, SCHEME, parts.scheme);
  if (isAddressLiteral(host)) {
    addNamed(into, HOST, 'number');
    return;
  }
  addNamed(into, SUFFIX, publicSuffix(host));
  addNamed(into, DOMAIN, domain);
  if (relation !== 'same') addTrigrams(into, LETTERS, domainLabel(host));
  addNamed(into, RELATIONS[relation].labels, String(Math.min(5, labelsOf(host))));
  const shared = sharedSuffix(host);
  if (shared !== null) addNamed(into, SHARED, shared);
  const services = servicesAt(host, parts.path);
  if ((services & SERVICE.shortener) !== 0) addNamed(into, SERVICE_IS, 'short');
  if ((services & SERVICE.form) !== 0) addNamed(into, SERVICE_IS, 'form');
  if ((services & SERVICE.file) !== 0) addNamed(into, SERVICE_IS, 'file');
  if ((services & SERVICE.page) !== 0) addNamed(into, SERVICE_IS, 'host');
  addPath(parts.path.toLowerCase(), RELATIONS[relation].depth, into);
  addKeys(parts.query.toLowerCase(), into);
  if (parts.fragment !== '') into.add(FRAGMENT);
  if (parts.query === '' && parts.path.length <= 1) addNamed(into, BARE, relation);
}

const WORD = /[a-z]{3,16}/g;

function addPath(path: string, depthOf: number, into: HashSink): void {
  WORD.lastIndex = 0;
  for (let i = 0; i < 6; i++) {
    const word = WORD.exec(path);
    if (word === null) break;
    addNamed(into, PATH, word[0]);
  }
  let depth = 1;
  for (let slash = path.indexOf('/'); slash >= 0 && depth < 5; slash = path.indexOf('/', slash + 1)) depth++;
  addNamed(into, depthOf, String(depth));
  addNamed(into, PATH_LENGTH, String(log(path.length, 7)));
  const extension = /\.([a-z0-9]{2,5})$/.exec(path.slice(-6))?.[1];
  if (extension) addNamed(into, EXTENSION, extension);
}

const QUERY_KEY = /(?:^|[&;])([a-z_]{1,14})=/g;

/** Names of the first five parameters. */
function addKeys(query: string, into: HashSink): void {
  if (query === '') return;
  QUERY_KEY.lastIndex = 0;
  for (let i = 0; i < 5; i++) {
    const key = QUERY_KEY.exec(query);
    if (key === null) return;
    addNamed(into, KEY, key[1] as string);
  }
}

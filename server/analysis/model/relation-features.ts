import type { Message } from '../../message/message.ts';
import { domainLabel, registrableDomain, sharedSuffix } from '../domains.ts';
import { SERVICE, servicesAt } from '../evidence/hosts.ts';
import { isFreeMail } from '../free-mail.ts';
import { brandsOf } from '../look-alike.ts';
import { unitsOf } from '../text-units.ts';
import type { HashSink } from './hash-sink.ts';
import { relation } from './identity-features.ts';
import { addNamed } from './names.ts';
import { hash } from './tokens.ts';

const GROUP = hash('r');

const MOST_HOSTS = 20;
const READ_AT_MOST = 6_000;

/**
 * How the sides of a mail agree with each other: does the sender's name fit its domain, does the text speak of it, do the
 * links go there. Holds for any organisation and any corpus, unlike the names themselves. A few coarse words, alone and
 * in pairs of neighbours that belong together.
 */
export function addRelationFeatures(message: Message, body: string, into: HashSink): void {
  const from = message.headerFrom[0];
  const domain = from?.domain ?? '';
  const registrable = registrableDomain(domain);
  const label = plain(domainLabel(domain));
  const told = squeeze(body.slice(0, READ_AT_MOST));
  const name = squeeze((from?.name ?? '').toLowerCase());
  const links = linkRelations(message, registrable, told);
  const add = (fact: string) => {
    addNamed(into, GROUP, fact);
    return fact;
  };
  const sender = add(`from:${senderKind(domain)}`);
  const fits = add(`named:${nameFits(name, label)}`);
  const self = add(`self:${label.length >= 3 && told.includes(label)}`);
  const spoken = add(`spoken:${name.length >= 3 && told.includes(name)}`);
  const direction = add(`links:${links.direction}`);
  add(`domains:${links.domains}`);
  add(`service:${links.services > 0}`);
  add(`told:${links.told > 0}`);
  add(`reply:${relation(message.replyTo[0]?.domain ?? '', registrable)}`);
  add(`envelope:${envelopeRelation(message, registrable)}`);
  add(`length:${size(body.length, [60, 300, 1200, 4000])}`);
  add(`html:${message.html === '' ? 'no' : message.text === '' ? 'only' : 'both'}`);
  add(`images:${size(message.images.length, [1, 4])}`);
  add(`files:${Math.min(2, message.attachments.length)}`);
  add(`hidden:${size(message.hiddenText.length, [1, 300, 2000])}`);
  add(`${sender} ${direction}`);
  add(`${fits} ${direction}`);
  add(`${self} ${direction}`);
  add(`${fits} ${self} ${spoken}`);
  add(`${sender} ${fits}`);
}

const plain = (label: string) => label.replace(/[^a-z0-9]/g, '');

/** By UTF-16 unit below 0x2028: 1 for white space and the signs that stand between letters. */
const BETWEEN = Uint8Array.from({ length: 0x2028 }, (_, code) =>
  /[\s!-/:-@[-`{-~\u00a0-\u00bf\u2010-\u2027]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const isBetween = (code: number) =>
  code < 0x2028
    ? BETWEEN[code] === 1
    : code <= 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000 || code === 0xfeff;
let squeezed = Buffer.alloc(2 * READ_AT_MOST);
let squeezedUnits = new Uint16Array(squeezed.buffer, squeezed.byteOffset, READ_AT_MOST);

/** The letters and digits alone. */
function squeeze(text: string): string {
  const units = unitsOf(text);
  if (text.length > squeezedUnits.length) {
    squeezed = Buffer.alloc(2 * text.length);
    squeezedUnits = new Uint16Array(squeezed.buffer, squeezed.byteOffset, text.length);
  }
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = units[i] as number;
    if (!isBetween(code)) squeezedUnits[length++] = code;
  }
  return squeezed.toString('utf16le', 0, 2 * length);
}

function size(n: number, steps: readonly number[]): number {
  let count = 0;
  for (const step of steps) if (n >= step) count++;
  return count;
}

function senderKind(domain: string): string {
  if (domain === '') return 'none';
  if (isFreeMail(domain)) return 'free';
  if (brandsOf(domain).length > 0) return 'brand';
  return sharedSuffix(domain) === null ? 'other' : 'shared';
}

function nameFits(name: string, label: string): string {
  if (name === '') return 'none';
  return (label.length >= 3 && name.includes(label)) || (name.length >= 4 && label.includes(name)) ? 'yes' : 'no';
}

function envelopeRelation({ envelopeFrom }: Message, registrable: string): string {
  if (envelopeFrom === null) return 'unknown';
  if (envelopeFrom === '') return 'null';
  return relation(envelopeFrom.slice(envelopeFrom.lastIndexOf('@') + 1).toLowerCase(), registrable);
}

interface LinkRelations {
  /** Where they lead, seen from the sender's domain. */
  direction: 'none' | 'own' | 'mostly' | 'some' | 'foreign';
  /** Different registrable domains, at most 4. */
  domains: number;
  /** Hosts that anybody can use. */
  services: number;
  /** Hosts whose name the text says. */
  told: number;
}

function linkRelations(message: Message, registrable: string, text: string): LinkRelations {
  let own = 0;
  let other = 0;
  let services = 0;
  let told = 0;
  const hosts = new Set<string>();
  const domains = new Set<string>();
  for (const { host, source } of message.links) {
    if (host === '' || source === 'image') continue;
    const domain = registrableDomain(host);
    if (domain === registrable) own++;
    else other++;
    if (hosts.size >= MOST_HOSTS || hosts.has(host)) continue;
    hosts.add(host);
    domains.add(domain);
    if (isService(host)) services++;
    const label = plain(domainLabel(host));
    if (label.length >= 3 && text.includes(label)) told++;
  }
  const direction =
    own + other === 0 ? 'none' : other === 0 ? 'own' : own === 0 ? 'foreign' : own >= other ? 'mostly' : 'some';
  return { direction, domains: Math.min(4, domains.size), services, told };
}

const ANYBODYS = SERVICE.page | SERVICE.shortener | SERVICE.form;

function isService(host: string): boolean {
  return sharedSuffix(host) !== null || (servicesAt(host, '') & ANYBODYS) !== 0;
}

import type { Message } from '../../message/message.ts';
import { domainLabel, isWithin, registrableDomain, sharedSuffix } from '../domains.ts';
import { FORM_SERVICES, FREE_HOSTS, SHORTENERS, serviceOf } from '../evidence/hosts.ts';
import { isFreeMail } from '../free-mail.ts';
import { brandsOf } from '../look-alike.ts';

const MOST_HOSTS = 20;
const READ_AT_MOST = 6_000;

/**
 * How the sides of a mail agree with each other: does the sender's name fit its domain, does the text speak of it, do the
 * links go there. Holds for any organisation and any corpus, unlike the names themselves. A few coarse words, alone and
 * in pairs of neighbours that belong together.
 */
export function* relationFeatures(message: Message, body: string): Iterable<string> {
  const from = message.headerFrom[0];
  const domain = from?.domain ?? '';
  const registrable = registrableDomain(domain);
  const label = plain(domainLabel(domain));
  const told = squeeze(body.slice(0, READ_AT_MOST));
  const name = squeeze((from?.name ?? '').toLowerCase());
  const links = linkRelations(message, registrable, told);
  const facts = [
    `from:${senderKind(domain)}`,
    `named:${nameFits(name, label)}`,
    `self:${label.length >= 3 && told.includes(label)}`,
    `spoken:${name.length >= 3 && told.includes(name)}`,
    `links:${links.direction}`,
    `domains:${links.domains}`,
    `service:${links.services > 0}`,
    `told:${links.told > 0}`,
    `reply:${relation(message.replyTo[0]?.domain ?? '', registrable)}`,
    `envelope:${envelopeRelation(message, registrable)}`,
    `length:${size(body.length, [60, 300, 1200, 4000])}`,
    `html:${message.html === '' ? 'no' : message.text === '' ? 'only' : 'both'}`,
    `images:${size(message.images.length, [1, 4])}`,
    `files:${Math.min(2, message.attachments.length)}`,
    `hidden:${size(message.hiddenText.length, [1, 300, 2000])}`,
  ];
  yield* facts;
  const [sender, fits, self, spoken, direction] = facts;
  yield `${sender} ${direction}`;
  yield `${fits} ${direction}`;
  yield `${self} ${direction}`;
  yield `${fits} ${self} ${spoken}`;
  yield `${sender} ${fits}`;
}

const plain = (label: string) => label.replace(/[^a-z0-9]/g, '');
const squeeze = (text: string) => text.replace(/[\s!-/:-@[-`{-~\u00a0-\u00bf\u2010-\u2027]+/g, '');

function size(n: number, steps: readonly number[]): number {
  return steps.filter((step) => n >= step).length;
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

function relation(host: string, registrable: string): string {
  if (host === '') return 'none';
  if (registrable !== '' && isWithin(host, registrable)) return 'same';
  return isFreeMail(host) ? 'free' : 'other';
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

function isService(host: string): boolean {
  return (
    sharedSuffix(host) !== null ||
    [FREE_HOSTS, SHORTENERS, FORM_SERVICES].some((services) => serviceOf(services, host, '') !== null)
  );
}

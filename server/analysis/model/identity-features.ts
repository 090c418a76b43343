import type { Message } from '../../message/message.ts';
import { domainLabel, isWithin, publicSuffix, registrableDomain, sharedSuffix } from '../domains.ts';
import { isFreeMail } from '../free-mail.ts';
import { brandsOf } from '../look-alike.ts';
import type { HashSink } from './hash-sink.ts';
import { addNamed, addTrigrams, prefixOf } from './names.ts';
import { hash } from './tokens.ts';

const GROUP = hash('i');
const at = (prefix: string) => prefixOf(prefix, GROUP);
const FROM = at('from:');
const NAME = at('name:');
const NAMES = at('names:');
const LOCAL = at('local:');
const LOCAL_DIGITS = at('local-digits:');
const LOCAL_LENGTH = at('local-length:');
const DOMAIN = at('domain:');
const SUFFIX = at('suffix:');
const LABELS = at('labels:');
const REPLY = at('reply:');
const ENVELOPE = at('envelope:');
const ID = at('id:');
const TO = at('to:');

const WORDS = /\p{L}{2,20}/gu;
const PLAIN_WORDS = /[a-z]{3,20}/g;

/** Who is speaking, as names: sender's words and domain, how the addresses of the mail agree with each other. */
export function addIdentityFeatures(message: Message, into: HashSink): void {
  const from = message.headerFrom[0];
  const domain = from?.domain ?? '';
  addNamed(into, FROM, String(message.headerFrom.length));
  if (from) addSender(from.name, from.address, into);
  if (domain === '') addNamed(into, DOMAIN, 'none');
  else {
    const label = domainLabel(domain);
    addNamed(into, SUFFIX, publicSuffix(domain));
    addNamed(into, LABELS, String(Math.min(5, labelsOf(domain))));
    addTrigrams(into, DOMAIN, label);
    if (isFreeMail(domain)) addNamed(into, DOMAIN, 'free');
    if (sharedSuffix(domain) !== null) addNamed(into, DOMAIN, 'shared');
    if (brandsOf(domain).length > 0) addNamed(into, DOMAIN, 'brand');
    if (/\d/.test(label)) addNamed(into, DOMAIN, 'digit');
    if (label.includes('-')) addNamed(into, DOMAIN, 'hyphen');
  }
  addAgreements(message, registrableDomain(domain), into);
}

function addSender(name: string, address: string, into: HashSink): void {
  const words = name.toLowerCase().match(WORDS) ?? [];
  for (let i = 0; i < words.length && i < 8; i++) addNamed(into, NAME, words[i] as string);
  addNamed(into, NAMES, String(Math.min(5, words.length)));
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase();
  const plain = local.match(PLAIN_WORDS) ?? [];
  for (let i = 0; i < plain.length && i < 4; i++) addNamed(into, LOCAL, plain[i] as string);
  addNamed(into, LOCAL_DIGITS, String(Math.min(4, digitsOf(local))));
  addNamed(into, LOCAL_LENGTH, String(Math.min(6, local.length >> 2)));
  if (name === '') addNamed(into, NAME, 'none');
  else if (name.includes('@')) addNamed(into, NAME, 'address');
  if (name !== '' && name === name.toUpperCase()) addNamed(into, NAME, 'upper');
}

function digitsOf(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) count++;
  }
  return count;
}

/** How many labels a host has. */
export function labelsOf(host: string): number {
  let count = 1;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) count++;
  return count;
}

/**
 * How Reply-To, envelope, Message-ID and recipients agree with the sender's domain. Which header fields there are, which
 * program wrote them and which provider carried the mail is left out: it tells the corpora apart and not the intentions
 * (nearly all phish of ours were collected at one provider), and fields of bulk mail must never lower the margin.
 */
function addAgreements(message: Message, registrable: string, into: HashSink): void {
  addNamed(into, REPLY, relation(message.replyTo[0]?.domain ?? '', registrable));
  const envelope = message.envelopeFrom;
  addNamed(
    into,
    ENVELOPE,
    envelope === null ? 'unknown' : envelope === '' ? 'null' : relation(hostOf(envelope), registrable),
  );
  const id = message.messageId ?? '';
  addNamed(
    into,
    ID,
    id === '' ? 'none' : id.includes('@') ? relation(hostOf(id).replace('>', ''), registrable) : 'odd',
  );
  const to = message.to[0];
  if (!to) return;
  addNamed(
    into,
    TO,
    to.name === '' ? 'bare' : to.name.toLowerCase() === to.address.toLowerCase() ? 'address' : 'named',
  );
  if (to.address === message.headerFrom[0]?.address) addNamed(into, TO, 'self');
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** What a host is to the sender's registrable domain. */
export function relation(host: string, registrable: string): 'none' | 'same' | 'free' | 'other' {
  if (host === '') return 'none';
  if (registrable !== '' && isWithin(host, registrable)) return 'same';
  return isFreeMail(host) ? 'free' : 'other';
}

/** What is kept of a mail for people to search and to look at, also when its body is not kept. */
import { hash } from 'node:crypto';
import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import type { Authentication } from './authentication-state.ts';
import { defang } from './defang.ts';
import type { Address, Message } from './message.ts';
import { normalUrl } from './normal-url.ts';
import { domainsAbove, folded, termsOf, WordIndex } from './search-terms.ts';

export interface DescribedMessage {
  fromName: string;
  /** RFC 5321.MailFrom; '' when unknown. */
  envelopeFrom: string;
  replyTo: string;
  sentAt: Date | null;
  size: number;
  /** Registrable domains of sender, recipients and links, lower case, sorted, at most 200. */
  domains: string[];
  /** What it is found by, as the text form of a PostgreSQL tsvector; places A subject, B sender, C recipients, D the rest. */
  words: string;
  facts: MessageFacts;
}

/** Headers, links and attachments as a person may see them: links defanged, nothing that runs. */
export interface MessageFacts {
  to: { name: string; address: string }[];
  cc: { name: string; address: string }[];
  /** At most 100; `url` is defanged, `text` is what the reader saw. */
  links: { url: string; host: string; text: string; source: string }[];
  attachments: {
    filename: string;
    contentType: string;
    fileType: string;
    size: number;
    sha256: string;
    encrypted: boolean;
    executable: boolean;
    macros: boolean;
  }[];
  /** Newest first, at most 20: the way through the servers. */
  received: { from: string | null; by: string | null; ip: string | null; date: string | null }[];
  /** Who handed it to our own receivers; null when that cannot be told. */
  helo: { ip: string | null; name: string | null } | null;
  /** Address in X-Originating-IP: what the sender's own system says, unproven. */
  originatingIp: string | null;
  mimeStructure: string;
  /** Registrable domain of the sender; null when there is none. */
  senderDomain: string | null;
}

const MOST_LINKS = 100;
const MOST_ATTACHMENTS = 50;
const MOST_PEOPLE = 200;
const MOST_HOPS = 20;
const MOST_DOMAINS = 200;
/** Characters of the subject, and of one name, that are made into words. */
const MOST_WORDED = 1_000;
const MOST_WORDED_LINKS = 300;
const MOST_WORDED_PEOPLE = 100;

/** @param authentication whose `client` says who handed it in; without it the newest Received field does */
export function describeMessage(message: Message, authentication: Authentication | null = null): DescribedMessage {
  const [from] = message.headerFrom;
  const people = ({ name, address }: Address) => ({ name: name.slice(0, 200), address: address.slice(0, 320) });
  const hosts = [
    ...message.headerFrom.map(({ domain }) => domain),
    ...[...message.replyTo, ...message.to, ...message.cc].map(({ domain }) => domain),
    ...message.links.map(({ host }) => host),
  ];
  const helo = authentication?.client ?? null;
  const originatingIp = originatingIpOf(message);
  return {
    fromName: (from?.name ?? '').slice(0, 200),
    envelopeFrom: (message.envelopeFrom ?? '').slice(0, 320),
    replyTo: (message.replyTo[0]?.address ?? '').slice(0, 320),
    sentAt: message.date,
    size: message.size,
    domains: [...new Set(hosts.map(registrable).filter((d) => d !== ''))].sort().slice(0, MOST_DOMAINS),
    words: wordsOf(message, helo?.ip ?? null, originatingIp),
    facts: {
      to: message.to.slice(0, MOST_PEOPLE).map(people),
      cc: message.cc.slice(0, MOST_PEOPLE).map(people),
      links: message.links.slice(0, MOST_LINKS).map(({ target, host, text, source }) => ({
        url: defang(target),
        host,
        text: text.slice(0, 200),
        source,
      })),
      attachments: message.attachments.slice(0, MOST_ATTACHMENTS).map((a) => ({
        filename: a.filename.slice(0, 200),
        contentType: a.contentType,
        fileType: a.fileType,
        size: a.size,
        sha256: a.sha256,
        encrypted: a.encrypted,
        executable: a.executable || a.containsExecutable,
        macros: a.macros,
      })),
      received: message.received.slice(0, MOST_HOPS).map(({ from: sent, by, ip, date }) => ({
        from: sent,
        by,
        ip,
        date: date?.toISOString() ?? null,
      })),
      helo,
      originatingIp,
      mimeStructure: message.structure,
      senderDomain: from && from.domain !== '' ? registrable(from.domain) : null,
    },
  };
}

/** Beside the words, whole values that a field asks for: `ip:`, `helo:`, `sha256:`, `file:`, `url:`. */
function wordsOf(message: Message, heloIp: string | null, originatingIp: string | null): string {
  const index = new WordIndex();
  index.text(message.subject.slice(0, MOST_WORDED), 'A');
  for (const sender of [...message.headerFrom, ...message.replyTo].slice(0, 20)) person(index, sender, 'B');
  if (message.envelopeFrom) person(index, addressOnly(message.envelopeFrom), 'B');
  for (const recipient of [...message.to, ...message.cc].slice(0, MOST_WORDED_PEOPLE)) person(index, recipient, 'C');
  const links = message.links.slice(0, MOST_WORDED_LINKS);
  for (const host of new Set(links.map((link) => link.host))) place(index, host, 'D');
  for (const { target } of links) index.exact(urlLexeme(target), 'D');
  for (const { filename, sha256, fileType } of message.attachments.slice(0, MOST_ATTACHMENTS)) {
    const name = filename.slice(0, 200);
    index.text(name, 'D');
    for (const { text } of termsOf(name)) index.exact(`file:${text}`, 'D');
    index.exact(`file:${fileType}`, 'D');
    index.exact(`sha256:${sha256}`, 'D');
  }
  index.exact(`sha256:${message.sha256}`, 'D');
  const ips = [heloIp, originatingIp, ...message.received.slice(0, MOST_HOPS).map(({ ip }) => ip)];
  for (const ip of new Set(ips)) if (ip) index.exact(`ip:${ip}`, 'D');
  if (heloIp) index.exact(`helo:${heloIp}`, 'D');
  return index.toTsvector();
}

function person(index: WordIndex, { name, address, domain }: Address, where: 'B' | 'C'): void {
  index.text(name.slice(0, MOST_WORDED), where);
  index.text(address.slice(0, 320), where);
  // Whole, also where it holds what parts words.
  index.exact(address.slice(0, 320), where);
  place(index, domain, where);
}

function place(index: WordIndex, host: string, where: 'B' | 'C' | 'D'): void {
  for (const domain of domainsAbove(host.slice(0, 253))) index.exact(domain, where);
  if (where === 'D') index.text(host.slice(0, 253), where);
}

const addressOnly = (address: string): Address => ({
  name: '',
  address,
  domain: address.slice(address.lastIndexOf('@') + 1).toLowerCase(),
});

/** A whole URL is looked for by a part of its digest: the index holds no long lexemes. @param url as written or defanged */
export function urlLexeme(url: string): string {
  return `url:${hash('sha256', normalUrl(folded(url)), 'hex').slice(0, 20)}`;
}

function originatingIpOf(message: Message): string | null {
  const value = message.headers.find(({ name }) => name.toLowerCase() === 'x-originating-ip')?.value.trim() ?? '';
  const address = value.replace(/^\[(?:IPv6:)?|\]$/gi, '');
  return isIP(address) === 0 ? null : address.toLowerCase();
}

const registrable = (host: string) => getDomain(host) ?? host.toLowerCase();

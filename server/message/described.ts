/** What is kept of a mail for people to search and to look at, also when its body is not kept. */
import { getDomain } from 'tldts';
import { defang } from './defang.ts';
import type { Message } from './message.ts';

export interface DescribedMessage {
  fromName: string;
  /** RFC 5321.MailFrom; '' when unknown. */
  envelopeFrom: string;
  replyTo: string;
  sentAt: Date | null;
  size: number;
  /** Registrable domains of sender, recipients and links, lower case, sorted, at most 200. */
  domains: string[];
  /** Words for the full-text index, at most 4,000 characters. */
  text: string;
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
}

const MOST_LINKS = 100;
const MOST_ATTACHMENTS = 50;
const MOST_PEOPLE = 200;
const MOST_HOPS = 20;
const MOST_DOMAINS = 200;
const MOST_TEXT = 4_000;

export function describeMessage(message: Message): DescribedMessage {
  const [from] = message.headerFrom;
  const people = ({ name, address }: { name: string; address: string }) => ({
    name: name.slice(0, 200),
    address: address.slice(0, 320),
  });
  const hosts = [
    ...message.headerFrom.map(({ domain }) => domain),
    ...[...message.replyTo, ...message.to, ...message.cc].map(({ domain }) => domain),
    ...message.links.map(({ host }) => host),
  ];
  const words = [
    message.subject,
    ...[...message.headerFrom, ...message.replyTo, ...message.to, ...message.cc].map((a) => `${a.name} ${a.address}`),
    ...message.attachments.map(({ filename }) => filename),
    ...new Set(message.links.map(({ host }) => host)),
  ];
  return {
    fromName: (from?.name ?? '').slice(0, 200),
    envelopeFrom: (message.envelopeFrom ?? '').slice(0, 320),
    replyTo: (message.replyTo[0]?.address ?? '').slice(0, 320),
    sentAt: message.date,
    size: message.size,
    domains: [...new Set(hosts.map(registrable).filter((d) => d !== ''))].sort().slice(0, MOST_DOMAINS),
    text: words.join(' ').replaceAll('\0', '').slice(0, MOST_TEXT),
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
    },
  };
}

const registrable = (host: string) => getDomain(host) ?? host.toLowerCase();

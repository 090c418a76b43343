import { RE2JS } from 're2js';
import { DISPOSITIONS, type Finding } from '../../../shared/verdict.ts';
import type { Authentication } from '../../message/authentication-state.ts';
import { defang } from '../../message/defang.ts';
import type { Message } from '../../message/message.ts';
import { normalUrl } from '../../message/normal-url.ts';
import { cidrContains } from '../cidr.ts';
import { isWithin, registrableDomain } from '../domains.ts';
import type { AllowPolicy, BlockEntry, ObservedWorld } from '../world.ts';
import { find } from './catalogue.ts';

/** Patterns come from operators: linear time, and at most this many characters of input. */
const PATTERN_INPUT = 32_768;

/** First block entry that matches, in list order of the worst disposition; null for none. */
export function blockHit(
  message: Message,
  authentication: Authentication,
  world: ObservedWorld,
): { entry: BlockEntry; evidence: string } | null {
  let worst: { entry: BlockEntry; evidence: string } | null = null;
  for (const entry of world.blockEntries ?? []) {
    if (worst && rank(entry) >= rank(worst.entry)) continue;
    const evidence = matches(entry, message, authentication);
    if (evidence !== null) worst = { entry, evidence };
  }
  return worst;
}

const rank = ({ disposition }: BlockEntry) => DISPOSITIONS.indexOf(disposition ?? 'MALICIOUS');

/** @returns what matched, null for no match. A pattern that does not compile matches nothing. */
function matches(entry: BlockEntry, message: Message, authentication: Authentication): string | null {
  const value = entry.value.toLowerCase();
  switch (entry.kind) {
    case 'address':
      return sendersOf(message).find((sender) => sender === value) ?? null;
    case 'domain':
      return sendersOf(message).find((sender) => isWithin(domainOf(sender), value)) ?? null;
    case 'ip':
    case 'server_name':
      return hopMatch(entry.kind, value, blockedHop(message, authentication));
    case 'url_host': {
      const link = message.links.find((each) => each.host !== '' && isWithin(each.host, value));
      return link ? defang(link.target) : null;
    }
    case 'sha256':
      if (message.sha256 === value) return value;
      return message.attachments.find((file) => file.sha256 === value)?.filename ?? null;
    case 'pattern':
      return patternMatch(entry.value, message);
  }
}

/** From, Reply-To and Envelope-From, lower case. */
function sendersOf(message: Message): string[] {
  const senders = [...message.headerFrom, ...message.replyTo].map((address) => address.address.toLowerCase());
  return message.envelopeFrom ? [...senders, message.envelopeFrom.toLowerCase()] : senders;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

type Hop = NonNullable<Authentication['client']>;

/** Who handed the mail in; where our own receivers are not known, the topmost hop, which nobody forges to be blocked. */
function blockedHop(message: Message, { client }: Authentication): Hop {
  const top = message.received[0];
  return client ?? { ip: top?.ip ?? null, name: top?.from?.toLowerCase() ?? null };
}

function hopMatch(kind: 'ip' | 'server_name', value: string, { ip, name }: Hop): string | null {
  if (kind === 'ip') return ip !== null && cidrContains(value, ip) ? ip : null;
  return name !== null && isWithin(name, value) ? name : null;
}

function patternMatch(pattern: string, message: Message): string | null {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    const from = message.headerFrom.map((address) => `${address.name} <${address.address}>`).join(', ');
    for (const text of [from, message.subject, message.visibleText]) {
      const matcher = compiled.matcher(text.slice(0, PATTERN_INPUT));
      if (matcher.find()) return matcher.group() ?? '';
    }
  } catch {
    // An operator's pattern that does not compile is reported where it is entered; here it must not stop a verdict.
  }
  return null;
}

/** Allow policy that covers this mail. Only an authenticated sender can be allowed. */
export function allowHit(message: Message, authentication: Authentication, world: ObservedWorld): AllowPolicy | null {
  if (authentication.state !== 'pass' || message.headerFrom.length !== 1) return null;
  const from = message.headerFrom[0];
  if (!from) return null;
  const covers = ({ kind, value: written }: AllowPolicy): boolean => {
    const value = written.toLowerCase();
    if (kind === 'address') return value === from.address.toLowerCase();
    if (kind === 'domain') return isWithin(from.domain, value);
    return authentication.client ? hopMatch(kind, value, authentication.client) !== null : false;
  };
  const hits = (world.allowPolicies ?? []).filter(covers);
  return hits.find((policy) => policy.trust === 'trusted') ?? hits[0] ?? null;
}

/** What is known to be bad here: hashes, links and hosts of confirmed cases, by this organisation or a feed. */
export function knownBadEvidence(message: Message, authentication: Authentication, world: ObservedWorld): Finding[] {
  const bad = world.knownBad;
  if (!bad) return [];
  if (bad.sha256.has(message.sha256)) return [find('intel.known_bad', 'this very mail')];
  for (const file of message.attachments)
    if (bad.sha256.has(file.sha256)) return [find('intel.known_bad', file.filename || file.sha256)];
  const proven = provenDomain(message, authentication);
  for (const link of message.links) {
    // A phish may quote the pages of whom it imitates; their own proven mail must not suffer for it.
    if (link.host === '' || (proven !== null && registrableDomain(link.host) === proven)) continue;
    if (bad.urls.has(normalUrl(link.target)) || bad.hosts.has(link.host))
      return [find('intel.known_bad', defang(link.target))];
  }
  return [];
}

function provenDomain(message: Message, { state }: Authentication): string | null {
  const [from] = message.headerFrom;
  return state === 'pass' && from && message.headerFrom.length === 1 ? registrableDomain(from.domain) : null;
}

/** What this mail shares with others. A cluster of one says nothing. */
export function campaignEvidence(world: ObservedWorld): Finding[] {
  const campaign = world.campaign;
  if (!campaign) return [];
  const findings: Finding[] = [];
  if (campaign.sharedWithConfirmed.length > 0)
    findings.push(find('campaign.confirmed', `shares ${campaign.sharedWithConfirmed.join(', ')}`));
  if (campaign.distinctMessages >= 2) findings.push(find('campaign.wave', `${campaign.distinctMessages} mails`));
  return findings;
}

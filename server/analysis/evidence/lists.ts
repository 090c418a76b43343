import { RE2JS } from 're2js';
import type { Finding } from '../../../shared/verdict.ts';
import type { Authentication } from '../../message/authentication-state.ts';
import { defang } from '../../message/defang.ts';
import type { Message } from '../../message/message.ts';
import { cidrContains } from '../cidr.ts';
import { isWithin } from '../domains.ts';
import type { AllowPolicy, BlockEntry, ObservedWorld } from '../world.ts';
import { find } from './catalogue.ts';

/** Patterns come from operators: linear time, and at most this many characters of input. */
const PATTERN_INPUT = 32_768;

/** First block entry that matches, in list order of the worst disposition; null for none. */
export function blockHit(message: Message, world: ObservedWorld): { entry: BlockEntry; evidence: string } | null {
  for (const entry of world.blockEntries ?? []) {
    const evidence = matches(entry, message);
    if (evidence !== null) return { entry, evidence };
  }
  return null;
}

/** @returns what matched, null for no match. A pattern that does not compile matches nothing. */
function matches(entry: BlockEntry, message: Message): string | null {
  const value = entry.value.toLowerCase();
  const senders = [...message.headerFrom, ...message.replyTo].map((address) => address.address.toLowerCase());
  if (message.envelopeFrom) senders.push(message.envelopeFrom.toLowerCase());
  switch (entry.kind) {
    case 'address':
      return senders.find((sender) => sender === value) ?? null;
    case 'domain':
      return senders.find((sender) => isWithin(sender.slice(sender.lastIndexOf('@') + 1), value)) ?? null;
    case 'ip': {
      const ip = message.received[0]?.ip ?? null;
      return ip !== null && cidrContains(value, ip) ? ip : null;
    }
    case 'server_name': {
      const server = message.received[0]?.from?.toLowerCase() ?? null;
      return server !== null && isWithin(server, value) ? server : null;
    }
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
  const hits = (world.allowPolicies ?? []).filter((policy) =>
    policy.kind === 'address'
      ? policy.value.toLowerCase() === from.address.toLowerCase()
      : isWithin(from.domain, policy.value.toLowerCase()),
  );
  return hits.find((policy) => policy.trust === 'trusted') ?? hits[0] ?? null;
}

/** What is known to be bad here: hashes, links and hosts of confirmed cases, by this organisation or a feed. */
export function knownBadEvidence(message: Message, world: ObservedWorld): Finding[] {
  const bad = world.knownBad;
  if (!bad) return [];
  if (bad.sha256.has(message.sha256)) return [find('intel.known_bad', 'this very mail')];
  for (const file of message.attachments)
    if (bad.sha256.has(file.sha256)) return [find('intel.known_bad', file.filename || file.sha256)];
  for (const link of message.links)
    if (bad.urls.has(link.target.toLowerCase()) || (link.host !== '' && bad.hosts.has(link.host)))
      return [find('intel.known_bad', defang(link.target))];
  return [];
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

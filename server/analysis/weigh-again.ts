/** A mail whose body is not kept, weighed anew with the lists, cases and model of now: from what was kept of it. */
import type { Finding } from '../../shared/verdict.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Address, Link, Message } from '../message/message.ts';
import type { Weighed } from './conclude.ts';
import { ENGINE_VERSION } from './conclude.ts';
import { registrableDomain } from './domains.ts';
import { find, WEIGHTLESS } from './evidence/catalogue.ts';
import { identityEvidence } from './evidence/identity.ts';
import { allowHit, blockHit, campaignEvidence } from './evidence/lists.ts';
import { type Indicator, indicatorsOf } from './indicators.ts';
import { type LocalTable, localName, localShare } from './local/table.ts';
import type { Features } from './model/features.ts';
import type { Model } from './model/model.ts';
import { score } from './model/score.ts';
import type { ObservedWorld } from './world.ts';

/** JSON of a few KB: names, addresses, hosts and hashes, and no passage of the content. */
export interface KeptMail {
  sha256: string;
  from: Address[];
  replyTo: Address[];
  envelopeFrom: string | null;
  /** Who handed the mail in, by its outermost Received field. */
  hop: { ip: string | null; name: string | null };
  /** Of its links, each once, at most 200. */
  hosts: string[];
  /** SHA-256 of its attachments, at most 50. */
  files: string[];
  /** What a case may be known by; of a URL also its host. */
  indicators: KeptIndicator[];
}

export interface KeptIndicator extends Pick<Indicator, 'kind' | 'value' | 'proof'> {
  host?: string;
}

const MOST_HOSTS = 200;
const MOST_FILES = 50;
const MOST_INDICATORS = 400;
const MOST_ADDRESSES = 20;

export function keepMail(message: Message, ownDomains: readonly string[]): KeptMail {
  const top = message.received[0];
  return {
    sha256: message.sha256,
    from: message.headerFrom.slice(0, MOST_ADDRESSES),
    replyTo: message.replyTo.slice(0, MOST_ADDRESSES),
    envelopeFrom: message.envelopeFrom,
    hop: { ip: top?.ip ?? null, name: top?.from ?? null },
    hosts: [...new Set(message.links.map(({ host }) => host))].filter((host) => host !== '').slice(0, MOST_HOSTS),
    files: message.attachments.slice(0, MOST_FILES).map(({ sha256 }) => sha256),
    indicators: indicatorsOf(message, ownDomains)
      .slice(0, MOST_INDICATORS)
      .map(({ kind, value, proof, shown }) => ({
        kind,
        value,
        proof,
        ...(kind === 'url' ? { host: /^[a-z]+:\/*([^/?#]+)/.exec(shown)?.[1] ?? '' } : {}),
      })),
  };
}

/** The same evidence without what the mail said: ids and weights stay, passages go. */
export function withoutPassages(weighed: Weighed): Weighed {
  return { ...weighed, findings: weighed.findings.map(wordless) };
}

export const wordless = (finding: Finding): Finding => ({ ...finding, evidence: '' });

/** What lists and cases decide; the rest rests on the mail alone and stays as it was seen. */
const FROM_LISTS = new Set([
  'intel.block_list',
  'intel.known_bad',
  'campaign.confirmed',
  'campaign.wave',
  'identity.registry_name',
  'identity.registry_forged',
]);

export interface WeighAgain {
  model: Model;
  local: LocalTable | null;
  lists: Pick<ObservedWorld, 'ownDomains' | 'allowPolicies' | 'blockEntries' | 'registry'> & { now: Date };
  /** Those of the mail's indicators that a confirmed case has. */
  known: readonly Pick<Indicator, 'kind' | 'value' | 'proof'>[];
}

const SHARED: Record<Indicator['kind'], string> = {
  sha256: 'an attachment',
  url: 'a link',
  host: 'a server',
  address: 'a sender',
};

/**
 * Block entries that are patterns see subject and sender only, and trusted domains and exercises need the body: those
 * stay as they were.
 * @param kept.features null: they were of another version, and the weights stay as they were
 */
export function weighAgain(
  kept: { mail: KeptMail; weighed: Weighed; features: Features | null; authentication: Authentication },
  world: WeighAgain,
): Weighed {
  const { mail, weighed, features, authentication } = kept;
  const message = skeletonOf(mail, weighed.subject);
  const block = blockHit(message, authentication, world.lists);
  const allow = allowHit(message, authentication, world.lists);
  const bad = knownBad(mail, authentication, world.known);
  const sharedWithConfirmed = [...new Set(world.known.map(({ kind }) => SHARED[kind]))].sort();
  const campaign = { distinctMessages: weighed.campaign?.distinctMessages ?? 1, sharedWithConfirmed };
  const findings = [
    ...weighed.findings.filter(({ id }) => !FROM_LISTS.has(id)),
    ...identityEvidence(message, authentication, world.lists).filter(({ id }) => FROM_LISTS.has(id)),
    ...(bad ? [find('intel.known_bad', bad)] : []),
    ...campaignEvidence({ now: world.lists.now, campaign }),
    ...(block ? [find('intel.block_list', block.evidence)] : []),
  ];
  const weighing = findings.map(({ id }) => id).filter((id) => !WEIGHTLESS.has(id));
  const { local: _before, ...rest } = weighed;
  const again = features
    ? {
        ...rest,
        scored: score(world.model, features, weighing),
        ...(world.local ? { local: localShare(world.local, features) } : {}),
        model: world.local ? `${world.model.name}+${localName(world.local.version)}` : world.model.name,
        engine: ENGINE_VERSION,
      }
    : weighed;
  const attributes = weighed.attributes.filter((attribute) => attribute !== 'CUSTOM_BLOCK_LIST');
  return {
    ...again,
    findings,
    attributes: block ? [...attributes, 'CUSTOM_BLOCK_LIST'] : attributes,
    campaign,
    definitive: findings.some(({ id }) => id === 'intel.known_bad' || id === 'url.lure_page'),
    registryHit: findings.some(({ id }) => id === 'identity.registry_name' || id === 'identity.registry_forged'),
    floor: block ? (block.entry.disposition ?? 'MALICIOUS') : null,
    allow: allow ? { id: allow.id, trust: allow.trust } : null,
  };
}

/** As knownBadEvidence() of the whole mail: a sender's own proven pages are never held against them. */
function knownBad(mail: KeptMail, { state }: Authentication, known: WeighAgain['known']): string | null {
  const proofs = new Set(known.filter(({ proof }) => proof).map(({ kind, value }) => `${kind} ${value}`));
  if (proofs.size === 0) return null;
  const [from] = mail.from;
  const proven = state === 'pass' && from && mail.from.length === 1 ? registrableDomain(from.domain) : null;
  const hit = mail.indicators.find(({ kind, value, host }) => {
    if (!proofs.has(`${kind} ${value}`)) return false;
    const at = kind === 'host' ? value : (host ?? '');
    return (
      kind === 'sha256' || ((kind === 'url' || kind === 'host') && !(at !== '' && registrableDomain(at) === proven))
    );
  });
  if (!hit) return null;
  if (hit.kind === 'sha256') return hit.value === mail.sha256 ? 'this very mail' : hit.value;
  return (hit.kind === 'host' ? hit.value : (hit.host ?? '')).replaceAll('.', '[.]');
}

/** As much of a message as lists are compared with. */
function skeletonOf(mail: KeptMail, subject: string): Message {
  const link = (host: string): Link => ({
    url: `https://${host}/`,
    target: `https://${host}/`,
    host,
    text: '',
    source: 'html',
    visible: true,
  });
  const file = (sha256: string): Message['attachments'][number] => ({
    filename: sha256,
    contentType: '',
    fileType: 'unknown',
    size: 0,
    sha256,
    inline: false,
    contentId: null,
    executable: false,
    macros: false,
    encrypted: false,
    entries: [],
    containsExecutable: false,
    text: '',
    limits: [],
  });
  return {
    sha256: mail.sha256,
    size: 0,
    headers: [],
    headerFrom: mail.from,
    sender: null,
    replyTo: mail.replyTo,
    to: [],
    cc: [],
    envelopeFrom: mail.envelopeFrom,
    messageId: null,
    subject,
    date: null,
    received: [{ from: mail.hop.name, by: null, ip: mail.hop.ip, date: null, raw: '' }],
    text: '',
    html: '',
    visibleText: '',
    hiddenText: '',
    links: mail.hosts.map(link),
    images: [],
    forms: [],
    attachments: mail.files.map(file),
    list: {
      id: null,
      unsubscribe: null,
      unsubscribePost: null,
      precedence: null,
      feedbackId: null,
      autoSubmitted: null,
    },
    encryption: 'none',
    signed: false,
    structure: '',
    defects: [],
  };
}

import type { Disposition, Finding } from '../../shared/verdict.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';
import { messageAttributes } from './attributes.ts';
import { bulkPoints, offersUnsubscribe } from './bulk.ts';
import { isWithin } from './domains.ts';
import { attachmentEvidence } from './evidence/attachments.ts';
import { find } from './evidence/catalogue.ts';
import { contentEvidence, foldedText, sightingsIn } from './evidence/content.ts';
import { domainAgeEvidence } from './evidence/domain-age.ts';
import { identityEvidence } from './evidence/identity.ts';
import { linkEvidence } from './evidence/links.ts';
import { allowHit, blockHit, campaignEvidence, knownBadEvidence } from './evidence/lists.ts';
import { lureEvidence } from './evidence/lure-pages.ts';
import { simulationHit } from './evidence/simulation.ts';
import { unreadEvidence } from './evidence/unread.ts';
import { liveLure } from './lure.ts';
import { type Features, featuresOf } from './model/features.ts';
import type { Campaign, ObservedWorld } from './world.ts';

/** All that was seen, before any model weighed it: what conclude.ts decides on, and what training learns from. */
export interface Observation {
  features: Features;
  findings: Finding[];
  attributes: string[];
  /** What could not be checked. */
  missing: string[];
  subject: string;
  bulkPoints: number;
  offersUnsubscribe: boolean;
  /** Something in it still works: a link to a stranger, a file to open, a number, another address for answers. */
  lure: boolean;
  /** How it hangs together with others; null when nobody looked. */
  campaign: Campaign | null;
  definitive: boolean;
  ownDomainFrom: boolean;
  registryHit: boolean;
  authentication: Pick<Authentication, 'state' | 'mismatch'>;
  floor: Disposition | null;
  allow: { id: string; trust: 'trusted' | 'acceptable' } | null;
  /** The registered exercise that it proves to be. */
  simulation: { id: string } | null;
}

export function observe(message: Message, authentication: Authentication, world: ObservedWorld): Observation {
  const said = sightingsIn(foldedText(message));
  const ownDomains = world.ownDomains ?? [];
  const ages = domainAgeEvidence(message, world);
  const lures = lureEvidence(message, authentication, world);
  const block = blockHit(message, authentication, world);
  const simulation = simulationHit(message, authentication, world);
  const findings = [
    ...identityEvidence(message, authentication, world),
    ...linkEvidence(message, world),
    ...contentEvidence(message, said),
    ...attachmentEvidence(message),
    ...unreadEvidence(message, world),
    ...knownBadEvidence(message, authentication, world),
    ...campaignEvidence(world),
    ...ages.findings,
    ...lures.findings,
    ...(block ? [find('intel.block_list', block.evidence)] : []),
    ...(simulation ? [find('intel.simulation', simulation.evidence)] : []),
  ];
  const allow = allowHit(message, authentication, world);
  return {
    features: featuresOf(message),
    findings,
    attributes: [...messageAttributes(message, findings), ...ages.attributes],
    missing: missing(message, authentication, world, { rdap: ages.missing, crawl: lures.missing }),
    subject: message.subject,
    bulkPoints: bulkPoints(message, said),
    offersUnsubscribe: offersUnsubscribe(message),
    lure: liveLure(message, findings, ownDomains),
    campaign: world.campaign ?? null,
    definitive: findings.some(({ id }) => id === 'intel.known_bad' || id === 'url.lure_page'),
    ownDomainFrom: message.headerFrom.some((from) => ownDomains.some((domain) => isWithin(from.domain, domain))),
    registryHit: findings.some(({ id }) => id === 'identity.registry_name' || id === 'identity.registry_forged'),
    authentication: { state: authentication.state, mismatch: authentication.mismatch },
    floor: block ? (block.entry.disposition ?? 'MALICIOUS') : null,
    allow: allow ? { id: allow.id, trust: allow.trust } : null,
    simulation: simulation ? { id: simulation.id } : null,
  };
}

function missing(
  message: Message,
  authentication: Authentication,
  world: ObservedWorld,
  unasked: { rdap: boolean; crawl: boolean },
): string[] {
  const words = new Set([...authentication.missing, ...(world.unread ?? [])]);
  if (unasked.rdap) words.add('rdap');
  if (unasked.crawl) words.add('crawl');
  if (message.visibleText.trim() === '' && message.images.length > 0) words.add('ocr');
  if (message.attachments.some((file) => file.limits.length > 0)) words.add('attachment_contents');
  if (!world.campaign) words.add('campaign');
  if (message.defects.some((defect) => /limit|truncat|too_/.test(defect))) words.add('message_contents');
  return [...words].sort();
}

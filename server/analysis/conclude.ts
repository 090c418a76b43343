import { type Family, type Finding, SEVERITIES, type Severity, type Verdict } from '../../shared/verdict.ts';
import { dispose } from './disposition.ts';
import { find, WEIGHTLESS } from './evidence/catalogue.ts';
import { type LocalShare, type LocalTable, localName, localShare } from './local/table.ts';
import type { Model } from './model/model.ts';
import { logistic, type Score, score } from './model/score.ts';
import type { Observation } from './observe.ts';
import { FAMILY_SPEAKS_AT } from './thresholds.ts';
import { AS_SHIPPED, calibrated, type VoiceCalibration } from './voice-calibration.ts';
import type { AnalysisWorld } from './world.ts';

/** Version of findings, procedure and thresholds; a stored verdict names it. */
export const ENGINE_VERSION = '3';

/** What the model weighs and the reporters add; the rest of the world is in the observation already. */
export type ConcludingWorld = Pick<AnalysisWorld, 'model' | 'reporterUnit' | 'decided'>;

/**
 * All that was seen, with the model's weights on it: JSON of a few KB that is kept with the verdict. What follows from it
 * needs neither the mail nor the model any more.
 */
export interface Weighed extends Omit<Observation, 'features'> {
  scored: Score;
  /** What this organisation's own table adds to it; absent: there was none. */
  local?: LocalShare;
  /** Model name and version, and the engine that saw and weighed. */
  model: string;
  engine: string;
}

/** What may change about a mail that has been weighed: who reports it, and what a person decides. */
export interface Opinion extends Pick<AnalysisWorld, 'reporterUnit' | 'decided'> {
  /** How both fit what this organisation's people decided; as shipped when it is not there. */
  calibration?: VoiceCalibration;
}

/** From what was seen to exactly one disposition with its reasons. */
export function conclude(seen: Observation, world: ConcludingWorld): Verdict {
  return concludeWeighed(weigh(seen, world.model), world);
}

/** @param local what the organisation taught this very model; it moves margins, and makes no family speak */
export function weigh(seen: Observation, model: Model, local: LocalTable | null = null): Weighed {
  const weighing: string[] = [];
  for (const { id } of seen.findings) if (!WEIGHTLESS.has(id)) weighing.push(id);
  return {
    findings: seen.findings,
    attributes: seen.attributes,
    missing: seen.missing,
    subject: seen.subject,
    bulkPoints: seen.bulkPoints,
    offersUnsubscribe: seen.offersUnsubscribe,
    lure: seen.lure,
    campaign: seen.campaign,
    definitive: seen.definitive,
    ownDomainFrom: seen.ownDomainFrom,
    registryHit: seen.registryHit,
    authentication: seen.authentication,
    floor: seen.floor,
    allow: seen.allow,
    simulation: seen.simulation,
    scored: score(model, seen.features, weighing),
    ...(local ? { local: localShare(local, seen.features) } : {}),
    model: local ? `${model.name}+${localName(local.version)}` : model.name,
    engine: ENGINE_VERSION,
  };
}

/** The same weighed evidence and opinions give the same verdict: a stored verdict is replayed with it. */
export function concludeWeighed(seen: Weighed, opinion: Opinion): Verdict {
  const { scored } = seen;
  const findings = [...seen.findings];
  if (scored.shares.text >= FAMILY_SPEAKS_AT) findings.push(find('text.machine_margin', seen.subject));
  if (opinion.decided?.by === 'analyst') findings.push(find('intel.decided', ''));
  const raw = scored.margin + (seen.local?.malicious ?? 0);
  const { machine, voices: reporterUnit } = calibrated(
    raw,
    opinion.reporterUnit ?? 0,
    opinion.calibration ?? AS_SHIPPED,
  );
  const margin = machine + reporterUnit;
  const spam = seen.local ? logistic(logit(scored.spam) + seen.local.unwanted) : scored.spam;
  const families = speakingFamilies(findings, scored);
  const exercise = seen.simulation ? ('NONE' as const) : null;
  // Named one by one, here and in weigh: a copy of everything is slow to make and slow to read.
  const disposition = dispose({
    bulkPoints: seen.bulkPoints,
    definitive: seen.definitive,
    authentication: seen.authentication,
    ownDomainFrom: seen.ownDomainFrom,
    registryHit: seen.registryHit,
    offersUnsubscribe: seen.offersUnsubscribe,
    floor: seen.floor,
    margin,
    marginWithoutReporter: machine,
    spam,
    families,
    association: seen.lure || isAssociated(seen),
    undecidedHigh: seen.missing.includes('ocr') || seen.missing.includes('attachment_contents'),
    spamFeed: false,
    allow: seen.allow?.trust ?? null,
    decided: opinion.decided?.disposition ?? exercise,
  });
  const impersonates = seen.registryHit && (disposition === 'MALICIOUS' || disposition === 'SPOOF');
  const byPerson = opinion.decided?.by === 'analyst' && disposition === 'MALICIOUS';
  const byEntry = seen.floor !== null && disposition === seen.floor;
  // An acceptable sender's mail is let pass where that is all there was; a trusted one's verdict stands beside it.
  const allowedBy = seen.allow && (seen.allow.trust === 'trusted' || disposition === 'NONE') ? seen.allow.id : null;
  return {
    disposition,
    score: logistic(margin),
    margin,
    marginWithoutReporter: machine,
    spamScore: spam,
    reporterUnit,
    ...(seen.local ? { localUnit: seen.local.malicious } : {}),
    findings: strongestFirst(findings),
    attributes: impersonates ? [...seen.attributes, 'BEC'] : [...seen.attributes],
    families,
    coverageMissing: seen.missing,
    definitive: !exercise && (seen.definitive || byEntry || byPerson),
    model: seen.model,
    engine: seen.engine,
    ...(allowedBy === null ? {} : { allowedBy }),
    ...(seen.simulation ? { simulation: seen.simulation.id } : {}),
    ...(opinion.decided ? { decidedBy: opinion.decided.by } : {}),
  };
}

/** The margin of a probability that is neither 0 nor 1: calibrated margins end at ±12. */
const logit = (p: number) => Math.log(p / (1 - p));

/** A cluster of distinct mails, or something shared with a confirmed case. */
function isAssociated({ campaign }: Weighed): boolean {
  return campaign !== null && (campaign.distinctMessages >= 2 || campaign.sharedWithConfirmed.length > 0);
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

function strongestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rank(a.severity) - rank(b.severity));
}

/** Families with a finding of weight, or whose share of the margin alone is phishing-like. Low findings explain, they do not count. */
function speakingFamilies(findings: readonly Finding[], scored: Score): Family[] {
  const families = new Set<Family>();
  for (const finding of findings)
    if (rank(finding.severity) <= rank('medium') && !WEIGHTLESS.has(finding.id)) families.add(finding.family);
  for (const family of ['text', 'url', 'identity'] as const)
    if (scored.shares[family] >= FAMILY_SPEAKS_AT) families.add(family);
  return [...families].sort();
}

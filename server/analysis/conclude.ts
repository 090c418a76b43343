import { type Family, type Finding, SEVERITIES, type Severity, type Verdict } from '../../shared/verdict.ts';
import { dispose } from './disposition.ts';
import { find, WEIGHTLESS } from './evidence/catalogue.ts';
import { logistic, type Score, score } from './model/score.ts';
import type { Observation } from './observe.ts';
import { FAMILY_SPEAKS_AT } from './thresholds.ts';
import type { AnalysisWorld } from './world.ts';

/** Version of findings, procedure and thresholds; a stored verdict names it. */
export const ENGINE_VERSION = '1';

/** What the model weighs and the reporters add; the rest of the world is in the observation already. */
export type ConcludingWorld = Pick<AnalysisWorld, 'model' | 'reporterUnit' | 'decided'>;

/** From what was seen to exactly one disposition with its reasons. */
export function conclude(seen: Observation, world: ConcludingWorld): Verdict {
  const scored = score(
    world.model,
    seen.features,
    seen.findings.map(({ id }) => id).filter((id) => !WEIGHTLESS.has(id)),
  );
  const findings = [...seen.findings];
  if (scored.shares.text >= FAMILY_SPEAKS_AT) findings.push(find('text.machine_margin', seen.subject));
  const reporterUnit = world.reporterUnit ?? 0;
  const margin = scored.margin + reporterUnit;
  const families = speakingFamilies(findings, scored);
  const disposition = dispose({
    ...seen,
    margin,
    marginWithoutReporter: scored.margin,
    spam: scored.spam,
    families,
    undecidedHigh: seen.missing.includes('ocr') || seen.missing.includes('attachment_contents'),
    spamFeed: false,
    allow: seen.allow?.trust ?? null,
    decided: world.decided?.disposition ?? null,
  });
  const impersonates = seen.registryHit && (disposition === 'MALICIOUS' || disposition === 'SPOOF');
  return {
    disposition,
    score: logistic(margin),
    margin,
    marginWithoutReporter: scored.margin,
    spamScore: scored.spam,
    reporterUnit,
    findings: strongestFirst(findings),
    attributes: impersonates ? [...seen.attributes, 'BEC'] : [...seen.attributes],
    families,
    coverageMissing: seen.missing,
    definitive: seen.definitive || seen.floor !== null,
    model: world.model.name,
    engine: ENGINE_VERSION,
    ...(seen.allow ? { allowedBy: seen.allow.id } : {}),
  };
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

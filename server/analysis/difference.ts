import type { Verdict } from '../../shared/verdict.ts';
import type { Weighed } from './conclude.ts';
import { GROUPS } from './model/features.ts';

/** One thing that is not the same in two verdicts on one mail, and that the disposition rests on. */
export interface Difference {
  /**
   * `disposition`, `model`, `engine`, `decided`, `floor`, `allow`, `authentication`, `association`, `definitive`, `missing`;
   * in logits: `text`, `url`, `identity`, `structure` (shares of the margin), `findings` (what is left of it), `local`,
   * `reporters`, `margin`; a probability: `spam`; `finding <id>` with its evidence, null where it is not there.
   */
  what: string;
  from: string | number | boolean | null;
  to: string | number | boolean | null;
}

export interface Concluded {
  weighed: Weighed;
  verdict: Verdict;
}

/** Logits below this are noise of another rounding. */
const NOTICEABLE = 0.005;

/** What changed, the disposition first, then what moved the margin most, then facts and findings; [] when nothing did. */
export function differencesOf(before: Concluded, after: Concluded): Difference[] {
  const facts = (one: Concluded): Record<string, string | boolean | null> => ({
    model: one.verdict.model,
    engine: one.verdict.engine,
    decided: one.verdict.decidedBy ? `${one.verdict.disposition} by ${one.verdict.decidedBy}` : null,
    floor: one.weighed.floor,
    allow: one.weighed.allow?.id ?? null,
    authentication: one.weighed.authentication.state,
    association: one.weighed.lure || (one.weighed.campaign?.distinctMessages ?? 0) >= 2,
    definitive: one.verdict.definitive,
    families: one.verdict.families.join(' '),
    missing: one.verdict.coverageMissing.join(' '),
  });
  const [factsBefore, factsAfter] = [facts(before), facts(after)];
  const changed = Object.keys(factsAfter)
    .filter((what) => factsBefore[what] !== factsAfter[what])
    .map((what) => ({ what, from: factsBefore[what] ?? null, to: factsAfter[what] ?? null }));
  const disposition =
    before.verdict.disposition === after.verdict.disposition
      ? []
      : [{ what: 'disposition', from: before.verdict.disposition, to: after.verdict.disposition }];
  return [...disposition, ...moved(before, after), ...changed, ...findingsChanged(before, after)];
}

function moved(before: Concluded, after: Concluded): Difference[] {
  const [from, to] = [logitsOf(before), logitsOf(after)];
  return Object.keys(to)
    .map((what) => ({ what, from: from[what] as number, to: to[what] as number }))
    .filter((one) => Math.abs(one.to - one.from) >= NOTICEABLE)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

/** The margin taken apart: what the groups have of it, what findings, bias and the rest add, the reporters on top. */
function logitsOf({ weighed, verdict }: Concluded): Record<string, number> {
  const { shares, margin } = weighed.scored;
  const groups = Object.fromEntries(GROUPS.map((group) => [group, shares[group]]));
  const rest = margin - GROUPS.reduce((sum, group) => sum + shares[group], 0);
  return {
    margin: verdict.margin,
    ...groups,
    findings: rest,
    local: verdict.localUnit ?? 0,
    reporters: verdict.reporterUnit,
    spam: verdict.spamScore,
  };
}

function findingsChanged(before: Concluded, after: Concluded): Difference[] {
  const evidence = ({ verdict }: Concluded) => new Map(verdict.findings.map((one) => [one.id, one.evidence]));
  const [from, to] = [evidence(before), evidence(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((id) => from.has(id) !== to.has(id))
    .map((id) => ({ what: `finding ${id}`, from: from.get(id) ?? null, to: to.get(id) ?? null }));
}

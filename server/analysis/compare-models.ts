import type { Disposition } from '../../shared/verdict.ts';
import { concludeWeighed, weigh } from './conclude.ts';
import { type Concluded, type Difference, differencesOf } from './difference.ts';
import { WEIGHTLESS } from './evidence/catalogue.ts';
import type { Model } from './model/model.ts';
import { score } from './model/score.ts';
import type { Observation } from './observe.ts';

/** What another model says of the same mail. */
export interface Compared {
  model: string;
  disposition: Disposition;
  score: number;
  margin: number;
  spam_score: number;
  /** The disposition is another one. */
  changed: boolean;
  /** Of a changed one: what makes the difference, the most first; [] otherwise. */
  because: Difference[];
}

/** @param before under the model that is compared with. @param other the model whose word is new */
export function compareModels(seen: Observation, before: Concluded, model: Model, other: Model): Compared {
  const weighed = weigh(seen, other);
  const verdict = concludeWeighed(weighed, {});
  const changed = verdict.disposition !== before.verdict.disposition;
  return {
    model: verdict.model,
    disposition: verdict.disposition,
    score: verdict.score,
    margin: verdict.margin,
    spam_score: verdict.spamScore,
    changed,
    because: changed ? reasons(seen, before, { weighed, verdict }, model, other) : [],
  };
}

function reasons(seen: Observation, before: Concluded, after: Concluded, model: Model, other: Model): Difference[] {
  const differences = differencesOf(before, after).filter(({ what }) => what !== 'model' && what !== 'disposition');
  return [...differences, ...findingWeights(seen, model, other)];
}

/** What each finding adds under either model: the margin with it less the margin without. */
function findingWeights(seen: Observation, model: Model, other: Model): Difference[] {
  const ids = seen.findings.map(({ id }) => id).filter((id) => !WEIGHTLESS.has(id));
  const weight = (of: Model, id: string) =>
    score(of, seen.features, ids).margin -
    score(
      of,
      seen.features,
      ids.filter((one) => one !== id),
    ).margin;
  return [...new Set(ids)]
    .map((id) => ({ what: `weight of ${id}`, from: weight(model, id), to: weight(other, id) }))
    .filter(({ from, to }) => Math.abs(to - from) >= 0.05)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .slice(0, 5);
}

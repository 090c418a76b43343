import type { Example } from './example.ts';
import { random } from './random.ts';
import { exampleOf, type Sample } from './sample.ts';
import { rawMargins, type Settings, settingsOf, trainWeights, type Weights } from './train.ts';

/** `byCluster`: weights that have not seen the mail's near-duplicates; `bySource`: nor, for benign mail and spam, anything of its source. */
export const HELD_OUT_KINDS = ['byCluster', 'bySource'] as const;
export type HeldOutKind = (typeof HELD_OUT_KINDS)[number];

export interface Unseen {
  /** Raw margins. */
  malicious: number;
  unwanted: number;
  /** The weights that gave them. */
  weights: Weights;
}

export interface HeldOut extends Record<HeldOutKind, Unseen> {
  sample: Sample;
  /** A scam that its source calls legitimate, by its findings: kept in every figure, but calibration does not learn from it. */
  mislabelled: boolean;
  /** Benign, and phishing to weights of both kinds that have not seen it: kept in every figure, but training does not learn from it. */
  doubted: boolean;
}

const FOLDS = 5;
/** Trainings of heldOut: both kinds of folds, once to find doubtful labels and once without them. */
export const HELD_OUT_STEPS = 2 * HELD_OUT_KINDS.length * FOLDS;

/**
 * Margins of every received sample under weights that have not seen its like.
 * @param onStep one call a finished training, HELD_OUT_STEPS in all
 */
export function heldOut(samples: readonly Sample[], seed: number, onStep: () => void): HeldOut[] {
  const settings = settingsOf(seed);
  const received = samples.filter((sample) => sample.role !== 'learnt');
  const learnable = samples.filter((sample) => sample.role !== 'measured');
  const sources = sourceFolds(received, seed);
  const examples = new Map(samples.map((sample) => [sample, exampleOf(sample)]));
  const fold = (sample: Sample, kind: HeldOutKind): number => {
    if (sample.role === 'learnt') return -1;
    if (kind === 'byCluster' || sample.label === 'malicious') return clusterFold(sample.cluster, seed);
    return sources.get(sample.source) ?? 0;
  };
  const margins = (kind: HeldOutKind, without: ReadonlySet<Sample>, using: Settings): Map<Sample, Unseen> => {
    const found = new Map<Sample, Unseen>();
    for (let at = 0; at < FOLDS; at++) {
      const training = learnable.filter((sample) => fold(sample, kind) !== at && !without.has(sample));
      const weights = trainWeights(
        training.map((sample) => examples.get(sample) as Example),
        using,
      );
      for (const sample of received)
        if (fold(sample, kind) === at)
          found.set(sample, { ...rawMargins(weights, examples.get(sample) as Example), weights });
      onStep();
    }
    return found;
  };
  const nobody: ReadonlySet<Sample> = new Set();
  // Linear weights are enough to find doubtful labels.
  const quick = { ...settings, network: null };
  const first = { byCluster: margins('byCluster', nobody, quick), bySource: margins('bySource', nobody, quick) };
  const phishy = (sample: Sample, kind: HeldOutKind) => (first[kind].get(sample) as Unseen).malicious > 0;
  const benign = received.filter((sample) => sample.label === 'benign');
  const mislabelled = new Set(benign.filter((sample) => offersMoney(sample) && phishy(sample, 'bySource')));
  const doubted = new Set(
    benign.filter((sample) => mislabelled.has(sample) || (phishy(sample, 'byCluster') && phishy(sample, 'bySource'))),
  );
  const last = { byCluster: margins('byCluster', doubted, settings), bySource: margins('bySource', doubted, settings) };
  return received.map((sample) => ({
    sample,
    mislabelled: mislabelled.has(sample),
    doubted: doubted.has(sample),
    byCluster: last.byCluster.get(sample) as Unseen,
    bySource: last.bySource.get(sample) as Unseen,
  }));
}

/** The phishing that figures are about: the source that training never saw where there is one, else all that is held out. */
export function phishingOf(held: readonly HeldOut[]): HeldOut[] {
  const phish = held.filter(({ sample }) => sample.label === 'malicious');
  const unseen = phish.filter(({ sample }) => sample.role === 'measured');
  return unseen.length > 0 ? unseen : phish;
}

/** Public lists carry other people's scams: a benign label with an offer of a stranger's money or a threat is doubted. */
function offersMoney(sample: Sample): boolean {
  return sample.seen.findings.some(({ id }) => id === 'text.advance_fee' || id === 'text.extortion');
}

function clusterFold(cluster: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < cluster.length; i++) h = Math.imul(h ^ cluster.charCodeAt(i), 0x01000193);
  return Math.floor(random(h)() * FOLDS);
}

/** Whole sources, the largest first, each onto the lightest fold. */
function sourceFolds(samples: readonly Sample[], seed: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { label, source } of samples) if (label !== 'malicious') sizes.set(source, (sizes.get(source) ?? 0) + 1);
  const load = Array.from({ length: FOLDS }, (_, at) => ((seed + at) % FOLDS) / FOLDS);
  const folds = new Map<string, number>();
  for (const [source, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const lightest = load.indexOf(Math.min(...load));
    folds.set(source, lightest);
    load[lightest] = (load[lightest] as number) + size;
  }
  return folds;
}

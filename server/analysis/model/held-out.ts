import { random } from './random.ts';
import { exampleOf, type Sample } from './sample.ts';
import { DEFAULT_SETTINGS, rawMargin, type Settings, trainOutput, type Weights } from './train.ts';

/** `byCluster`: weights that have not seen the mail's near-duplicates; `bySource`: nor, for benign mail and spam, anything of its source. */
export const HELD_OUT_KINDS = ['byCluster', 'bySource'] as const;
export type HeldOutKind = (typeof HELD_OUT_KINDS)[number];

export interface Unseen {
  /** Raw margins. */
  malicious: number;
  unwanted: number;
  /** The weights that gave them. */
  weights: { malicious: Weights; unwanted: Weights };
}

export interface HeldOut extends Record<HeldOutKind, Unseen> {
  sample: Sample;
  /** A scam that its source calls legitimate: kept in every figure, but training does not learn from it. */
  mislabelled: boolean;
}

const FOLDS = 5;
/** Trainings of heldOut: five to find mislabelled mail, then two kinds of folds with two outputs each. */
export const HELD_OUT_STEPS = FOLDS + HELD_OUT_KINDS.length * FOLDS * 2;

/**
 * Margins of every received sample under weights that have not seen its like.
 * @param onStep one call a finished training, HELD_OUT_STEPS in all
 */
export function heldOut(samples: readonly Sample[], seed: number, onStep: () => void): HeldOut[] {
  const settings: Settings = { ...DEFAULT_SETTINGS, seed };
  const received = samples.filter((sample) => !sample.written);
  const sources = sourceFolds(received, seed);
  const fold = (sample: Sample, kind: HeldOutKind): number => {
    if (sample.written) return -1;
    if (kind === 'byCluster' || sample.label === 'malicious') return clusterFold(sample.cluster, seed);
    return sources.get(sample.source) ?? 0;
  };
  const wrong = new Set<Sample>();
  for (let at = 0; at < FOLDS; at++) {
    const training = samples.filter((sample) => fold(sample, 'bySource') !== at).map(exampleOf);
    const weights = trainOutput(training, 'malicious', settings);
    for (const sample of received)
      if (fold(sample, 'bySource') === at && looksMislabelled(sample) && rawMargin(weights, exampleOf(sample)) > 0)
        wrong.add(sample);
    onStep();
  }
  const rows = new Map<Sample, Partial<HeldOut>>(
    received.map((sample) => [sample, { sample, mislabelled: wrong.has(sample) }]),
  );
  for (const kind of HELD_OUT_KINDS)
    for (let at = 0; at < FOLDS; at++) {
      const training = samples.filter((sample) => fold(sample, kind) !== at && !wrong.has(sample)).map(exampleOf);
      const malicious = trainOutput(training, 'malicious', settings);
      onStep();
      const unwanted = trainOutput(training, 'unwanted', settings);
      onStep();
      for (const [sample, row] of rows) {
        if (fold(sample, kind) !== at) continue;
        const example = exampleOf(sample);
        row[kind] = {
          malicious: rawMargin(malicious, example),
          unwanted: rawMargin(unwanted, example),
          weights: { malicious, unwanted },
        };
      }
    }
  return [...rows.values()] as HeldOut[];
}

/** Public lists carry other people's scams: a benign label with an offer of a stranger's money or a threat is doubted. */
function looksMislabelled(sample: Sample): boolean {
  return (
    sample.label === 'benign' &&
    sample.seen.findings.some(({ id }) => id === 'text.advance_fee' || id === 'text.extortion')
  );
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

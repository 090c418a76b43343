import type { Observation } from '../observe.ts';
import { FEATURES_VERSION } from './features.ts';
import { fitPlatt } from './metrics.ts';
import type { Model } from './model.ts';
import { random } from './random.ts';
import { DEFAULT_SETTINGS, type Example, rawMargin, type Settings, trainOutput, type Weights } from './train.ts';

/** A labelled mail of the corpus. */
export interface Sample {
  file: string;
  label: 'malicious' | 'spam' | 'benign';
  seen: Observation;
  /** Near-duplicates share one, so that a held-out mail has no twin in training. */
  cluster: string;
  source: string;
  /** Sub-label, year and language as the manifest has them; '' when unknown. */
  sub: string;
  year: string;
  language: string;
  /** Written for training, not received: never in validation. */
  written: boolean;
}

export interface HeldOut {
  sample: Sample;
  /** Raw margins under weights that have not seen the sample's cluster (`byCluster`) or, for benign and spam, its source (`bySource`). */
  byCluster: { malicious: number; unwanted: number };
  bySource: { malicious: number; unwanted: number };
}

export const FOLDS = 5;
/** Spam is no phishing, but old spam holds some: it speaks softly against. */
const SPAM_WEIGHT = 0.15;

export function exampleOf(sample: Sample): Example {
  const unwanted = sample.label === 'benign' ? 0 : 1;
  const weight = sample.written ? WRITTEN_WEIGHT : 1;
  return {
    features: sample.seen.features,
    findings: sample.seen.findings.map(({ id }) => id),
    malicious: { label: sample.label === 'malicious' ? 1 : 0, weight: sample.label === 'spam' ? SPAM_WEIGHT : weight },
    unwanted: { label: unwanted, weight },
  };
}
const WRITTEN_WEIGHT = 0.5;

/**
 * Margins of every received sample under weights that have not seen its like, twice: other clusters only, and
 * (for benign mail and spam) other sources only.
 * @param onStep one call a finished training; there are 4 * FOLDS
 */
export function heldOutMargins(samples: readonly Sample[], seed: number, onStep: () => void): HeldOut[] {
  const received = samples.filter((sample) => !sample.written);
  const held = received.map<HeldOut>((sample) => ({
    sample,
    byCluster: { malicious: 0, unwanted: 0 },
    bySource: { malicious: 0, unwanted: 0 },
  }));
  const sources = sourceFolds(received, seed);
  const settings = { ...DEFAULT_SETTINGS, seed };
  for (const kind of ['byCluster', 'bySource'] as const) {
    const fold = (sample: Sample) =>
      sample.written
        ? -1
        : kind === 'byCluster' || sample.label === 'malicious'
          ? clusterFold(sample.cluster, seed)
          : (sources.get(sample.source) ?? 0);
    for (let at = 0; at < FOLDS; at++) {
      const training = samples.filter((sample) => fold(sample) !== at).map(exampleOf);
      for (const output of ['malicious', 'unwanted'] as const) {
        const weights = trainOutput(training, output, settings);
        for (const each of held)
          if (fold(each.sample) === at) each[kind][output] = rawMargin(weights, exampleOf(each.sample));
        onStep();
      }
    }
  }
  return held;
}

function clusterFold(cluster: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < cluster.length; i++) h = Math.imul(h ^ cluster.charCodeAt(i), 0x01000193);
  return Math.floor(random(h)() * FOLDS);
}

/** Whole sources by size onto the lightest fold. */
function sourceFolds(samples: readonly Sample[], seed: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { label, source } of samples) if (label !== 'malicious') sizes.set(source, (sizes.get(source) ?? 0) + 1);
  const load = new Array<number>(FOLDS).fill(0);
  const folds = new Map<string, number>();
  const draw = random(seed);
  for (const [source, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const lightest = load.indexOf(Math.min(...load));
    folds.set(source, sizes.size < FOLDS ? Math.floor(draw() * FOLDS) : lightest);
    load[lightest] = (load[lightest] as number) + size;
  }
  return folds;
}

/** The model from all samples, calibrated on the held-out margins of both kinds. */
export function fitModel(
  samples: readonly Sample[],
  held: readonly HeldOut[],
  seed: number,
  name: string,
  onStep: () => void,
): Model {
  const settings: Settings = { ...DEFAULT_SETTINGS, seed };
  const examples = samples.map(exampleOf);
  const malicious = trainOutput(examples, 'malicious', settings);
  onStep();
  const unwanted = trainOutput(examples, 'unwanted', settings);
  onStep();
  const [tableMalicious, scaleMalicious] = quantise(malicious);
  const [tableUnwanted, scaleUnwanted] = quantise(unwanted);
  const trained: Record<string, number> = {};
  for (const sample of samples) {
    const key = `${sample.label}/${sample.written ? 'written' : sample.sub || sample.source}`;
    trained[key] = (trained[key] ?? 0) + 1;
  }
  return {
    name,
    buckets: settings.buckets,
    malicious: tableMalicious,
    unwanted: tableUnwanted,
    scale: { malicious: scaleMalicious, unwanted: scaleUnwanted },
    bias: { malicious: malicious.bias, unwanted: unwanted.bias },
    findings: malicious.findings,
    platt: { malicious: plattOf(held, 'malicious'), unwanted: plattOf(held, 'unwanted') },
    card: { seed, features: FEATURES_VERSION, trained, metrics: {} },
  };
}

function plattOf(held: readonly HeldOut[], output: 'malicious' | 'unwanted'): { a: number; b: number } {
  const margins: number[] = [];
  const labels: (0 | 1)[] = [];
  for (const { sample, byCluster, bySource } of held) {
    if (output === 'malicious' && sample.label === 'spam') continue;
    const label = sample.label === 'malicious' || (output === 'unwanted' && sample.label === 'spam') ? 1 : 0;
    margins.push(byCluster[output], bySource[output]);
    labels.push(label, label);
  }
  return fitPlatt(margins, labels);
}

/** Weights as int8 with one scale: the largest becomes 127. Beyond eight deviations of what is used, weights are clipped. */
function quantise(weights: Weights): [Int8Array, number] {
  let sum = 0;
  let used = 0;
  for (const weight of weights.table)
    if (weight !== 0) {
      sum += weight * weight;
      used++;
    }
  const largest = 8 * Math.sqrt(sum / Math.max(1, used)) || 1;
  const scale = largest / 127;
  return [Int8Array.from(weights.table, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale)))), scale];
}

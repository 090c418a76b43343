import { FEATURES_VERSION, type Features, GROUPS } from '../model/features.ts';
import { random, shuffled } from '../model/random.ts';
import { groupLength, logistic } from '../model/score.ts';
import { bounded, LOCAL_BUCKETS, LOCAL_MOST, type LocalTable, rawShare } from './table.ts';

/** One mail as the local table learns from it. */
export interface LocalExample {
  features: Features;
  /** The shipped model's calibrated margins, in logits. */
  base: { malicious: number; unwanted: number };
  /** What each margin should say at least, as a probability on its side of 0.5; null leaves the mail out of that output. */
  target: { malicious: number | null; unwanted: number | null };
  weight: { malicious: number; unwanted: number };
  /** How strongly the table is held to say nothing about this mail: half of it times the share squared is its loss. */
  pull: number;
}

const EPOCHS = 16;
/** Plain steps, not scaled by what a weight has moved before: half the weight of a label must move half as much. */
const RATE = 0.12;
/** L2 of a weight, per step on the features of the mail at hand: what is not said again fades to the shipped model. */
const DECAY = 2e-4;

// Looked up once: in a test's context every look at a global costs.
const { abs, max, round, tanh } = Math;

/**
 * Logistic regression on top of the shipped model's margin. There is no bias: a table can only say something
 * of features. Deterministic for a seed and an order of examples.
 */
export function fitLocal(examples: readonly LocalExample[], head: { version: number; baseDigest: string }): LocalTable {
  const malicious = quantised(fitOutput(examples, 'malicious'));
  const unwanted = quantised(fitOutput(examples, 'unwanted'));
  return {
    ...head,
    features: FEATURES_VERSION,
    malicious: malicious.table,
    unwanted: unwanted.table,
    scale: { malicious: malicious.scale, unwanted: unwanted.scale },
  };
}

function fitOutput(examples: readonly LocalExample[], output: 'malicious' | 'unwanted'): Float32Array {
  const weights = new Float32Array(LOCAL_BUCKETS);
  const mask = LOCAL_BUCKETS - 1;
  const draw = random(11);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const at of shuffled(examples.length, draw)) {
      const example = examples[at] as LocalExample;
      const target = example.target[output];
      const weight = example.weight[output];
      if ((target === null || weight === 0) && example.pull === 0) continue;
      const raw = rawShare(weights, example.features);
      const slope = 1 - tanh(raw / LOCAL_MOST) ** 2;
      const share = bounded(raw);
      const error = target === null ? 0 : short(logistic(example.base[output] + share) - target, target) * weight;
      const gradient = (error + example.pull * share) * slope;
      for (const group of GROUPS) {
        const hashes = example.features[group];
        if (hashes.length === 0) continue;
        const value = gradient / groupLength(hashes.length);
        for (let i = 0; i < hashes.length; i++) {
          const bucket = (hashes[i] as number) & mask;
          const step = value + DECAY * (weights[bucket] as number);
          weights[bucket] = (weights[bucket] as number) - RATE * step;
        }
      }
    }
  }
  return weights;
}

/** A mail that is surer than its label asks for is not pulled back: labels that agree with the model move nothing. */
const short = (error: number, target: number) => (error > 0 === target > 0.5 ? 0 : error);

function quantised(weights: Float32Array): { table: Int8Array; scale: number } {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = max(largest, abs(weights[i] as number));
  const scale = largest || 1;
  const table = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) table[i] = round((127 * (weights[i] as number)) / scale);
  return { table, scale };
}

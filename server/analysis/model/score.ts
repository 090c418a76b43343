import { LEAST_WEIGHT } from '../evidence/least-weights.ts';
import { type Features, GROUPS, type Group, WEIGHED, WEIGHED_GROUPS, type WeighedGroup } from './features.ts';
import type { Model, Platt } from './model.ts';
import { NetworkSums, WIDTH } from './network.ts';

// Looked up once: in a test's context every look at a global costs.
const { abs, imul } = Math;

/** What the model says of one mail. */
export interface Score {
  /** Calibrated margin of MALICIOUS in logits, all machine evidence. */
  margin: number;
  /** P(unwanted). */
  spam: number;
  /** Each group's share of the margin, in calibrated logits. */
  shares: Record<Group, number>;
}

/** @param findings ids of the findings of this mail; those without a learned and a least weight add nothing */
export function score(model: Model, features: Features, findings: readonly string[]): Score {
  const { platt, network } = model;
  const { linear, vectors } = tablesOf(model);
  const linearMask = linear.length - 1;
  const vectorsMask = vectors.length - 1;
  let raw = model.bias.malicious;
  let unwanted = model.bias.unwanted;
  const shares = { text: 0, url: 0, identity: 0, structure: 0 };
  const sums = network && new NetworkSums(network.layer);
  const step = { malicious: stepOf(model.scale.malicious), unwanted: stepOf(model.scale.unwanted) };
  const networkStep = network ? stepOf(network.scale) : 0;
  for (let group = 0; group < WEIGHED_GROUPS.length; group++) {
    const name = WEIGHED_GROUPS[group] as WeighedGroup;
    const hashes = features[name];
    if (hashes.length === 0) continue;
    let sum = 0;
    let sumUnwanted = 0;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i] as number;
      const weights = linear[hash & linearMask] as number;
      const vector = vectors[hash & vectorsMask] as number;
      sum = (sum + steps((weights << 24) >> 24)) | 0;
      sumUnwanted = (sumUnwanted + steps(weights >> 8)) | 0;
      a = (a + steps((vector << 24) >> 24)) | 0;
      b = (b + steps((vector << 16) >> 24)) | 0;
      c = (c + steps((vector << 8) >> 24)) | 0;
      d = (d + steps(vector >> 24)) | 0;
    }
    const length = groupLength(hashes.length);
    const share = (sum * step.malicious) / length;
    shares[WEIGHED[name]] += share * platt.malicious.a;
    raw += share;
    unwanted += (sumUnwanted * step.unwanted) / length;
    sums?.add(group, hashes.length, a * networkStep, b * networkStep, c * networkStep, d * networkStep);
  }
  if (network && sums) {
    const said = sums.margin();
    raw += network.share * said.margin;
    for (const group of GROUPS) shares[group] += network.share * platt.malicious.a * said.shares[group];
  }
  for (const id of findings) raw += Math.max(model.findings[id] ?? 0, (LEAST_WEIGHT[id] ?? 0) / platt.malicious.a);
  return { margin: calibrated(platt.malicious, raw), spam: logistic(calibrated(platt.unwanted, unwanted)), shares };
}

/** A companded weight in whole steps (quantise.ts); sums of a hundred thousand of them are still whole. */
function steps(value: number): number {
  return imul(value, abs(value));
}

/** What one such step is worth. */
const stepOf = (scale: number) => scale / (127 * 127);

/** What belongs to one bucket in one place: a table is too large for the nearest cache, and each look into it is a wait. */
interface Tables {
  /** Malicious in the low byte, unwanted in the high one. */
  linear: Int16Array;
  /** The four values of the network's vector, the first in the lowest byte. */
  vectors: Int32Array;
}

/** Made once a model; a cache, not state. */
const tables = new WeakMap<Model, Tables>();

function tablesOf(model: Model): Tables {
  const known = tables.get(model);
  if (known) return known;
  const { malicious, unwanted, network } = model;
  const linear = new Int16Array(model.buckets);
  for (let i = 0; i < linear.length; i++) linear[i] = ((unwanted[i] as number) << 8) | ((malicious[i] as number) & 255);
  const vectors = new Int32Array(network ? network.buckets : 1);
  if (network)
    for (let i = 0; i < vectors.length; i++)
      for (let place = 0; place < WIDTH; place++)
        vectors[i] = (vectors[i] as number) | (((network.vectors[i * WIDTH + place] as number) & 255) << (8 * place));
  const made = { linear, vectors };
  tables.set(model, made);
  return made;
}

/** A group counts by its direction, not by its size. */
export function groupLength(features: number): number {
  return Math.sqrt(features);
}

export function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** Margins beyond this say nothing more. */
const MOST_MARGIN = 12;

function calibrated(platt: Platt, raw: number): number {
  return Math.max(-MOST_MARGIN, Math.min(MOST_MARGIN, platt.a * raw + platt.b));
}

import { LEAST_WEIGHT } from '../evidence/least-weights.ts';
import { type Features, GROUPS, type Group, WEIGHED, WEIGHED_GROUPS } from './features.ts';
import type { Model, Platt } from './model.ts';
import { networkMargin } from './network.ts';
import { expand, expandAll } from './quantise.ts';

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
  const mask = model.buckets - 1;
  const { platt } = model;
  const { malicious: real, unwanted: realUnwanted, vectors } = weightsOf(model);
  let raw = model.bias.malicious;
  let unwanted = model.bias.unwanted;
  const shares = { text: 0, url: 0, identity: 0, structure: 0 };
  for (const group of WEIGHED_GROUPS) {
    const hashes = features[group];
    if (hashes.length === 0) continue;
    let sum = 0;
    let sumUnwanted = 0;
    for (let i = 0; i < hashes.length; i++) {
      const bucket = (hashes[i] as number) & mask;
      sum += real[(model.malicious[bucket] as number) + 128] as number;
      sumUnwanted += realUnwanted[(model.unwanted[bucket] as number) + 128] as number;
    }
    const length = groupLength(hashes.length);
    const share = sum / length;
    shares[WEIGHED[group]] += share * platt.malicious.a;
    raw += share;
    unwanted += sumUnwanted / length;
  }
  if (model.network && vectors) {
    const { share, layer } = model.network;
    const network = networkMargin(vectors, layer, features);
    raw += share * network.margin;
    for (const group of GROUPS) shares[group] += share * platt.malicious.a * network.shares[group];
  }
  for (const id of findings) raw += Math.max(model.findings[id] ?? 0, (LEAST_WEIGHT[id] ?? 0) / platt.malicious.a);
  return { margin: calibrated(platt.malicious, raw), spam: logistic(calibrated(platt.unwanted, unwanted)), shares };
}

/** Expanded once a model; a cache, not state. */
const expanded = new WeakMap<Model, RealWeights>();

interface RealWeights {
  malicious: Float64Array;
  unwanted: Float64Array;
  vectors: Float32Array | null;
}

function weightsOf(model: Model): RealWeights {
  const known = expanded.get(model);
  if (known) return known;
  const weights = {
    malicious: expand(model.scale.malicious),
    unwanted: expand(model.scale.unwanted),
    vectors: model.network && expandAll(model.network.vectors, model.network.scale),
  };
  expanded.set(model, weights);
  return weights;
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

import type { Severity } from '../../../shared/verdict.ts';
import { CATALOGUE, FINDING_IDS, WEIGHTLESS } from '../evidence/catalogue.ts';
import { type Features, GROUPS } from './features.ts';
import { random, shuffled } from './random.ts';
import { groupLength, logistic } from './score.ts';

/** One mail as training sees it. */
export interface Example {
  features: Features;
  /** Ids of the findings of this mail. */
  findings: string[];
  /** 1 phishing or malware, 0 not; weight 0 leaves the mail out of this output. */
  malicious: { label: 0 | 1; weight: number };
  unwanted: { label: 0 | 1; weight: number };
}

export interface Settings {
  buckets: number;
  epochs: number;
  rate: number;
  /** L2 of a hashed weight, per step on the features of the mail at hand. */
  decay: number;
  seed: number;
  /** Chance that a group of a mail is left out of one step, so that no group learns to lean on another. */
  dropout: number;
}

export const DEFAULT_SETTINGS: Settings = {
  buckets: 1 << 20,
  epochs: 6,
  rate: 0.25,
  decay: 3e-5,
  seed: 1,
  dropout: 0.3,
};

export interface Weights {
  table: Float32Array;
  bias: number;
  findings: Record<string, number>;
}

/** Where a finding's weight starts and how far it may go, by severity: an expert's guess until the corpus has seen it. */
const START: Record<Severity, number> = { critical: 2, high: 1.2, medium: 0.5, low: 0.15, info: 0 };
const CAP: Record<Severity, number> = { critical: 3, high: 2.2, medium: 1.2, low: 0.6, info: 0 };
/** Pull of a finding's weight back to its start, per mail that shows it. */
const PULL = 0.002;

/** Logistic regression by AdaGrad over hashed features (grouped, each group scaled by its length) and findings. Deterministic for a seed. */
export function trainOutput(
  examples: readonly Example[],
  output: 'malicious' | 'unwanted',
  settings: Settings,
  onEpoch?: (epoch: number) => void,
): Weights {
  const mask = settings.buckets - 1;
  const table = new Float32Array(settings.buckets);
  const squares = new Float32Array(settings.buckets).fill(1e-3);
  const usesFindings = output === 'malicious';
  const start = FINDING_IDS.map((id) => (usesFindings && !WEIGHTLESS.has(id) ? START[CATALOGUE[id][0]] : 0));
  const cap = FINDING_IDS.map((id) => (usesFindings && !WEIGHTLESS.has(id) ? CAP[CATALOGUE[id][0]] : 0));
  const findings = Float64Array.from(start);
  const findingSquares = new Float64Array(findings.length).fill(1);
  const index = new Map(FINDING_IDS.map((id, at) => [id as string, at]));
  const draw = random(settings.seed);
  let bias = 0;
  let biasSquare = 1;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const at of shuffled(examples.length, draw)) {
      const example = examples[at] as Example;
      const { label, weight } = example[output];
      if (weight === 0) continue;
      let raw = bias;
      const groups = GROUPS.filter(() => draw() >= settings.dropout);
      for (const group of groups) {
        const hashes = example.features[group];
        if (hashes.length === 0) continue;
        let sum = 0;
        for (let i = 0; i < hashes.length; i++) sum += table[(hashes[i] as number) & mask] as number;
        raw += sum / groupLength(hashes.length);
      }
      if (usesFindings) for (const id of example.findings) raw += findings[index.get(id) ?? -1] ?? 0;
      const gradient = (logistic(raw) - label) * weight;
      for (const group of groups) {
        const hashes = example.features[group];
        if (hashes.length === 0) continue;
        const value = gradient / groupLength(hashes.length);
        for (let i = 0; i < hashes.length; i++) {
          const bucket = (hashes[i] as number) & mask;
          const step = value + settings.decay * (table[bucket] as number);
          squares[bucket] = (squares[bucket] as number) + step * step;
          table[bucket] = (table[bucket] as number) - (settings.rate * step) / Math.sqrt(squares[bucket] as number);
        }
      }
      if (usesFindings)
        for (const id of example.findings) {
          const found = index.get(id);
          if (found === undefined) continue;
          const step = gradient + PULL * ((findings[found] as number) - (start[found] as number));
          findingSquares[found] = (findingSquares[found] as number) + step * step;
          const moved = (findings[found] as number) - (0.1 * step) / Math.sqrt(findingSquares[found] as number);
          findings[found] = Math.max(0, Math.min(cap[found] as number, moved));
        }
      biasSquare += gradient * gradient;
      bias -= (settings.rate * gradient) / Math.sqrt(biasSquare);
    }
    onEpoch?.(epoch + 1);
  }
  return {
    table,
    bias,
    findings: Object.fromEntries(FINDING_IDS.map((id, at) => [id, round(findings[at] as number)])),
  };
}

const round = (n: number) => Math.round(n * 1000) / 1000;

/** Raw margin of an example under weights that are not quantised yet. */
export function rawMargin(weights: Weights, example: Pick<Example, 'features' | 'findings'>): number {
  const mask = weights.table.length - 1;
  let raw = weights.bias;
  for (const group of GROUPS) {
    const hashes = example.features[group];
    if (hashes.length === 0) continue;
    let sum = 0;
    for (let i = 0; i < hashes.length; i++) sum += weights.table[(hashes[i] as number) & mask] as number;
    raw += sum / groupLength(hashes.length);
  }
  for (const id of example.findings) raw += weights.findings[id] ?? 0;
  return raw;
}

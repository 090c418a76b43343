import type { Severity } from '../../../shared/verdict.ts';
import { CATALOGUE, FINDING_IDS, WEIGHTLESS } from '../evidence/catalogue.ts';
import type { Example } from './example.ts';
import { WEIGHED_GROUPS } from './features.ts';
import { random, shuffled } from './random.ts';
import { groupLength, logistic } from './score.ts';

export interface LinearSettings {
  buckets: number;
  epochs: number;
  rate: number;
  /** L2 of a hashed weight, per step on the features of the mail at hand. */
  decay: number;
  seed: number;
  /** Chance that a group of a mail is left out of one step, so that no group learns to lean on another. */
  dropout: number;
  /** Chance that a single feature is left out of one step, so that no weight rests on one word. */
  featureDropout: number;
}

export const LINEAR_SETTINGS: LinearSettings = {
  buckets: 1 << 19,
  epochs: 6,
  rate: 0.25,
  decay: 3e-4,
  seed: 1,
  dropout: 0.3,
  featureDropout: 0.3,
};

/** Weights of both outputs: bucket i has malicious at 2i and unwanted at 2i + 1. */
export interface LinearWeights {
  table: Float32Array;
  bias: { malicious: number; unwanted: number };
  /** Of the malicious output alone. */
  findings: Record<string, number>;
}

/** Where a finding's weight starts and how far it may go, by severity: an expert's guess until the corpus has seen it. */
const START: Record<Severity, number> = { critical: 2, high: 1.2, medium: 0.5, low: 0.15, info: 0 };
const CAP: Record<Severity, number> = { critical: 3, high: 2.2, medium: 1.2, low: 0.6, info: 0 };
/** Pull of a finding's weight back to its start, per mail that shows it. */
const PULL = 0.002;

// Looked up once: in a test's context every look at a global costs.
const { max, min, round, sqrt } = Math;

/**
 * Logistic regression by AdaGrad over hashed features (grouped, each group scaled by its length) and findings, both
 * outputs in one pass. Deterministic for a seed.
 */
export function trainLinear(examples: readonly Example[], settings: LinearSettings): LinearWeights {
  const { buckets, rate, decay } = settings;
  const mask = buckets - 1;
  const table = new Float32Array(2 * buckets);
  const squares = new Float32Array(2 * buckets).fill(1e-3);
  const findings = new FindingWeights();
  const draw = random(settings.seed);
  const bias = [0, 0];
  const biasSquares = [1, 1];
  const active = new Uint32Array(longest(examples));
  const ends = new Uint32Array(WEIGHED_GROUPS.length);
  const dropped = settings.featureDropout * 0x100000000;
  let noise = (settings.seed * 2654435761) | 1;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const at of shuffled(examples.length, draw)) {
      const example = examples[at] as Example;
      let malicious = bias[0] as number;
      let unwanted = bias[1] as number;
      let count = 0;
      for (let group = 0; group < WEIGHED_GROUPS.length; group++) {
        const hashes = example.features[WEIGHED_GROUPS[group] as (typeof WEIGHED_GROUPS)[number]];
        const start = count;
        if (draw() >= settings.dropout)
          for (let i = 0; i < hashes.length; i++) {
            noise ^= noise << 13;
            noise ^= noise >>> 17;
            noise ^= noise << 5;
            if (noise >>> 0 >= dropped) active[count++] = 2 * ((hashes[i] as number) & mask);
          }
        ends[group] = count;
        if (count === start) continue;
        let sum = 0;
        let sumUnwanted = 0;
        for (let i = start; i < count; i++) {
          const bucket = active[i] as number;
          sum += table[bucket] as number;
          sumUnwanted += table[bucket + 1] as number;
        }
        const length = groupLength(count - start);
        malicious += sum / length;
        unwanted += sumUnwanted / length;
      }
      malicious += findings.sum(example.findings);
      const gradient = (logistic(malicious) - example.malicious.label) * example.malicious.weight;
      const gradientUnwanted = (logistic(unwanted) - example.unwanted.label) * example.unwanted.weight;
      for (let group = 0, i = 0; group < ends.length; group++) {
        const end = ends[group] as number;
        const length = groupLength(end - i);
        const value = gradient / length;
        const valueUnwanted = gradientUnwanted / length;
        for (; i < end; i++) {
          const bucket = active[i] as number;
          const step = value + decay * (table[bucket] as number);
          const square = (squares[bucket] as number) + step * step;
          squares[bucket] = square;
          table[bucket] = (table[bucket] as number) - (rate * step) / sqrt(square);
          const other = bucket + 1;
          const stepUnwanted = valueUnwanted + decay * (table[other] as number);
          const squareUnwanted = (squares[other] as number) + stepUnwanted * stepUnwanted;
          squares[other] = squareUnwanted;
          table[other] = (table[other] as number) - (rate * stepUnwanted) / sqrt(squareUnwanted);
        }
      }
      if (gradient !== 0) findings.step(example.findings, gradient);
      for (const [output, g] of [gradient, gradientUnwanted].entries()) {
        biasSquares[output] = (biasSquares[output] as number) + g * g;
        bias[output] = (bias[output] as number) - (rate * g) / sqrt(biasSquares[output] as number);
      }
    }
  }
  return {
    table,
    bias: { malicious: bias[0] as number, unwanted: bias[1] as number },
    findings: findings.named(),
  };
}

function longest(examples: readonly Example[]): number {
  let most = 0;
  for (const { features } of examples)
    most = max(
      most,
      WEIGHED_GROUPS.reduce((sum, group) => sum + features[group].length, 0),
    );
  return most;
}

/** Weights of the findings: never negative, at most a cap, pulled to an expert's guess. */
class FindingWeights {
  private readonly start = FINDING_IDS.map((id) => (WEIGHTLESS.has(id) ? 0 : START[CATALOGUE[id][0]]));
  private readonly cap = FINDING_IDS.map((id) => (WEIGHTLESS.has(id) ? 0 : CAP[CATALOGUE[id][0]]));
  private readonly weights = Float64Array.from(this.start);
  private readonly squares = new Float64Array(FINDING_IDS.length).fill(1);
  private readonly index = new Map(FINDING_IDS.map((id, at) => [id as string, at]));

  sum(ids: readonly string[]): number {
    let sum = 0;
    for (const id of ids) sum += this.weights[this.index.get(id) ?? -1] ?? 0;
    return sum;
  }

  step(ids: readonly string[], gradient: number): void {
    for (const id of ids) {
      const at = this.index.get(id);
      if (at === undefined) continue;
      const step = gradient + PULL * ((this.weights[at] as number) - (this.start[at] as number));
      this.squares[at] = (this.squares[at] as number) + step * step;
      const moved = (this.weights[at] as number) - (0.1 * step) / sqrt(this.squares[at] as number);
      this.weights[at] = max(0, min(this.cap[at] as number, moved));
    }
  }

  named(): Record<string, number> {
    return Object.fromEntries(FINDING_IDS.map((id, at) => [id, round((this.weights[at] as number) * 1000) / 1000]));
  }
}

import type { Example } from './example.ts';
import { WEIGHED_GROUPS } from './features.ts';
import { type Layer, WIDTH } from './network.ts';
import { random, shuffled } from './random.ts';
import { groupLength, logistic } from './score.ts';

export interface NetworkSettings {
  buckets: number;
  hidden: number;
  epochs: number;
  rate: number;
  /** Of the hidden layer and the outputs. */
  layerRate: number;
  decay: number;
  seed: number;
  /** Chances that a group, and that a single feature, is left out of one step: without them it learns the corpus by heart. */
  dropout: number;
  featureDropout: number;
}

export const NETWORK_SETTINGS: NetworkSettings = {
  buckets: 1 << 18,
  hidden: 16,
  epochs: 3,
  rate: 0.05,
  layerRate: 0.02,
  decay: 1e-3,
  seed: 1,
  dropout: 0.5,
  featureDropout: 0.6,
};

export interface NetworkWeights {
  buckets: number;
  vectors: Float32Array;
  layer: Layer;
}

// Looked up once: in a test's context every look at a global costs.
const { sqrt, max } = Math;
const LAYER_DECAY = 1e-4;

/** The malicious output by AdaGrad, a step a mail; the vectors of a bucket share one rate. Deterministic for a seed. */
export function trainNetwork(examples: readonly Example[], settings: NetworkSettings): NetworkWeights {
  const { buckets, hidden, rate, layerRate, decay } = settings;
  const mask = buckets - 1;
  const inputs = WEIGHED_GROUPS.length * WIDTH;
  const draw = random(settings.seed);
  const vectors = new Float32Array(buckets * WIDTH);
  for (let i = 0; i < vectors.length; i++) vectors[i] = 0.2 * (draw() - 0.5);
  const vectorSquares = new Float32Array(buckets).fill(1e-2);
  const input = Float64Array.from({ length: hidden * inputs }, () => 2 * (draw() - 0.5) * sqrt(3 / inputs));
  const output = Float64Array.from({ length: hidden }, () => 2 * (draw() - 0.5) * sqrt(3 / hidden));
  const inputBias = new Float64Array(hidden);
  const outputBias = new Float64Array(1);
  const squares = {
    input: new Float64Array(input.length).fill(1e-2),
    output: new Float64Array(output.length).fill(1e-2),
    inputBias: new Float64Array(hidden).fill(1e-2),
    outputBias: new Float64Array(1).fill(1),
  };
  const x = new Float64Array(inputs);
  const dx = new Float64Array(inputs);
  const units = new Float64Array(hidden);
  const active = new Uint32Array(examples.reduce((most, { features }) => max(most, countOf(features)), 0));
  const ends = new Uint32Array(WEIGHED_GROUPS.length);
  const dropped = settings.featureDropout * 0x100000000;
  let noise = (settings.seed * 2654435761) | 1;

  /** Fills `active` and `x` with what of the mail is left in this step. */
  const read = ({ features }: Example): void => {
    x.fill(0);
    let count = 0;
    for (let group = 0; group < WEIGHED_GROUPS.length; group++) {
      const hashes = features[WEIGHED_GROUPS[group] as (typeof WEIGHED_GROUPS)[number]];
      const start = count;
      if (draw() >= settings.dropout)
        for (let i = 0; i < hashes.length; i++) {
          noise ^= noise << 13;
          noise ^= noise >>> 17;
          noise ^= noise << 5;
          if (noise >>> 0 >= dropped) active[count++] = ((hashes[i] as number) & mask) * WIDTH;
        }
      ends[group] = count;
      if (count === start) continue;
      const first = group * WIDTH;
      for (let i = start; i < count; i++) {
        const at = active[i] as number;
        for (let k = 0; k < WIDTH; k++) x[first + k] = (x[first + k] as number) + (vectors[at + k] as number);
      }
      const length = groupLength(count - start);
      for (let k = 0; k < WIDTH; k++) x[first + k] = (x[first + k] as number) / length;
    }
  };
  const learnLayer = (gradient: number): void => {
    dx.fill(0);
    for (let unit = 0; unit < hidden; unit++) {
      const value = units[unit] as number;
      if (value <= 0) continue;
      const back = gradient * (output[unit] as number);
      adapt(output, squares.output, unit, gradient * value, layerRate);
      for (let i = 0; i < inputs; i++) {
        if (x[i] === 0) continue;
        const at = unit * inputs + i;
        dx[i] = (dx[i] as number) + back * (input[at] as number);
        adapt(input, squares.input, at, back * (x[i] as number), layerRate);
      }
      adapt(inputBias, squares.inputBias, unit, back, layerRate);
    }
    adapt(outputBias, squares.outputBias, 0, gradient, 0.25);
  };
  const learnVectors = (): void => {
    for (let group = 0, i = 0; group < ends.length; group++) {
      const end = ends[group] as number;
      const length = groupLength(end - i);
      const first = group * WIDTH;
      let square = 0;
      for (let k = 0; k < WIDTH; k++) square += ((dx[first + k] as number) / length) ** 2 / WIDTH;
      for (; i < end; i++) {
        const at = active[i] as number;
        const sum = (vectorSquares[at / WIDTH] as number) + square;
        vectorSquares[at / WIDTH] = sum;
        const step = rate / sqrt(sum);
        for (let k = 0; k < WIDTH; k++) {
          const value = vectors[at + k] as number;
          vectors[at + k] = value - step * ((dx[first + k] as number) / length + decay * value);
        }
      }
    }
  };

  for (let epoch = 0; epoch < settings.epochs; epoch++)
    for (const at of shuffled(examples.length, draw)) {
      const example = examples[at] as Example;
      if (example.malicious.weight === 0) continue;
      read(example);
      let margin = outputBias[0] as number;
      for (let unit = 0; unit < hidden; unit++) {
        let sum = inputBias[unit] as number;
        for (let i = 0; i < inputs; i++) sum += (input[unit * inputs + i] as number) * (x[i] as number);
        units[unit] = max(0, sum);
        margin += (output[unit] as number) * (units[unit] as number);
      }
      learnLayer((logistic(margin) - example.malicious.label) * example.malicious.weight);
      learnVectors();
    }
  return { buckets, vectors, layer: { hidden, input, inputBias, output, outputBias: outputBias[0] as number } };
}

function adapt(weights: Float64Array, squares: Float64Array, at: number, gradient: number, rate: number): void {
  const weight = weights[at] as number;
  const square = (squares[at] as number) + gradient * gradient;
  squares[at] = square;
  weights[at] = weight - (rate * (gradient + LAYER_DECAY * weight)) / sqrt(square);
}

function countOf(features: Example['features']): number {
  return WEIGHED_GROUPS.reduce((sum, group) => sum + features[group].length, 0);
}

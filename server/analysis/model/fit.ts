import { FEATURES_VERSION } from './features.ts';
import { HELD_OUT_KINDS, type HeldOut } from './held-out.ts';
import { fitPlatt } from './metrics.ts';
import type { Model, Platt } from './model.ts';
import { quantise } from './quantise.ts';
import { exampleOf, type Sample } from './sample.ts';
import { NETWORK_SHARE, settingsOf, trainWeights, type Weights } from './train.ts';
import type { NetworkWeights } from './train-network.ts';

/** Calibration of both outputs on the margins of mail that training had not seen, both kinds of folds together; of a source kept out of training nothing is learnt here either. */
export function calibrate(held: readonly HeldOut[]): Model['platt'] {
  return { malicious: plattOf(held, 'malicious'), unwanted: plattOf(held, 'unwanted') };
}

function plattOf(held: readonly HeldOut[], output: 'malicious' | 'unwanted'): Platt {
  const margins: number[] = [];
  const labels: (0 | 1)[] = [];
  for (const each of held) {
    if (each.mislabelled || each.sample.role === 'measured' || (output === 'malicious' && each.sample.label === 'spam'))
      continue;
    const positive = each.sample.label === 'malicious' || (output === 'unwanted' && each.sample.label === 'spam');
    for (const kind of HELD_OUT_KINDS) {
      margins.push(each[kind][output]);
      labels.push(positive ? 1 : 0);
    }
  }
  return fitPlatt(margins, labels);
}

/** Weights of one training as a model: quantised, calibrated, named. */
export function modelOf(weights: Weights, platt: Model['platt'], name: string, card: Model['card']): Model {
  const malicious = quantise(weights.table, 0, 2);
  const unwanted = quantise(weights.table, 1, 2);
  return {
    name,
    buckets: malicious.table.length,
    malicious: malicious.table,
    unwanted: unwanted.table,
    scale: { malicious: malicious.scale, unwanted: unwanted.scale },
    bias: weights.bias,
    findings: weights.findings,
    network: weights.network && networkOf(weights.network),
    platt,
    card,
  };
}

function networkOf({ vectors, layer, ...shape }: NetworkWeights): NonNullable<Model['network']> {
  const { table, scale } = quantise(vectors);
  const list = (numbers: ArrayLike<number>) => Array.from(numbers, (n) => Math.round(n * 1e5) / 1e5);
  const { hidden, input, inputBias, output, outputBias } = layer;
  return {
    ...shape,
    vectors: table,
    scale,
    share: NETWORK_SHARE,
    layer: { hidden, input: list(input), inputBias: list(inputBias), output: list(output), outputBias },
  };
}

/** The model from all samples but those that are doubted; onStep when the training is done. */
export function fitModel(
  samples: readonly Sample[],
  held: readonly HeldOut[],
  seed: number,
  name: string,
  onStep: () => void,
): Model {
  const wrong = new Set(held.filter((each) => each.doubted).map((each) => each.sample));
  const learnt = samples.filter((sample) => sample.role !== 'measured' && !wrong.has(sample));
  const weights = trainWeights(learnt.map(exampleOf), settingsOf(seed));
  onStep();
  const trained: Record<string, number> = {};
  for (const sample of learnt) {
    const key = `${sample.label}: ${sample.written ? 'written' : sample.sub || 'unnamed'}`;
    trained[key] = (trained[key] ?? 0) + 1;
  }
  if (wrong.size > 0) trained['left out as doubtful'] = wrong.size;
  return modelOf(weights, calibrate(held), name, {
    seed,
    features: FEATURES_VERSION,
    trained,
    metrics: {},
  });
}

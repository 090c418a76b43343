import { FEATURES_VERSION } from './features.ts';
import { HELD_OUT_KINDS, type HeldOut } from './held-out.ts';
import { fitPlatt } from './metrics.ts';
import type { Model, Platt } from './model.ts';
import { quantise } from './quantise.ts';
import { exampleOf, type Sample } from './sample.ts';
import { DEFAULT_SETTINGS, type Settings, trainOutput, type Weights } from './train.ts';

/** Calibration of both outputs on the margins of mail that training had not seen, both kinds of folds together. */
export function calibrate(held: readonly HeldOut[]): Model['platt'] {
  return { malicious: plattOf(held, 'malicious'), unwanted: plattOf(held, 'unwanted') };
}

function plattOf(held: readonly HeldOut[], output: 'malicious' | 'unwanted'): Platt {
  const margins: number[] = [];
  const labels: (0 | 1)[] = [];
  for (const each of held) {
    if (each.mislabelled || (output === 'malicious' && each.sample.label === 'spam')) continue;
    const positive = each.sample.label === 'malicious' || (output === 'unwanted' && each.sample.label === 'spam');
    for (const kind of HELD_OUT_KINDS) {
      margins.push(each[kind][output]);
      labels.push(positive ? 1 : 0);
    }
  }
  return fitPlatt(margins, labels);
}

/** Weights of one training as a model: quantised, calibrated, named. */
export function modelOf(
  weights: { malicious: Weights; unwanted: Weights },
  platt: Model['platt'],
  name: string,
  card: Model['card'],
): Model {
  const malicious = quantise(weights.malicious);
  const unwanted = quantise(weights.unwanted);
  return {
    name,
    buckets: malicious.table.length,
    malicious: malicious.table,
    unwanted: unwanted.table,
    scale: { malicious: malicious.scale, unwanted: unwanted.scale },
    bias: { malicious: weights.malicious.bias, unwanted: weights.unwanted.bias },
    findings: weights.malicious.findings,
    platt,
    card,
  };
}

/** The model from all samples but those that look mislabelled. Two trainings, one call of onStep each. */
export function fitModel(
  samples: readonly Sample[],
  held: readonly HeldOut[],
  seed: number,
  name: string,
  onStep: () => void,
): Model {
  const settings: Settings = { ...DEFAULT_SETTINGS, seed };
  const wrong = new Set(held.filter((each) => each.mislabelled).map((each) => each.sample));
  const learnt = samples.filter((sample) => !wrong.has(sample));
  const examples = learnt.map(exampleOf);
  const malicious = trainOutput(examples, 'malicious', settings);
  onStep();
  const unwanted = trainOutput(examples, 'unwanted', settings);
  onStep();
  const trained: Record<string, number> = {};
  for (const sample of learnt) {
    const key = `${sample.label}: ${sample.written ? 'written' : sample.sub || 'unnamed'}`;
    trained[key] = (trained[key] ?? 0) + 1;
  }
  if (wrong.size > 0) trained['left out as mislabelled'] = wrong.size;
  return modelOf({ malicious, unwanted }, calibrate(held), name, {
    seed,
    features: FEATURES_VERSION,
    trained,
    metrics: {},
  });
}

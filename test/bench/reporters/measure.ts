import { auc, recallAt } from '../../../server/analysis/model/metrics.ts';
import { logistic } from '../../../server/analysis/model/score.ts';
import { isMalicious, type Judged } from './simulation.ts';

export interface Measured {
  auc: number;
  /** Recall at 1 % and 0.2 % false positives. */
  recall: [number, number];
  logLoss: number;
  /** Expected calibration error, ten bins. */
  ece: number;
  /** Harmless mails that voices turned MALICIOUS, though the machine alone had not. */
  turned: number;
  /** Phish that is MALICIOUS, of all. */
  found: number;
}

/** @param added what voices add to the machine's margin, in logits */
export function measure(judged: readonly Judged[], added: (mail: Judged) => number): Measured {
  const margins = (phish: boolean) =>
    judged.filter((one) => one.phish === phish).map((one) => one.machine + added(one));
  const [positive, negative] = [margins(true), margins(false)];
  const scores = judged.map((one) => ({ p: logistic(one.machine + added(one)), y: one.phish ? 1 : 0 }));
  const phish = judged.filter((one) => one.phish);
  return {
    auc: auc(positive, negative),
    recall: [recallAt(positive, negative, 0.01), recallAt(positive, negative, 0.002)],
    logLoss: mean(scores.map(({ p, y }) => -Math.log(Math.max(1e-12, y === 1 ? p : 1 - p)))),
    ece: calibrationError(scores),
    turned: judged.filter((one) => !one.phish && isMalicious(one, added(one)) && !isMalicious(one, 0)).length,
    found: phish.filter((one) => isMalicious(one, added(one))).length / phish.length,
  };
}

function calibrationError(scores: readonly { p: number; y: number }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const own = scores.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === bin);
    if (own.length === 0) continue;
    error += (own.length / scores.length) * Math.abs(mean(own.map(({ p }) => p)) - mean(own.map(({ y }) => y)));
  }
  return error;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

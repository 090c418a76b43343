import type { Platt } from './model.ts';
import { logistic } from './score.ts';

/** Area under the ROC curve; ties count half. NaN when a class is empty. */
export function auc(positive: readonly number[], negative: readonly number[]): number {
  const all = [...positive.map((z) => ({ z, y: 1 })), ...negative.map((z) => ({ z, y: 0 }))].sort((a, b) => a.z - b.z);
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.z === all[i]?.z) j++;
    const rank = (i + j + 1) / 2;
    for (let k = i; k < j; k++) if (all[k]?.y === 1) rankSum += rank;
    i = j;
  }
  const n = positive.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * negative.length);
}

/** Share of positives above the score that at most `rate` of the negatives exceed. */
export function recallAt(positive: readonly number[], negative: readonly number[], rate: number): number {
  const sorted = [...negative].sort((a, b) => b - a);
  const threshold = sorted[Math.floor(rate * sorted.length)] ?? Number.NEGATIVE_INFINITY;
  return positive.filter((z) => z > threshold).length / positive.length;
}

/** Share of negatives above the score that `recall` of the positives reach. */
export function falsePositivesAt(positive: readonly number[], negative: readonly number[], recall: number): number {
  const sorted = [...positive].sort((a, b) => b - a);
  const threshold = sorted[Math.max(0, Math.ceil(recall * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY;
  return negative.filter((z) => z >= threshold).length / negative.length;
}

/**
 * Logistic calibration (Platt) by Newton's method with the targets of his correction; `a` is kept positive.
 * @param margins raw margins of mail that training has not seen
 */
export function fitPlatt(margins: readonly number[], labels: readonly (0 | 1)[], weights?: readonly number[]): Platt {
  const positives = labels.reduce<number>((sum, y) => sum + y, 0);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  let a = 1;
  let b = 0;
  for (let round = 0; round < 50; round++) {
    let ga = 0;
    let gb = 0;
    let haa = 1e-6;
    let hab = 0;
    let hbb = 1e-6;
    for (let i = 0; i < margins.length; i++) {
      const m = margins[i] as number;
      const w = weights?.[i] ?? 1;
      const p = logistic(a * m + b);
      const error = w * (p - (labels[i] === 1 ? high : low));
      const curve = w * p * (1 - p);
      ga += error * m;
      gb += error;
      haa += curve * m * m;
      hab += curve * m;
      hbb += curve;
    }
    const determinant = haa * hbb - hab * hab;
    if (Math.abs(determinant) < 1e-12) break;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    a = Math.max(0.05, a - da);
    b -= db;
    if (Math.abs(da) < 1e-6 && Math.abs(db) < 1e-6) break;
  }
  return { a, b };
}

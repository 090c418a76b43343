import type { Weights } from './train.ts';

/** Weights as int8 with one scale. Beyond eight deviations of what is used, weights are clipped. */
export function quantise(weights: Weights): { table: Int8Array; scale: number } {
  let sum = 0;
  let used = 0;
  for (const weight of weights.table)
    if (weight !== 0) {
      sum += weight * weight;
      used++;
    }
  const largest = 8 * Math.sqrt(sum / Math.max(1, used)) || 1;
  const scale = largest / 127;
  const table = Int8Array.from(weights.table, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale))));
  return { table, scale };
}

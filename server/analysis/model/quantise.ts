import type { Weights } from './train.ts';

// Looked up once: in a test's context every look at a global costs, and a training quantises millions of weights.
const { abs, max, round, sign, sqrt } = Math;

/**
 * Weights as int8, companded: the largest is ±127 and half of the steps lie below a quarter of it. A few weights are a
 * hundred times the usual one; on a straight scale they would be clipped or all the others rounded away.
 */
export function quantise(weights: Weights, output: 'malicious' | 'unwanted'): { table: Int8Array; scale: number } {
  const first = output === 'malicious' ? 0 : 1;
  const length = weights.table.length / 2;
  let largest = 0;
  for (let i = 0; i < length; i++) largest = max(largest, abs(weights.table[2 * i + first] as number));
  const scale = largest || 1;
  // Plain loops: a training quantises a million weights dozens of times, and Int8Array.from walks an iterator.
  const table = new Int8Array(length);
  for (let i = 0; i < length; i++) {
    const weight = weights.table[2 * i + first] as number;
    table[i] = sign(weight) * round(127 * sqrt(abs(weight) / scale));
  }
  return { table, scale };
}

/** The real weight of each of the 256 int8 values, indexed by value + 128. */
export function expand(scale: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, i) => {
    const step = (i - 128) / 127;
    return Math.sign(step) * step * step * scale;
  });
}

// Looked up once: in a test's context every look at a global costs, and a training quantises millions of weights.
const { abs, max, round, sign, sqrt } = Math;

/**
 * Weights as int8, companded: the largest is ±127 and half of the steps lie below a quarter of it. A few weights are a
 * hundred times the usual one; on a straight scale they would be clipped or all the others rounded away.
 * @param first and stride pick one of several weights that lie together
 */
export function quantise(weights: Float32Array, first = 0, stride = 1): { table: Int8Array; scale: number } {
  const length = weights.length / stride;
  let largest = 0;
  for (let i = 0; i < length; i++) largest = max(largest, abs(weights[stride * i + first] as number));
  const scale = largest || 1;
  // Plain loops: a training quantises a million weights dozens of times, and Int8Array.from walks an iterator.
  const table = new Int8Array(length);
  for (let i = 0; i < length; i++) {
    const weight = weights[stride * i + first] as number;
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

/** The real weights of a whole table, for one that is too often looked at to look each value up. */
export function expandAll(table: Int8Array, scale: number): Float32Array {
  const real = expand(scale);
  const weights = new Float32Array(table.length);
  for (let i = 0; i < table.length; i++) weights[i] = real[(table[i] as number) + 128] as number;
  return weights;
}

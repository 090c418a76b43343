import { type Features, GROUPS, type Group, WEIGHED, WEIGHED_GROUPS } from './features.ts';
import { groupLength } from './score.ts';

/**
 * A small network beside the linear weights: every feature is a short vector, the vectors of a group are summed and
 * scaled by their number, and one hidden layer looks at all groups together: it can say that a word is harmless where
 * the links are the sender's own. For the malicious output only; at spam the linear weights are better alone.
 */
export interface Network {
  /** Buckets of the table of vectors, a power of two. */
  buckets: number;
  /** WIDTH values a bucket, each value companded (quantise.ts); scale is the largest real value. */
  vectors: Int8Array;
  scale: number;
  layer: Layer;
}

/** Length of a vector. */
export const WIDTH = 4;

/** Weights of the hidden layer and of the one output. */
export interface Layer {
  hidden: number;
  /** By hidden unit, then by group, then by place in the vector. */
  input: ArrayLike<number>;
  inputBias: ArrayLike<number>;
  output: ArrayLike<number>;
  outputBias: number;
}

/** Raw margin of the network, and how far it would fall without each group. */
export interface NetworkMargin {
  margin: number;
  shares: Record<Group, number>;
}

/** @param vectors real values, WIDTH a bucket */
export function networkMargin(vectors: Float32Array, layer: Layer, features: Features): NetworkMargin {
  const mask = vectors.length / WIDTH - 1;
  const { hidden, input, inputBias, output, outputBias } = layer;
  const inputs = WEIGHED_GROUPS.length * WIDTH;
  const sums = Float64Array.from(inputBias);
  const parts: Record<Group, Float64Array> = {
    text: new Float64Array(hidden),
    url: new Float64Array(hidden),
    identity: new Float64Array(hidden),
    structure: new Float64Array(hidden),
  };
  for (let group = 0; group < WEIGHED_GROUPS.length; group++) {
    const name = WEIGHED_GROUPS[group] as (typeof WEIGHED_GROUPS)[number];
    const hashes = features[name];
    if (hashes.length === 0) continue;
    // Unrolled: this is done for every word of every mail.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < hashes.length; i++) {
      const at = ((hashes[i] as number) & mask) * WIDTH;
      a += vectors[at] as number;
      b += vectors[at + 1] as number;
      c += vectors[at + 2] as number;
      d += vectors[at + 3] as number;
    }
    const length = groupLength(hashes.length);
    const part = parts[WEIGHED[name]];
    for (let unit = 0; unit < hidden; unit++) {
      const first = unit * inputs + group * WIDTH;
      const half = (input[first] as number) * a + (input[first + 1] as number) * b;
      const sum = (half + (input[first + 2] as number) * c + (input[first + 3] as number) * d) / length;
      sums[unit] = (sums[unit] as number) + sum;
      part[unit] = (part[unit] as number) + sum;
    }
  }
  const marginWithout = (part: Float64Array | null): number => {
    let raw = outputBias;
    for (let unit = 0; unit < hidden; unit++) {
      const sum = (sums[unit] as number) - (part === null ? 0 : (part[unit] as number));
      if (sum > 0) raw += (output[unit] as number) * sum;
    }
    return raw;
  };
  const margin = marginWithout(null);
  const shares = { text: 0, url: 0, identity: 0, structure: 0 };
  for (const group of GROUPS) shares[group] = margin - marginWithout(parts[group]);
  return { margin, shares };
}

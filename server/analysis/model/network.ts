import { type Features, GROUPS, type Group, WEIGHED, WEIGHED_GROUPS, type WeighedGroup } from './features.ts';
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
  const sums = new NetworkSums(layer);
  for (let group = 0; group < WEIGHED_GROUPS.length; group++) {
    const hashes = features[WEIGHED_GROUPS[group] as WeighedGroup];
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
    sums.add(group, hashes.length, a, b, c, d);
  }
  return sums.margin();
}

/** The hidden layer while the groups of one mail are read, each group once. */
export class NetworkSums {
  private readonly sums: Float64Array;
  /** By group as told, then by hidden unit. */
  private readonly parts: Float64Array;

  constructor(private readonly layer: Layer) {
    this.sums = Float64Array.from(layer.inputBias);
    this.parts = new Float64Array(GROUPS.length * layer.hidden);
  }

  /** @param group place in WEIGHED_GROUPS; a to d are the sums of the vectors of its features */
  add(group: number, features: number, a: number, b: number, c: number, d: number): void {
    if (features === 0) return;
    const { hidden, input } = this.layer;
    const { sums, parts } = this;
    const inputs = WEIGHED_GROUPS.length * WIDTH;
    const length = groupLength(features);
    const part = (TOLD_AS[group] as number) * hidden;
    for (let unit = 0; unit < hidden; unit++) {
      const first = unit * inputs + group * WIDTH;
      const half = (input[first] as number) * a + (input[first + 1] as number) * b;
      const sum = (half + (input[first + 2] as number) * c + (input[first + 3] as number) * d) / length;
      sums[unit] = (sums[unit] as number) + sum;
      parts[part + unit] = (parts[part + unit] as number) + sum;
    }
  }

  margin(): NetworkMargin {
    const margin = this.marginWithout(-1);
    const shares = { text: 0, url: 0, identity: 0, structure: 0 };
    for (let group = 0; group < GROUPS.length; group++)
      shares[GROUPS[group] as Group] = margin - this.marginWithout(group);
    return { margin, shares };
  }

  private marginWithout(group: number): number {
    const { hidden, output, outputBias } = this.layer;
    const { sums, parts } = this;
    let raw = outputBias;
    for (let unit = 0; unit < hidden; unit++) {
      const sum = (sums[unit] as number) - (group < 0 ? 0 : (parts[group * hidden + unit] as number));
      if (sum > 0) raw += (output[unit] as number) * sum;
    }
    return raw;
  }
}

/** Of each weighed group, the place in GROUPS of the group it is told as. */
const TOLD_AS = WEIGHED_GROUPS.map((group) => GROUPS.indexOf(WEIGHED[group]));

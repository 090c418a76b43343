/** Features as they are kept beside a mail whose body is not: to weigh it anew when the model has changed. */
import { FEATURES_VERSION, type Features, WEIGHED_GROUPS } from './features.ts';

/**
 * Low bits of a hash that are kept; tables of weights have at most 2^22 buckets, and a bucket is the low bits. Sorted, the
 * distances need two bytes on the whole instead of four.
 */
const BITS = 24;
const MASK = 2 ** BITS - 1;

/** One byte of the version, then each group: its length and the distances between its sorted hashes, as LEB128. */
export function packFeatures(features: Features): Uint8Array {
  const bytes: number[] = [FEATURES_VERSION];
  for (const group of WEIGHED_GROUPS) {
    const sorted = features[group].map((hash) => hash & MASK).sort();
    write(bytes, sorted.length);
    let before = 0;
    for (const hash of sorted) {
      write(bytes, hash - before);
      before = hash;
    }
  }
  return Uint8Array.from(bytes);
}

/** null: of another version, or cut short; then the mail cannot be weighed anew without its body. */
export function unpackFeatures(bytes: Uint8Array): Features | null {
  if (bytes[0] !== FEATURES_VERSION) return null;
  let at = 1;
  const read = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  const features: Partial<Features> = {};
  for (const group of WEIGHED_GROUPS) {
    const length = read();
    if (!(length <= bytes.length)) return null;
    const hashes = new Uint32Array(length);
    let before = 0;
    for (let i = 0; i < length; i++) {
      before += read();
      if (!(before <= MASK)) return null;
      hashes[i] = before;
    }
    features[group] = hashes;
  }
  return features as Features;
}

function write(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

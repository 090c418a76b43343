/** MinHash (Broder 1997) over word shingles: how alike two texts are, from 128 bytes each. */
import { normalise } from './normalise.ts';

const VALUES = 64;
const SHINGLE_WORDS = 5;
const MAX_WORDS = 20_000;

// Looked up once: in a test's context every look at a global costs, and these run for every word.
const { imul, max, min } = Math;

/** 32-bit hashes of every run of five words; digits are folded, because campaigns count up. */
export function shinglesOf(text: string): Uint32Array {
  const words =
    normalise(text)
      .toLowerCase()
      .replace(/(?:https?:\/\/|www\.)\S+/g, ' ')
      .replace(/\d+/g, '0')
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MAX_WORDS) ?? [];
  if (words.length === 0) return new Uint32Array();
  const hashes = words.map(hashWord);
  const count = max(1, words.length - SHINGLE_WORDS + 1);
  const shingles = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0x811c9dc5;
    for (let j = i; j < min(i + SHINGLE_WORDS, hashes.length); j++) hash = mix(hash ^ (hashes[j] as number));
    shingles[i] = hash >>> 0;
  }
  return shingles;
}

/** Lowest 16 bits of the minimum under each of 64 permutations, base64; '' when there is nothing to hash. */
export function packMinHash(shingles: Uint32Array): string {
  if (shingles.length === 0) return '';
  const minimum = new Uint32Array(VALUES).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let i = 0; i < VALUES; i++) {
      const hash = mix(shingle ^ imul(i + 1, 0x9e3779b1)) >>> 0;
      if (hash < (minimum[i] as number)) minimum[i] = hash;
    }
  }
  const bytes = Buffer.alloc(VALUES * 2);
  for (let i = 0; i < VALUES; i++) bytes.writeUInt16LE((minimum[i] as number) & 0xffff, i * 2);
  return bytes.toString('base64');
}

/** Estimated Jaccard index; 0 when either text is empty. */
export function similarity(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const left = Buffer.from(a, 'base64');
  const right = Buffer.from(b, 'base64');
  if (left.length !== VALUES * 2 || right.length !== VALUES * 2) return 0;
  let equal = 0;
  for (let i = 0; i < VALUES; i++) if (left.readUInt16LE(i * 2) === right.readUInt16LE(i * 2)) equal++;
  return equal / VALUES;
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = imul(hash ^ word.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let hash = value;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

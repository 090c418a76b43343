import type { HashSink } from './hash-sink.ts';
import { hash, mix } from './tokens.ts';

// Looked up once: in a test's context every look at a global costs.
const { imul, min } = Math;
const PRIME = 0x01000193;

/** A feature by its name, such as `suffix:de`: the hash of `suffix:` is known already, so that no text is put together. */
export function addNamed(into: HashSink, prefix: number, name: string): void {
  into.add(mix(hash(name, prefix)));
}

/** Where names of a group that begin alike start. @param group hash of the group's letter */
export function prefixOf(text: string, group: number): number {
  return hash(text, group);
}

const MOST_LETTERS = 24;
const START = '^'.charCodeAt(0);
const END = '$'.charCodeAt(0);

/** Letters of a label in threes, its ends marked; at most 24 letters. */
export function addTrigrams(into: HashSink, prefix: number, label: string): void {
  const length = min(label.length, MOST_LETTERS);
  const at = (i: number) => (i < 0 ? START : i < length ? label.charCodeAt(i) : END);
  for (let i = -1; i + 3 <= length + 1; i++)
    into.add(mix(imul(imul(imul(prefix ^ at(i), PRIME) ^ at(i + 1), PRIME) ^ at(i + 2), PRIME) >>> 0));
}

/**
 * What an organisation has taught its model: a small table of weights over the same hashed features, whose share of a
 * margin is added to the shipped model's and can never be more than LOCAL_MOST. The shipped model itself never changes.
 */
import { type Features, GROUPS } from '../model/features.ts';
import { groupLength } from '../model/score.ts';

/**
 * Bound of what the table adds or takes, in logits. Below THETA_MALICIOUS: whatever has been taught, a mail that the
 * shipped model does not find suspicious by itself does not reach the line of MALICIOUS, and one that it finds as sure
 * as P 0.88 stays suspicious.
 */
export const LOCAL_MOST = 2;
export const LOCAL_BUCKETS = 1 << 16;

export interface LocalTable {
  /** Counted by organisation, from 1. */
  version: number;
  /** SHA-256 of the shipped model's file it was fitted on: beside another one it says nothing. */
  baseDigest: string;
  /** FEATURES_VERSION of the hashes. */
  features: number;
  malicious: Int8Array;
  unwanted: Int8Array;
  /** The largest weight; int8 steps are 1/127 of it. */
  scale: { malicious: number; unwanted: number };
}

/** Logits that the table adds, each strictly within ±LOCAL_MOST. */
export interface LocalShare {
  malicious: number;
  unwanted: number;
}

export function localShare(table: LocalTable, features: Features): LocalShare {
  const { malicious, unwanted, scale } = table;
  return {
    malicious: bounded((scale.malicious / 127) * rawShare(malicious, features)),
    unwanted: bounded((scale.unwanted / 127) * rawShare(unwanted, features)),
  };
}

/** The sum before the bound, each group scaled by its length as the shipped model does. */
export function rawShare(weights: Int8Array | Float32Array, features: Features): number {
  const mask = weights.length - 1;
  let raw = 0;
  for (const group of GROUPS) {
    const hashes = features[group];
    if (hashes.length === 0) continue;
    let sum = 0;
    for (let i = 0; i < hashes.length; i++) sum += weights[(hashes[i] as number) & mask] as number;
    raw += sum / groupLength(hashes.length);
  }
  return raw;
}

/** tanh rounds to 1 far out; the bound holds there too. */
export function bounded(raw: number): number {
  return LOCAL_MOST * Math.tanh(raw / LOCAL_MOST);
}

const MAGIC = 'RBLOCAL1';

/** 8 bytes magic, 4 bytes little-endian header length, JSON header, two int8 tables. The same table gives the same bytes. */
export function saveLocal({ malicious, unwanted, ...head }: LocalTable): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(12 + header.length + 2 * LOCAL_BUCKETS);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, header.length, true);
  bytes.set(header, 12);
  bytes.set(new Uint8Array(malicious.buffer, malicious.byteOffset, LOCAL_BUCKETS), 12 + header.length);
  bytes.set(new Uint8Array(unwanted.buffer, unwanted.byteOffset, LOCAL_BUCKETS), 12 + header.length + LOCAL_BUCKETS);
  return bytes;
}

/** @throws RangeError when the bytes are no such table, or a table of another size. */
export function loadLocal(bytes: Uint8Array): LocalTable {
  if (bytes.length < 12 || new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC)
    throw new RangeError('not a local table of this version');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
  const start = 12 + headerLength;
  if (bytes.length !== start + 2 * LOCAL_BUCKETS) throw new RangeError('the local table is cut short');
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(12, start))) as Omit<
    LocalTable,
    'malicious' | 'unwanted'
  >;
  // Copied element by element: slice() of a Buffer is a view, whose `buffer` starts elsewhere.
  const table = (at: number) => new Int8Array(bytes.subarray(at, at + LOCAL_BUCKETS));
  return { ...head, malicious: table(start), unwanted: table(start + LOCAL_BUCKETS) };
}

export const localName = (version: number) => `local-${version}`;

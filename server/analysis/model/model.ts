import { type Network, WIDTH } from './network.ts';

/**
 * The trained model: hashed features of four groups, each group with its own share of the margin, so that a verdict can
 * say which side of a mail spoke. Two outputs: malicious and unwanted.
 */
export interface Model {
  /** Name and version, such as `default-1`. */
  name: string;
  /** Buckets of the weight table, a power of two. */
  buckets: number;
  /** Weights by bucket, malicious and unwanted, companded (quantise.ts); scale is the largest real weight. */
  malicious: Int8Array;
  unwanted: Int8Array;
  scale: { malicious: number; unwanted: number };
  bias: { malicious: number; unwanted: number };
  /** Logits that a finding adds, by id; never negative. */
  findings: Readonly<Record<string, number>>;
  /** A small network that has a say in the malicious output; null: none. `share` of its margin is added. */
  network: (Network & { share: number }) | null;
  /** Platt: logit = a * raw + b, fitted on mail the weights have not seen. */
  platt: { malicious: Platt; unwanted: Platt };
  /** What was trained when and how, as the trainer wrote it. */
  card: ModelCard;
}

export interface Platt {
  a: number;
  b: number;
}

export interface ModelCard {
  seed: number;
  features: number;
  trained: Record<string, number>;
  metrics: Record<string, number>;
}

const MAGIC = 'RBMODEL3';

/**
 * Bytes of a model file: 8 bytes magic, 4 bytes little-endian header length, JSON header, two int8 tables of weights, the
 * int8 vectors of the network. The same model gives the same bytes.
 */
export function saveModel(model: Model): Uint8Array {
  const { malicious, unwanted, network, ...rest } = model;
  const { vectors, ...shape } = network ?? { vectors: new Int8Array() };
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, network: network && shape }));
  const tables = [malicious, unwanted, vectors];
  const bytes = new Uint8Array(12 + header.length + tables.reduce((sum, { length }) => sum + length, 0));
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, header.length, true);
  bytes.set(header, 12);
  let at = 12 + header.length;
  for (const table of tables) {
    bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.length), at);
    at += table.length;
  }
  return bytes;
}

/** @throws RangeError when the bytes are not a model of this version. */
export function loadModel(bytes: Uint8Array): Model {
  if (bytes.length < 12 || new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC)
    throw new RangeError('not a model file of this version');
  const start = 12 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
  const head = readHeader(bytes.subarray(12, start));
  const { buckets, network } = head;
  const places = network ? network.buckets * WIDTH : 0;
  if (!isPowerOfTwo(buckets) || (network && !isPowerOfTwo(network.buckets)))
    throw new RangeError('the model file has tables of a wrong size');
  if (bytes.length !== start + 2 * buckets + places) throw new RangeError('the model file is cut short');
  // Copied element by element: slice() of a Buffer is a view, whose `buffer` starts elsewhere.
  const table = (at: number, length: number) => new Int8Array(bytes.subarray(at, at + length));
  return {
    ...head,
    malicious: table(start, buckets),
    unwanted: table(start + buckets, buckets),
    network: network && { ...network, vectors: table(start + 2 * buckets, places) },
  };
}

type Header = Omit<Model, 'malicious' | 'unwanted' | 'network'> & {
  network: Omit<NonNullable<Model['network']>, 'vectors'> | null;
};

function readHeader(bytes: Uint8Array): Header {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header;
  } catch {
    throw new RangeError('the head of the model file cannot be read');
  }
}

function isPowerOfTwo(n: unknown): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n > 0 && (n & (n - 1)) === 0;
}

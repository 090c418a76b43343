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

const MAGIC = 'RBMODEL2';

/**
 * Bytes of a model file: 8 bytes magic, 4 bytes little-endian header length, JSON header, two int8 tables.
 * The same model gives the same bytes.
 */
export function saveModel(model: Model): Uint8Array {
  const { malicious, unwanted, ...head } = model;
  const header = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(12 + header.length + 2 * model.buckets);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, header.length, true);
  bytes.set(header, 12);
  bytes.set(new Uint8Array(malicious.buffer, malicious.byteOffset, model.buckets), 12 + header.length);
  bytes.set(new Uint8Array(unwanted.buffer, unwanted.byteOffset, model.buckets), 12 + header.length + model.buckets);
  return bytes;
}

/** @throws RangeError when the bytes are not a model of this version. */
export function loadModel(bytes: Uint8Array): Model {
  if (bytes.length < 12 || new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC)
    throw new RangeError('not a model file of this version');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(8, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + headerLength))) as Omit<
    Model,
    'malicious' | 'unwanted'
  >;
  const start = 12 + headerLength;
  if (bytes.length !== start + 2 * head.buckets) throw new RangeError('the model file is cut short');
  // Copied element by element: slice() of a Buffer is a view, whose `buffer` starts elsewhere.
  const table = (at: number) => new Int8Array(bytes.subarray(at, at + head.buckets));
  return { ...head, malicious: table(start), unwanted: table(start + head.buckets) };
}

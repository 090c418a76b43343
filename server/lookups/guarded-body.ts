/** The beginning of a stranger's answer: never more than wanted, packed or not. */
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const UNPACKERS: Record<string, (() => Transform) | undefined> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/**
 * At most `maxBytes` of the body after decompression; a body that breaks off or takes too long ends where it was.
 * @returns null when nothing could be read at all
 */
export async function readBody(
  body: Readable,
  headers: Record<string, string>,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; truncated: boolean } | null> {
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpacker = UNPACKERS[coding]?.() ?? null;
  if (unpacker === null && coding !== 'identity' && coding !== '') {
    body.on('error', () => {}).destroy();
    return null;
  }
  const source: Readable = unpacker ? body.pipe(unpacker) : body;
  // pipe() passes no errors on; the reading below hears of the end either way.
  if (unpacker) body.on('error', (error) => unpacker.destroy(error));
  const chunks: Buffer[] = [];
  let length = 0;
  let truncated = false;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) {
        truncated = true;
        break;
      }
    }
  } catch {
    if (length === 0) return null;
    truncated = true;
  } finally {
    source.destroy();
    body.on('error', () => {}).destroy();
  }
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), truncated };
}

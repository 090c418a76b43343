/** The attached files of a mail with their bytes, for what is only made when somebody looks. */
import { hash } from 'node:crypto';
import { type Part, readStructure } from './structure.ts';
import { decodeTransfer } from './transfer-encoding.ts';

export interface KeptFile {
  contentType: string;
  /** Without its <>; null when none. */
  contentId: string | null;
  sha256: string;
  bytes: Buffer;
}

const MOST_FILES = 200;
const MOST_BYTES = 32 * 1024 * 1024;

/** Leaves of the structure in order, bodies among them, decoded; 32 MB at most. */
export function keptFiles(raw: Uint8Array, wanted: (part: Part) => boolean = () => true): KeptFile[] {
  const { parts } = readStructure(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const files: KeptFile[] = [];
  let left = MOST_BYTES;
  for (const part of parts.filter(wanted).slice(0, MOST_FILES)) {
    const { bytes } = decodeTransfer(part.body, part.encoding, left);
    left -= bytes.length;
    files.push({
      contentType: part.contentType,
      contentId: part.contentId,
      sha256: hash('sha256', bytes, 'hex'),
      bytes,
    });
    if (left <= 0) break;
  }
  return files;
}

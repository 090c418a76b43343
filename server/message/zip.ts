/** ZIP archives (APPNOTE 6.3): the list of what is inside, and the bytes of one entry, from any input. */
import { isUtf8 } from 'node:buffer';
import { constants, inflateRawSync } from 'node:zlib';
import type { UnpackBudget } from './unpack-budget.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record has a comment of at most 64 KB behind it. */
const MAX_TAIL = 66_000;

export interface ZipEntry {
  name: string;
  compressed: number;
  size: number;
  method: number;
  encrypted: boolean;
  /** Of the local header. */
  offset: number;
}

export interface ZipListing {
  entries: ZipEntry[];
  /** `too_many`, `broken`. */
  limits: string[];
}

/** @param most entries that are listed */
export function listZip(bytes: Buffer, most: number): ZipListing {
  const end = findEnd(bytes);
  const listed = end < 0 ? null : readCentral(bytes, end, most);
  // Without a readable directory, what programs that repair archives see: local headers one after the other.
  return listed !== null && listed.entries.length > 0 ? listed : scanLocal(bytes, most, end >= 0);
}

function findEnd(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - MAX_TAIL);
  for (let i = bytes.length - 22; i >= lowest; i--) if (bytes[i] === 0x50 && bytes.readUInt32LE(i) === END) return i;
  return -1;
}

function readCentral(bytes: Buffer, end: number, most: number): ZipListing | null {
  const total = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  const declared = bytes.readUInt32LE(end + 16);
  // Something may stand before the archive (a program that unpacks itself): the directory ends where the end record starts.
  let start = end - size;
  if (start < 0 || bytes.length < start + 4 || bytes.readUInt32LE(start) !== CENTRAL) start = declared;
  const shift = start === declared ? 0 : start - declared;
  const entries: ZipEntry[] = [];
  let position = start;
  while (position + 46 <= bytes.length && bytes.readUInt32LE(position) === CENTRAL) {
    if (entries.length >= most) return { entries, limits: ['too_many'] };
    const nameLength = bytes.readUInt16LE(position + 28);
    const flags = bytes.readUInt16LE(position + 8);
    entries.push({
      name: nameOf(bytes.subarray(position + 46, position + 46 + nameLength)),
      compressed: bytes.readUInt32LE(position + 20),
      size: bytes.readUInt32LE(position + 24),
      method: bytes.readUInt16LE(position + 10),
      encrypted: (flags & 1) !== 0,
      offset: bytes.readUInt32LE(position + 42) + shift,
    });
    position += 46 + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
  }
  return entries.length === 0 && total > 0 ? null : { entries, limits: entries.length < total ? ['broken'] : [] };
}

function scanLocal(bytes: Buffer, most: number, hasEnd: boolean): ZipListing {
  const entries: ZipEntry[] = [];
  const mark = Buffer.from('PK\x03\x04', 'latin1');
  let at = bytes.indexOf(mark);
  while (at >= 0 && at + 30 <= bytes.length) {
    if (entries.length >= most) return { entries, limits: ['too_many', 'broken'] };
    const nameLength = bytes.readUInt16LE(at + 26);
    const compressed = bytes.readUInt32LE(at + 18);
    entries.push({
      name: nameOf(bytes.subarray(at + 30, at + 30 + nameLength)),
      compressed: compressed === 0 ? bytes.length - at : compressed,
      size: bytes.readUInt32LE(at + 22),
      method: bytes.readUInt16LE(at + 8),
      encrypted: (bytes.readUInt16LE(at + 6) & 1) !== 0,
      offset: at,
    });
    at = bytes.indexOf(mark, at + 30);
  }
  return { entries, limits: entries.length === 0 && hasEnd ? [] : ['broken'] };
}

/** UTF-8 when it is, else the letters of code page 437 that matter as latin1. */
function nameOf(bytes: Buffer): string {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
  return text.replace(/[\0\r\n]+/g, ' ').slice(0, 500);
}

/** Enough of an entry to tell its type; zeros are packed a thousandfold, so little is fed. */
const HEAD_BYTES = 512;
const MAX_HEAD = 1024 * 1024;

/** The bytes of one entry; null when they cannot be had: encrypted, unknown method, broken, more than `limit` or the budget. */
export function readZipEntry(bytes: Buffer, entry: ZipEntry, limit: number, budget: UnpackBudget): Buffer | null {
  const packed = packedBytes(bytes, entry, entry.compressed);
  if (packed === null) return null;
  if (entry.method === 0) return packed.length > limit ? null : packed;
  return budget.unpack(limit, (maxOutputLength) => inflateRawSync(packed, { maxOutputLength }));
}

/** The first bytes of one entry, likewise. */
export function readZipEntryHead(bytes: Buffer, entry: ZipEntry, budget: UnpackBudget): Buffer | null {
  const packed = packedBytes(bytes, entry, HEAD_BYTES);
  if (packed === null || entry.method === 0) return packed;
  const finishFlush = constants.Z_SYNC_FLUSH;
  return budget.unpack(MAX_HEAD, (maxOutputLength) => inflateRawSync(packed, { maxOutputLength, finishFlush }));
}

function packedBytes(bytes: Buffer, entry: ZipEntry, most: number): Buffer | null {
  const { offset } = entry;
  if (entry.encrypted || offset < 0 || offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) return null;
  if (entry.method !== 0 && entry.method !== 8) return null;
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  return bytes.subarray(start, start + Math.min(entry.compressed, most));
}

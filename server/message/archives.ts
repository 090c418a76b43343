/** What is inside an archive, nested ones too: names, programs, passwords. Bounded in entries, bytes, ratio and depth. */
import { constants, gunzipSync } from 'node:zlib';
import { isExecutableName, isExecutableType } from './executables.ts';
import { extensionOf, sniffFileType } from './file-types.ts';
import { readOfficeZip } from './office-files.ts';
import { listRar } from './rar.ts';
import { listTar } from './tar.ts';
import { readTextLinks } from './text-links.ts';
import type { UnpackBudget } from './unpack-budget.ts';
import { listZip, readZipEntry, readZipEntryHead } from './zip.ts';

const MAX_ENTRIES = 1_000;
const MAX_ENTRY_BYTES = 32 * 1024 * 1024;
const MAX_RATIO = 100;
/** Small things may be packed well: a sheet of zeros is no bomb. */
const RATIO_FROM_BYTES = 1024 * 1024;
const MAX_DEPTH = 3;
const MAX_SNIFFED = 300;
const MAX_LINK_TEXT = 200_000;
const MAX_LINKS = 200;
/** AES-256 as a coder of 7z. */
const SEVEN_ZIP_AES = Buffer.from('06f10701', 'hex');
const ARCHIVES = new Set(['zip', 'rar', '7z', 'gz', 'tar', 'bz2', 'xz', 'cab', 'zst']);

export interface ArchiveReading {
  entries: string[];
  containsExecutable: boolean;
  encrypted: boolean;
  /** A document with macros is inside. */
  macros: boolean;
  links: string[];
  /** `too_many`, `too_large`, `too_deep`, `ratio`, `broken`, `not_opened`. */
  limits: Set<string>;
}

export function isArchive(fileType: string): boolean {
  return ARCHIVES.has(fileType);
}

/** Never throws. @param name of the file, put before the names of what is in nested ones */
export function readArchive(bytes: Buffer, fileType: string, name: string, budget: UnpackBudget): ArchiveReading {
  const look = new Look(budget);
  look.into(bytes, fileType, '', name, 1);
  return look.reading;
}

class Look {
  readonly reading: ArchiveReading = {
    entries: [],
    containsExecutable: false,
    encrypted: false,
    macros: false,
    links: [],
    limits: new Set(),
  };
  private sniffed = 0;

  constructor(private readonly budget: UnpackBudget) {}

  into(bytes: Buffer, fileType: string, prefix: string, name: string, depth: number): void {
    if (depth > MAX_DEPTH) this.limit('too_deep');
    else if (fileType === 'zip') this.zip(bytes, prefix, depth);
    else if (fileType === 'gz') this.gzip(bytes, prefix, name, depth);
    else if (fileType === 'tar') {
      for (const entry of listTar(bytes, MAX_ENTRIES))
        this.entry(prefix + entry.name, entry.bytes, () => entry.bytes, depth);
    } else if (fileType === 'rar') {
      const listing = listRar(bytes, MAX_ENTRIES);
      for (const entry of listing.names) this.entry(prefix + entry, null, null, depth);
      if (listing.encrypted) this.reading.encrypted = true;
      this.limit('not_opened');
    } else {
      if (fileType === '7z' && bytes.subarray(-65_536).includes(SEVEN_ZIP_AES)) this.reading.encrypted = true;
      this.limit('not_opened');
    }
  }

  private zip(bytes: Buffer, prefix: string, depth: number): void {
    const { entries, limits } = listZip(bytes, MAX_ENTRIES);
    for (const limit of limits) this.limit(limit);
    for (const entry of entries) {
      if (entry.encrypted) this.reading.encrypted = true;
      if (entry.name.endsWith('/')) continue;
      const isBomb = entry.size > RATIO_FROM_BYTES && entry.size > entry.compressed * MAX_RATIO;
      const isLarge = entry.size > Math.min(MAX_ENTRY_BYTES, this.budget.left);
      if (isBomb) this.limit('ratio');
      if (isLarge) this.limit('too_large');
      const head = this.sniffed++ < MAX_SNIFFED ? readZipEntryHead(bytes, entry, this.budget) : null;
      const whole = isBomb || isLarge ? null : () => readZipEntry(bytes, entry, MAX_ENTRY_BYTES, this.budget);
      this.entry(prefix + entry.name, head, whole, depth);
    }
  }

  private gzip(bytes: Buffer, prefix: string, name: string, depth: number): void {
    const inner = name.replace(/\.t?gz$/i, (end) => (end.toLowerCase() === '.tgz' ? '.tar' : ''));
    const limit = Math.min(MAX_ENTRY_BYTES, Math.max(RATIO_FROM_BYTES, bytes.length * MAX_RATIO));
    const finishFlush = constants.Z_SYNC_FLUSH;
    const unpacked = this.budget.unpack(limit, (maxOutputLength) =>
      gunzipSync(bytes, { maxOutputLength, finishFlush }),
    );
    if (unpacked === null) this.limit('too_large');
    if (unpacked !== null)
      this.entry(`${prefix}${inner === name ? `${name}.unpacked` : inner}`, unpacked, () => unpacked, depth);
  }

  /** @param head first bytes, for the true type; @param whole all bytes, null when they cannot be had */
  private entry(name: string, head: Buffer | null, whole: (() => Buffer | null) | null, depth: number): void {
    const { reading } = this;
    if (reading.entries.length >= MAX_ENTRIES) {
      this.limit('too_many');
      return;
    }
    reading.entries.push(name);
    const fileType = head === null || head.length === 0 ? 'unknown' : sniffFileType(head, name);
    if (isExecutableName(extensionOf(name)) || isExecutableType(fileType)) reading.containsExecutable = true;
    const isPage = fileType === 'html' || fileType === 'svg' || fileType === 'url';
    if (whole === null || !(isPage || isArchive(fileType))) return;
    const bytes = whole();
    if (bytes === null) {
      this.limit('broken');
      return;
    }
    if (isPage) {
      const found = readTextLinks(bytes.toString('latin1', 0, MAX_LINK_TEXT), MAX_LINKS - reading.links.length);
      reading.links.push(...found);
      return;
    }
    if (fileType === 'zip') {
      const office = readOfficeZip(bytes, listZip(bytes, MAX_ENTRIES).entries, this.budget);
      if (office.fileType !== null) {
        if (office.macros) reading.macros = true;
        if (isExecutableType(office.fileType)) reading.containsExecutable = true;
        reading.links.push(...office.links.slice(0, MAX_LINKS - reading.links.length));
        return;
      }
    }
    this.into(bytes, fileType, `${name}/`, name, depth + 1);
  }

  private limit(word: string): void {
    this.reading.limits.add(word);
  }
}

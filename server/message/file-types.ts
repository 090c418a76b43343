/** What a file truly is, by its first bytes and, for text formats without a magic number, by how it reads. */

const MAGIC: [offset: number, bytes: string, type: string][] = [
  [0, 'MZ', 'exe'],
  [0, '\x7fELF', 'elf'],
  [0, '\xfe\xed\xfa\xce', 'macho'],
  [0, '\xfe\xed\xfa\xcf', 'macho'],
  [0, '\xce\xfa\xed\xfe', 'macho'],
  [0, '\xcf\xfa\xed\xfe', 'macho'],
  [0, 'L\x00\x00\x00\x01\x14\x02\x00', 'lnk'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, 'PK\x07\x08', 'zip'],
  [0, 'Rar!\x1a\x07', 'rar'],
  [0, '7z\xbc\xaf\x27\x1c', '7z'],
  [0, '\x1f\x8b', 'gz'],
  [0, 'BZh', 'bz2'],
  [0, '\xfd7zXZ\x00', 'xz'],
  [0, 'MSCF', 'cab'],
  [0, 'MSWIM\x00\x00\x00', 'wim'],
  [0, '\x28\xb5\x2f\xfd', 'zst'],
  [0, 'conectix', 'vhd'],
  [0, 'vhdxfile', 'vhdx'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'ole'],
  [0, '\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3', 'one'],
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, '\xff\xd8\xff', 'jpg'],
  [0, 'GIF8', 'gif'],
  [0, 'BM', 'bmp'],
  [0, 'II*\x00', 'tif'],
  [0, 'MM\x00*', 'tif'],
  [0, '\x00\x00\x01\x00', 'ico'],
  [8, 'WEBP', 'webp'],
  [8, 'AVI ', 'avi'],
  [8, 'WAVE', 'wav'],
  [4, 'ftyp', 'mp4'],
  [0, 'ID3', 'mp3'],
  [0, '\xff\xfb', 'mp3'],
  [0, 'OggS', 'ogg'],
  [0, 'wOFF', 'woff'],
  [0, 'wOF2', 'woff2'],
  [0, 'ITSF', 'chm'],
  [0, '\x78\x9f\x3e\x22', 'tnef'],
  [0, 'SQLite format 3\x00', 'sqlite'],
  [0, '\x00asm', 'wasm'],
  [257, 'ustar', 'tar'],
  [0x8001, 'CD001', 'iso'],
  [0x8801, 'CD001', 'iso'],
  [0, '-----BEGIN PGP', 'pgp'],
];

/** Words of an extension that says more than its container does; consulted only where the bytes agree. */
const OLE_BY_EXTENSION: Record<string, string> = {
  doc: 'doc',
  dot: 'doc',
  xls: 'xls',
  xlt: 'xls',
  xla: 'xls',
  ppt: 'ppt',
  pps: 'ppt',
  msg: 'msg',
  msi: 'msi',
  msp: 'msi',
  pub: 'pub',
  vsd: 'vsd',
  mdb: 'mdb',
};

/** Lower-case extension of a file name, '' when none; blanks and dots at its end do not count, as in Windows. */
export function extensionOf(filename: string): string {
  return /\.([a-z0-9_-]{1,16})[\s.\u200b-\u200f\u202a-\u202e]*$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
}

/**
 * Type word such as `pdf`, `zip`, `exe`, `html`; `ole` and `zip` are refined by who opens them; `unknown` when nothing fits.
 * @param filename helps only to tell text formats apart
 */
export function sniffFileType(bytes: Buffer, filename: string): string {
  if (bytes.length === 0) return 'empty';
  const head = bytes.toString('latin1', 0, 64);
  for (const [offset, magic, type] of MAGIC) {
    if (offset === 0 ? head.startsWith(magic) : bytes.toString('latin1', offset, offset + magic.length) === magic) {
      if (type === 'exe' && !isProgram(bytes)) continue;
      if (type === 'ole') return OLE_BY_EXTENSION[extensionOf(filename)] ?? 'ole';
      return type;
    }
  }
  if (head.startsWith('\xca\xfe\xba\xbe')) return bytes.length > 8 && bytes.readUInt32BE(4) < 0x2d ? 'macho' : 'class';
  // Readers accept a PDF header within the first kilobyte.
  const start = bytes.toString('latin1', 0, 4_096);
  if (start.slice(0, 1_024).includes('%PDF-')) return 'pdf';
  if (/^\s*\{\\rt/.test(start)) return 'rtf';
  if (isDer(bytes)) return 'p7m';
  return sniffText(bytes, start, extensionOf(filename));
}

/** `MZ` begins some texts too: a program has its header size and, past DOS days, a PE header or plenty of zero bytes. */
function isProgram(bytes: Buffer): boolean {
  if (bytes.length < 64) return bytes.includes(0);
  return bytes.subarray(0, 1024).includes(0);
}

/** A DER SEQUENCE that starts with the OID of CMS content. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes.subarray(0, 24).includes(Buffer.from('2a864886f70d0107', 'hex'));
}

const SCRIPT_EXTENSIONS = new Set([
  'js',
  'jse',
  'vbs',
  'vbe',
  'wsf',
  'hta',
  'ps1',
  'bat',
  'cmd',
  'sh',
  'py',
  'url',
  'ics',
  'eml',
  'csv',
  'xml',
  'json',
  'css',
  'reg',
  'vcf',
  'ini',
  'md',
  'log',
]);

function sniffText(bytes: Buffer, start: string, extension: string): string {
  let text = start;
  // Scripts and pages in UTF-16 run as well as any other.
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')) text = start.replace(/\x00/g, '').slice(2);
  else if (isBinary(start)) return 'unknown';
  const head = text
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .slice(0, 3_000);
  const lower = head.toLowerCase();
  if (
    lower.includes('<svg') &&
    /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,1000}?-->\s*)*(?:<!doctype svg[^>]{0,300}>\s*)?<svg[\s>]/.test(lower)
  )
    return 'svg';
  if (lower.includes('<hta:application')) return 'hta';
  if (/<(?:!doctype html|html|head|body|script|meta|title|iframe|form|table|div|style)\b/.test(lower))
    return extension === 'hta' ? 'hta' : 'html';
  if (lower.startsWith('begin:vcalendar')) return 'ics';
  if (lower.startsWith('begin:vcard')) return 'vcf';
  if (lower.startsWith('[internetshortcut]')) return 'url';
  if (lower.startsWith('<?xml')) return lower.includes('<job') ? 'wsf' : 'xml';
  if (lower.startsWith('#!')) return 'sh';
  if (lower.startsWith('windows registry editor')) return 'reg';
  if (
    /^(?:from|received|return-path|delivered-to|mime-version|message-id|date|subject|to|x-[\w-]{1,60}): ?\S/.test(
      lower,
    ) &&
    /^(?:from|to|subject|date|received|message-id):/m.test(lower)
  )
    return 'eml';
  if (SCRIPT_EXTENSIONS.has(extension)) return extension;
  if (/^@?echo off\b/.test(lower)) return 'bat';
  if (/\b(?:createobject\s?\(|on error resume next)/.test(lower) && !/[{};]\s*$/m.test(lower)) return 'vbs';
  if (/\b(?:new activexobject|eval\s?\(|document\.write|string\.fromcharcode|window\.location)/.test(lower))
    return 'js';
  if (/\b(?:invoke-expression|iex\s?\(|new-object\s+(?:net|system)\.|downloadstring)/.test(lower)) return 'ps1';
  if (bytes.length > 0 && extension === 'mht') return 'mht';
  return 'txt';
}

/** Control characters that no text has. */
function isBinary(start: string): boolean {
  let odd = 0;
  for (let i = 0; i < start.length; i++) {
    const code = start.charCodeAt(i);
    if (code === 0) return true;
    if (code < 9 || (code > 13 && code < 27) || (code > 27 && code < 32)) odd++;
  }
  return odd > start.length / 50;
}

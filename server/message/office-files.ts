/** Office documents: which kind, macros, encryption, and the addresses they refer to outside of themselves. */
import type { UnpackBudget } from './unpack-budget.ts';
import { readZipEntry, type ZipEntry } from './zip.ts';

const MAX_RELATIONS = 40;
const MAX_RELATION_BYTES = 512 * 1024;

export interface OfficeReading {
  /** Refined type word such as `docm`; null when it is no Office document. */
  fileType: string | null;
  macros: boolean;
  encrypted: boolean;
  links: string[];
}

/** Looks at the names inside a ZIP; OOXML, OpenDocument and the other formats that are archives. */
export function readOfficeZip(bytes: Buffer, entries: readonly ZipEntry[], budget: UnpackBudget): OfficeReading {
  const names = new Set(entries.map((entry) => entry.name));
  const has = (prefix: string) => entries.some((entry) => entry.name.startsWith(prefix));
  const macros = entries.some((entry) => /vbaProject\.bin$|^xl\/macrosheets\/|^Basic\/.+\.xml$/i.test(entry.name));
  const reading = (fileType: string): OfficeReading => ({
    fileType,
    macros,
    encrypted: false,
    links: externalTargets(bytes, entries, budget),
  });
  if (names.has('[Content_Types].xml')) {
    if (has('word/')) return reading(macros ? 'docm' : 'docx');
    if (has('xl/')) return reading(names.has('xl/workbook.bin') ? 'xlsb' : macros ? 'xlsm' : 'xlsx');
    if (has('ppt/')) return reading(macros ? 'pptm' : 'pptx');
    if (names.has('AppxManifest.xml')) return reading('msix');
  }
  if (names.has('AndroidManifest.xml')) return reading('apk');
  if (names.has('META-INF/MANIFEST.MF') && entries.some((entry) => entry.name.endsWith('.class')))
    return reading('jar');
  const first = entries[0];
  if (first?.name === 'mimetype') {
    const type = readZipEntry(bytes, first, 200, budget)?.toString('latin1') ?? '';
    if (type.includes('opendocument.text')) return reading('odt');
    if (type.includes('opendocument.spreadsheet')) return reading('ods');
    if (type.includes('opendocument.presentation')) return reading('odp');
    if (type.includes('epub')) return reading('epub');
  }
  return { fileType: null, macros: false, encrypted: false, links: [] };
}

/** Hyperlinks, remote templates and remote images of OOXML. */
function externalTargets(bytes: Buffer, entries: readonly ZipEntry[], budget: UnpackBudget): string[] {
  const links: string[] = [];
  for (const entry of entries.filter((one) => one.name.endsWith('.rels')).slice(0, MAX_RELATIONS)) {
    const xml = readZipEntry(bytes, entry, MAX_RELATION_BYTES, budget)?.toString('utf8') ?? '';
    for (const match of xml.matchAll(/<Relationship\s[^<>]{0,4000}>/g)) {
      if (!/TargetMode\s?=\s?"External"/i.test(match[0])) continue;
      const target = /Target\s?=\s?"([^"]{1,2000})"/i.exec(match[0])?.[1]?.replaceAll('&amp;', '&');
      if (target !== undefined && /^https?:/i.test(target) && links.length < 200) links.push(target);
    }
  }
  return links;
}

const wide = (text: string) => Buffer.from(text, 'utf16le');
const ENCRYPTED_PACKAGE = wide('EncryptedPackage');
const VBA = [wide('_VBA_PROJECT'), wide('_VBA_PROJECT_CUR')];
const OLE_KINDS: [Buffer, string][] = [
  [wide('WordDocument'), 'doc'],
  [wide('Workbook'), 'xls'],
  [wide('PowerPoint Document'), 'ppt'],
  [wide('__properties_version1.0'), 'msg'],
  [wide('VisioDocument'), 'vsd'],
];
/** CLSID 000C1084-0000-0000-C000-000000000046 of the root storage of an installer. */
const MSI = Buffer.from('84100c0000000000c000000000000046', 'hex');

/** Compound files: their directory names are plain UTF-16, so no sector chain has to be believed. */
export function readOle(bytes: Buffer, hint: string): OfficeReading {
  const macros = VBA.some((name) => bytes.includes(name));
  const encrypted = bytes.includes(ENCRYPTED_PACKAGE);
  let fileType = hint;
  if (bytes.includes(MSI)) fileType = 'msi';
  else if (hint === 'ole') fileType = OLE_KINDS.find(([name]) => bytes.includes(name))?.[1] ?? 'ole';
  return { fileType, macros, encrypted, links: [] };
}

/** One attachment: what it truly is, what is inside, and what it would do. */
import { hash } from 'node:crypto';
import { isArchive, readArchive } from './archives.ts';
import { decodeCharset } from './charset.ts';
import { isExecutableName, isExecutableType } from './executables.ts';
import { extensionOf, sniffFileType } from './file-types.ts';
import { readHtml } from './html-reading.ts';
import type { Attachment, Link, Message } from './message.ts';
import { type OfficeReading, readOfficeZip, readOle } from './office-files.ts';
import { readPdf } from './pdf.ts';
import type { Part } from './structure.ts';
import { readTextLinks } from './text-links.ts';
import { decodeTransfer } from './transfer-encoding.ts';
import type { UnpackBudget } from './unpack-budget.ts';
import { listZip } from './zip.ts';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TEXT = 200_000;
const TEXT_TYPES = new Set(
  'pgp html svg ics txt xml eml js vbs wsf hta ps1 bat sh url csv json vcf css md log ini reg mht'.split(' '),
);
const MAX_NESTED_LINKS = 500;
const OLE_TYPES = new Set(['ole', 'doc', 'xls', 'ppt', 'msg', 'msi', 'pub', 'vsd', 'mdb']);

export interface AttachmentReading {
  attachment: Attachment;
  /** Links found inside; the caller adds them to the message's. */
  nestedLinks: { url: string; text: string }[];
}

/** @param readNested reads a message inside; null when messages are nested too deeply already */
export function readAttachment(
  part: Part,
  readNested: ((bytes: Uint8Array) => Message) | null,
  budget: UnpackBudget,
): AttachmentReading {
  const { bytes, truncated } = decodeTransfer(part.body, part.encoding, MAX_BYTES);
  const limits = new Set<string>(truncated ? ['too_large'] : []);
  const isMessage = part.contentType === 'message/rfc822' || part.contentType === 'message/global';
  const fileType = isMessage ? 'eml' : sniffFileType(bytes, part.filename);
  const attachment: Attachment = {
    filename: part.filename,
    contentType: part.contentType,
    fileType,
    size: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
    inline: part.disposition === 'inline' || (part.disposition !== 'attachment' && part.contentId !== null),
    contentId: part.contentId,
    executable: isExecutableType(fileType) || isExecutableName(extensionOf(part.filename)),
    macros: false,
    encrypted: false,
    entries: [],
    containsExecutable: false,
    text: '',
    limits: [],
  };
  const nestedLinks: { url: string; text: string }[] = [];
  if (fileType === 'eml') {
    if (readNested === null) limits.add('too_deep');
    else takeMessage(readNested(bytes), attachment, nestedLinks, limits);
  } else if (isArchive(fileType)) takeArchive(bytes, attachment, nestedLinks, limits, budget);
  else if (OLE_TYPES.has(fileType)) takeOffice(readOle(bytes, fileType), attachment, nestedLinks);
  else if (fileType === 'pdf') {
    const pdf = readPdf(bytes, budget);
    attachment.encrypted = pdf.encrypted;
    for (const url of pdf.links) nestedLinks.push({ url, text: '' });
  } else if (TEXT_TYPES.has(fileType)) takeText(bytes, part, attachment, nestedLinks);
  if (isExecutableType(attachment.fileType)) attachment.executable = true;
  if (budget.left <= 0) limits.add('too_large');
  attachment.limits = [...limits];
  return { attachment, nestedLinks };
}

type NestedLinks = AttachmentReading['nestedLinks'];

function takeArchive(
  bytes: Buffer,
  attachment: Attachment,
  links: NestedLinks,
  limits: Set<string>,
  budget: UnpackBudget,
): void {
  if (attachment.fileType === 'zip') {
    const office = readOfficeZip(bytes, listZip(bytes, 1_000).entries, budget);
    if (office.fileType !== null) {
      takeOffice(office, attachment, links);
      return;
    }
  }
  const inside = readArchive(bytes, attachment.fileType, attachment.filename, budget);
  attachment.entries = inside.entries;
  attachment.containsExecutable = inside.containsExecutable;
  attachment.encrypted = inside.encrypted;
  attachment.macros = inside.macros;
  for (const url of inside.links) links.push({ url, text: '' });
  for (const limit of inside.limits) limits.add(limit);
}

function takeOffice(office: OfficeReading, attachment: Attachment, links: NestedLinks): void {
  attachment.fileType = office.fileType ?? attachment.fileType;
  attachment.macros = office.macros;
  attachment.encrypted = office.encrypted;
  for (const url of office.links) links.push({ url, text: '' });
}

function takeMessage(message: Message, attachment: Attachment, links: NestedLinks, limits: Set<string>): void {
  const from = message.headerFrom.map((address) => `${address.name} <${address.address}>`).join(', ');
  attachment.text = `${message.subject}\n${from}\n${message.visibleText}`.slice(0, MAX_TEXT);
  for (const inner of message.attachments) {
    const name = inner.filename === '' ? inner.contentType : inner.filename;
    attachment.entries.push(`${attachment.filename || 'message'}/${name}`);
    if (inner.executable || inner.containsExecutable) attachment.containsExecutable = true;
    if (inner.encrypted) attachment.encrypted = true;
    if (inner.macros) attachment.macros = true;
    for (const limit of inner.limits) limits.add(limit);
  }
  attachment.entries = attachment.entries.slice(0, 1_000);
  links.push(...message.links.slice(0, MAX_NESTED_LINKS).map((link: Link) => ({ url: link.url, text: link.text })));
}

function takeText(bytes: Buffer, part: Part, attachment: Attachment, links: NestedLinks): void {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const charset = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : (part.parameters.get('charset') ?? '');
  const source = decodeCharset(bytes.subarray(0, MAX_TEXT * 4), charset).text;
  if (attachment.fileType === 'html' || attachment.fileType === 'svg' || attachment.fileType === 'hta') {
    const reading = readHtml(source);
    for (const link of reading.links.slice(0, MAX_NESTED_LINKS)) links.push({ url: link.url, text: link.text });
    attachment.text = source.slice(0, MAX_TEXT);
    for (const url of readTextLinks(source.slice(0, MAX_TEXT), MAX_NESTED_LINKS)) links.push({ url, text: '' });
  } else {
    attachment.text = source.slice(0, MAX_TEXT);
    for (const url of readTextLinks(attachment.text, MAX_NESTED_LINKS)) links.push({ url, text: url });
  }
}

/** Bytes to a Message: the story of reading one mail. */
import { hash } from 'node:crypto';
import { readAddressList } from './addresses.ts';
import { readAttachment } from './attachments.ts';
import { type Body, readBodies } from './bodies.ts';
import { readDate } from './dates.ts';
import { decodeHeaderValue } from './encoded-words.ts';
import { readEncryption } from './encryption.ts';
import { allValues, firstValue, type RawField } from './header-fields.ts';
import { LinkList } from './links.ts';
import type { Address, Attachment, HeaderField, ListHeaders, Message } from './message.ts';
import { MAX_HOPS, readReceived } from './received.ts';
import { type Part, readStructure } from './structure.ts';
import { UnpackBudget } from './unpack-budget.ts';

/** What is looked at of a message; more stays unread and is told as `message_limit`. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Messages in messages in messages. */
const MAX_LEVEL = 3;

/** Everything the house knows of a mail. Accepts any bytes, never throws, takes time linear in the size. */
export async function parseMessage(raw: Uint8Array): Promise<Message> {
  return readMessage(raw);
}

/** The same without a promise, for worker threads and measurements. */
export function readMessage(raw: Uint8Array): Message {
  const sha256 = hash('sha256', raw, 'hex');
  return { ...readNested(raw, 0, new UnpackBudget()), sha256, size: raw.byteLength };
}

function readNested(raw: Uint8Array, level: number, budget: UnpackBudget): Message {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_BYTES));
  const structure = readStructure(buffer);
  const { fields, parts } = structure;
  const defects = new Set<string>(structure.defects);
  if (raw.byteLength > MAX_BYTES) defects.add('message_limit');

  const from = allValues(fields, 'from');
  const headerFrom = from.slice(0, 20).flatMap((value) => addressesOf(value, 'from', defects));
  if (from.length === 0 || headerFrom.length === 0) defects.add('no_from');
  if (from.length > 1) defects.add('duplicate_from');
  if (allValues(fields, 'subject').length > 1) defects.add('duplicate_subject');

  const bodies = readBodies(parts, defects);
  const links = new LinkList();
  addBodyLinks(links, bodies);
  const attachments = readAttachments(parts, bodies.used, level, budget, links, defects);
  const date = firstValue(fields, 'date');

  return {
    sha256: '',
    size: buffer.length,
    headers: headerFields(fields),
    headerFrom,
    sender: addressesOf(firstValue(fields, 'sender'), 'sender', defects)[0] ?? null,
    replyTo: listOf(fields, 'reply-to', defects),
    to: listOf(fields, 'to', defects),
    cc: listOf(fields, 'cc', defects),
    envelopeFrom: envelopeFromOf(fields),
    messageId: messageIdOf(fields),
    subject: decodeHeaderValue(firstValue(fields, 'subject') ?? ''),
    date: date === null ? null : readDate(date),
    received: allValues(fields, 'received').slice(0, MAX_HOPS).map(readReceived),
    text: bodies.text,
    html: bodies.html,
    visibleText: bodies.visibleText,
    hiddenText: bodies.hiddenText,
    links: links.links,
    images: bodies.images,
    forms: bodies.forms,
    attachments,
    list: listHeaders(fields),
    ...readEncryption(structure, bodies.text),
    structure: structure.outline,
    defects: [...defects],
  };
}

function addBodyLinks(links: LinkList, bodies: Body): void {
  for (const link of bodies.htmlLinks) links.add(link.url, link.text, link.source, link.visible);
  for (const text of bodies.bareUrlTexts) links.addTextLinks(text, 'text', true);
  links.addTextLinks(bodies.text, 'text', bodies.textShown);
}

function readAttachments(
  parts: Part[],
  used: ReadonlySet<Part>,
  level: number,
  budget: UnpackBudget,
  links: LinkList,
  defects: Set<string>,
): Attachment[] {
  const attachments: Attachment[] = [];
  for (const part of parts) {
    if (used.has(part)) continue;
    const nested = level < MAX_LEVEL ? (bytes: Uint8Array) => readNested(bytes, level + 1, budget) : null;
    const { attachment, nestedLinks } = readAttachment(part, nested, budget);

    attachments.push(attachment);
    for (const limit of attachment.limits) defects.add(`attachment_${limit}`);
    for (const link of nestedLinks) links.add(link.url, link.text, 'attachment', false);
  }
  return attachments;
}

function headerFields(fields: RawField[]): HeaderField[] {
  return fields.map(({ name, value }) => ({ name, value: decodeHeaderValue(value) }));
}

function listOf(fields: RawField[], key: string, defects: Set<string>): Address[] {
  return allValues(fields, key)
    .slice(0, 20)
    .flatMap((value) => addressesOf(value, key, defects));
}

function addressesOf(value: string | null, key: string, defects: Set<string>): Address[] {
  if (value === null) return [];
  const { addresses, defects: found } = readAddressList(value);
  for (const defect of found) defects.add(defect === 'bad_address' ? `bad_${key.replace('-', '_')}` : defect);
  return addresses;
}

function envelopeFromOf(fields: RawField[]): string | null {
  const value = firstValue(fields, 'return-path');
  if (value === null) return null;
  const address = /<([^<>]*)>/.exec(value)?.[1] ?? value;
  return address.replace(/\s+/g, '').slice(0, 500);
}

function messageIdOf(fields: RawField[]): string | null {
  const value = firstValue(fields, 'message-id');
  if (value === null || value === '') return null;
  const id = /<[^<>\s]{1,1000}>/.exec(value)?.[0];
  return id ?? `<${value.slice(0, 998)}>`;
}

function listHeaders(fields: RawField[]): ListHeaders {
  const value = (key: string) => {
    const raw = firstValue(fields, key);
    return raw === null ? null : decodeHeaderValue(raw).slice(0, 4_000);
  };
  return {
    id: value('list-id'),
    unsubscribe: value('list-unsubscribe'),
    unsubscribePost: value('list-unsubscribe-post'),
    precedence: value('precedence'),
    feedbackId: value('feedback-id'),
    autoSubmitted: value('auto-submitted'),
  };
}

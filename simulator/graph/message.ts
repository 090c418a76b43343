/** An item as Graph's `message` resource. */
import { bodyOf, previewOf } from '../mime/body.ts';
import { type Address, headerOf } from '../mime/header.ts';
import { guidOf } from '../tenant/ids.ts';
import type { Item, Mailbox } from '../tenant/mailbox.ts';
import { timeOf } from './call.ts';
import { itemNotFound } from './errors.ts';

type Property = (item: Item, immutable: boolean) => unknown;

const properties = new Map<string, Property>([
  ['id', (item, immutable) => (immutable ? item.immutableId : item.id)],
  ['createdDateTime', (item) => timeOf(item.receivedAt)],
  ['lastModifiedDateTime', (item) => timeOf(item.modifiedAt)],
  ['changeKey', (item) => changeKeyOf(item)],
  ['categories', (item) => item.categories],
  ['receivedDateTime', (item) => timeOf(item.receivedAt)],
  ['sentDateTime', (item) => timeOf(headerOf(item.eml).date ?? item.receivedAt)],
  ['hasAttachments', (item) => headerOf(item.eml).hasAttachments],
  ['internetMessageId', (item) => item.internetMessageId],
  ['subject', (item) => item.subject],
  ['bodyPreview', (item) => previewOf(bodyOf(item.eml))],
  ['importance', (item) => item.importance],
  ['parentFolderId', (item) => item.folder],
  [
    'conversationId',
    (item) =>
      `AAQkAG${Buffer.from(guidOf(`thread|${item.subject.replace(/^((re|fwd?|aw|wg):\s*)+/i, '')}`)).toString('base64url')}`,
  ],
  ['conversationIndex', () => 'AQHa'],
  ['isDeliveryReceiptRequested', () => false],
  ['isReadReceiptRequested', () => false],
  ['isRead', (item) => item.isRead],
  ['isDraft', () => false],
  [
    'webLink',
    (item) =>
      `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(item.id)}&exvsurl=1&viewmodel=ReadMessageItem`,
  ],
  ['inferenceClassification', () => 'focused'],
  ['body', (item) => bodyOf(item.eml)],
  ['uniqueBody', (item) => bodyOf(item.eml)],
  ['sender', (item) => recipient(headerOf(item.eml).sender ?? headerOf(item.eml).from)],
  ['from', (item) => recipient(headerOf(item.eml).from)],
  ['toRecipients', (item) => headerOf(item.eml).to.map(recipient)],
  ['ccRecipients', (item) => headerOf(item.eml).cc.map(recipient)],
  ['bccRecipients', () => []],
  ['replyTo', (item) => headerOf(item.eml).replyTo.map(recipient)],
  ['internetMessageHeaders', (item) => headerOf(item.eml).fields],
  ['flag', (item) => ({ flagStatus: item.flag })],
]);

export const messageProperties: ReadonlySet<string> = new Set(properties.keys());
const defaults = [...properties.keys()].filter(
  (name) => !['uniqueBody', 'internetMessageHeaders', 'conversationIndex'].includes(name),
);

/** @param select null: what Graph shows without `$select` */
export function messageResource(item: Item, select: string[] | null, immutable: boolean): Record<string, unknown> {
  const resource: Record<string, unknown> = { '@odata.etag': `W/"${changeKeyOf(item)}"` };
  for (const name of select ?? defaults) resource[name] = properties.get(name)!(item, immutable);
  resource.id ??= immutable ? item.immutableId : item.id;
  return resource;
}

/** A property for a filter; undefined where the type has none. */
export function messageProperty(item: Item, name: string): unknown {
  if (name === 'singleValueExtendedProperties')
    return [
      { id: 'String 0x1035', value: item.internetMessageId },
      { id: 'Binary 0x348A', value: item.lastFolder },
    ];
  const [head, ...rest] = name.split('/');
  let value = properties.get(head!)?.(item, false);
  for (const part of rest) value = (value as Record<string, unknown> | null | undefined)?.[part];
  return value;
}

/** @throws Refusal 404 */
export function itemOf(mailbox: Mailbox, id: string): Item {
  const item = mailbox.item(id);
  if (!item || mailbox.folders.get(item.folder)?.wellKnown === 'recoverableitemspurges') throw itemNotFound();
  return item;
}

function changeKeyOf(item: Item): string {
  return `CQAAABYAAA${Buffer.from(`${item.number}.${item.generation}`).toString('base64url')}`;
}

function recipient(address: Address | null) {
  return address === null ? null : { emailAddress: { name: address.name, address: address.address } };
}

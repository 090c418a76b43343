/** Routes under `/users/{id}/messages` and `/users/{id}/mailFolders/{id}/messages`. */
import type { Item, Mailbox } from '../tenant/mailbox.ts';
import { type Answer, json } from '../wire.ts';
import { bodyOf, type Call, mailboxOf, prefersImmutableId } from './call.ts';
import { badRequest, folderNotFound, Refusal } from './errors.ts';
import { parseFilter } from './filter.ts';
import { itemOf, messageProperties, messageProperty, messageResource } from './message.ts';
import { parseOrder, refuseInefficient, sorted } from './order.ts';
import { nextLink, page, selectOf, skipOf, topOf } from './query.ts';

const type = 'microsoft.graph.message';

/** The whole mailbox, Deleted Items included; Recoverable Items and hidden folders by setting. */
export function listMessages(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  const { findsShowDumpster, findsShowHidden } = call.settings;
  return list(call, mailbox, (item) => {
    const folder = mailbox.folders.get(item.folder);
    if (folder?.wellKnown === 'recoverableitemspurges') return false;
    return (findsShowDumpster || !mailbox.inDumpster(item)) && (findsShowHidden || folder?.isHidden !== true);
  });
}

export function listFolderMessages(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  const folder = folderOf(mailbox, call.segments[3]!);
  return list(call, mailbox, (item) => item.folder === folder.id && folder.wellKnown !== 'recoverableitemspurges');
}

function list(call: Call, mailbox: Mailbox, visible: (item: Item) => boolean): Answer {
  const { query } = call;
  const top = topOf(query, 10, 1000);
  const skip = skipOf(query);
  const select = selectOf(query, type, messageProperties);
  const staleMs = call.fault && 'staleMs' in call.fault ? call.fault.staleMs : 0;
  let items = mailbox.list(staleMs);
  const text = query.get('$filter');
  const order = parseOrder(query.get('$orderby') ?? '');
  for (const { property } of order) refuseUnknown(property.split('/')[0]!);
  if (text !== undefined) {
    const { matches, messageId, paths } = parseFilter(text);
    for (const path of paths) if (path !== 'singleValueExtendedProperties') refuseUnknown(path);
    refuseInefficient(order, paths);
    items = items.filter((item) =>
      messageId === null ? matches((name) => messageProperty(item, name)) : item.internetMessageId === messageId,
    );
  }
  items = sorted(items.filter(visible), order, messageProperty);
  const { rows, next } = page(items, skip, top);
  const immutable = prefersImmutableId(call);
  return json(200, {
    '@odata.context': `${call.base}/$metadata#users('${call.segments[1]}')/messages`,
    ...(query.get('$count') === 'true' && { '@odata.count': items.length }),
    value: rows.map((item) => messageResource(item, select, immutable)),
    ...(next !== null && { '@odata.nextLink': nextLink(call.base, call.path, query, '$skip', next) }),
  });
}

function refuseUnknown(property: string): void {
  if (!messageProperties.has(property))
    throw badRequest(`Could not find a property named '${property}' on type '${type}'.`);
}

export function getMessage(call: Call): Answer {
  const item = itemOf(mailboxOf(call, false), idOf(call));
  const select = selectOf(call.query, type, messageProperties);
  return json(200, { '@odata.context': context(call), ...messageResource(item, select, prefersImmutableId(call)) });
}

export function getValue(call: Call): Answer {
  const item = itemOf(mailboxOf(call, false), idOf(call));
  return { status: 200, headers: { 'content-type': 'text/plain' }, bytes: item.eml };
}

/**
 * Without the immutable id the moved item answers to a new id only. After the user has moved a mail, a move may leave a
 * duplicate behind (msgraph-sdk-python#1042, open): setting `duplicateAfterUserMove`, fault `duplicate`.
 */
export function moveMessage(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const item = itemOf(mailbox, idOf(call));
  const destination = bodyOf(call).get('destinationid');
  if (typeof destination !== 'string' || destination === '') throw badRequest('The destinationId is required.');
  const folder = folderOf(mailbox, destination);
  const bug = (call.fault && 'duplicate' in call.fault) || (call.settings.duplicateAfterUserMove && item.movedByUser);
  if (bug && !item.hasTwin && prefersImmutableId(call)) mailbox.duplicate(item);
  mailbox.move(item, folder);
  return json(201, { '@odata.context': context(call), ...messageResource(item, null, prefersImmutableId(call)) });
}

export function patchMessage(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const item = itemOf(mailbox, idOf(call));
  const patch: Parameters<Mailbox['change']>[1] = {};
  for (const [name, value] of bodyOf(call)) {
    if (name === 'isread' && typeof value === 'boolean') patch.isRead = value;
    else if (name === 'categories' && Array.isArray(value)) patch.categories = value.map(String);
    else if (name === 'importance' && (value === 'low' || value === 'normal' || value === 'high'))
      patch.importance = value;
    else if (name === 'flag' && isFlag(value)) patch.flag = value.flagStatus;
    else throw badRequest(`Cannot change the property '${name}' to ${JSON.stringify(value)}.`);
  }
  mailbox.change(item, patch);
  return json(200, { '@odata.context': context(call), ...messageResource(item, null, prefersImmutableId(call)) });
}

/** Into Purges of the dumpster, where clients do not reach it. */
export function purgeMessage(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const item = itemOf(mailbox, idOf(call));
  mailbox.move(item, mailbox.folderOrThrow('recoverableitemspurges'));
  return { status: 204 };
}

/** A soft delete. A vanished item by immutable id answers 403, not 404 (msgraph-sdk-dotnet#3047). */
export function deleteMessage(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const item = mailbox.item(idOf(call));
  if (!item && prefersImmutableId(call))
    throw new Refusal(403, 'ErrorCannotDeleteObject', 'Cannot delete message because the Id parameter is not valid.');
  const deleted = mailbox.folderOrThrow('recoverableitemsdeletions');
  mailbox.move(itemOf(mailbox, idOf(call)), deleted);
  return { status: 204 };
}

/** The message id stands behind the last `messages` of the path, in a folder or not. */
function idOf(call: Call): string {
  return call.segments[call.segments.indexOf('messages', 2) + 1]!;
}

function folderOf(mailbox: Mailbox, name: string) {
  const byId = mailbox.folders.get(name);
  const wellKnown = byId ?? [...mailbox.folders.values()].find((folder) => folder.wellKnown === name.toLowerCase());
  if (!wellKnown) throw folderNotFound();
  return wellKnown;
}

function context(call: Call): string {
  return `${call.base}/$metadata#users('${call.segments[1]}')/messages/$entity`;
}

function isFlag(value: unknown): value is { flagStatus: Item['flag'] } {
  const status = (value as { flagStatus?: unknown } | null)?.flagStatus;
  return status === 'notFlagged' || status === 'flagged' || status === 'complete';
}

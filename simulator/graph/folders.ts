/** Routes under `/users/{id}/mailFolders`. */
import type { Folder } from '../tenant/folder.ts';
import type { Mailbox } from '../tenant/mailbox.ts';
import { type Answer, json } from '../wire.ts';
import { bodyOf, type Call, mailboxOf } from './call.ts';
import { badRequest, folderNotFound, Refusal } from './errors.ts';
import { parseFilter } from './filter.ts';
import { nextLink, page, selectOf, skipOf, topOf } from './query.ts';

const type = 'microsoft.graph.mailFolder';
const folderProperties = new Set([
  'id',
  'displayName',
  'parentFolderId',
  'childFolderCount',
  'unreadItemCount',
  'totalItemCount',
  'isHidden',
]);

/** Hidden folders only with `includeHiddenFolders=true`; Recoverable Items never. */
export function listFolders(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  return list(call, mailbox, null);
}

export function listChildFolders(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  return list(call, mailbox, isRoot(call.segments[3]!) ? null : folderOf(mailbox, call.segments[3]!).id);
}

function list(call: Call, mailbox: Mailbox, parent: string | null): Answer {
  const hidden = call.query.get('includehiddenfolders')?.toLowerCase() === 'true';
  const select = selectOf(call.query, type, folderProperties);
  let folders = [...mailbox.folders.values()].filter(
    (folder) => folder.parent === parent && (hidden || !folder.isHidden),
  );
  const filter = call.query.get('$filter');
  if (filter !== undefined) {
    const { matches } = parseFilter(filter);
    folders = folders.filter((folder) => {
      const all = resource(mailbox, folder, null);
      return matches((name) => all[name]);
    });
  }
  const { rows, next } = page(folders, skipOf(call.query), topOf(call.query, 10, 1000));
  return json(200, {
    '@odata.context': `${call.base}/$metadata#users('${call.segments[1]}')/mailFolders`,
    value: rows.map((folder) => resource(mailbox, folder, select)),
    ...(next !== null && { '@odata.nextLink': nextLink(call.base, call.path, call.query, '$skip', next) }),
  });
}

export function getFolder(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  const folder = folderOf(mailbox, call.segments[3]!);
  return json(200, {
    '@odata.context': context(call),
    ...resource(mailbox, folder, selectOf(call.query, type, folderProperties)),
  });
}

/** `isHidden` can be set here only. The same name twice under one parent is refused, hidden or not. */
export function createFolder(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const body = bodyOf(call);
  const displayName = body.get('displayname');
  if (typeof displayName !== 'string' || displayName === '') throw badRequest('displayName is required.');
  const parentName = call.segments[4] === 'childFolders' ? call.segments[3]! : null;
  const parent = parentName === null || isRoot(parentName) ? null : folderOf(mailbox, parentName).id;
  for (const folder of mailbox.folders.values())
    if (folder.parent === parent && folder.displayName.toLowerCase() === displayName.toLowerCase())
      throw new Refusal(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
  const folder = mailbox.createFolder(displayName, body.get('ishidden') === true, parent);
  return json(201, { '@odata.context': context(call), ...resource(mailbox, folder, null) });
}

export function deleteFolder(call: Call): Answer {
  const mailbox = mailboxOf(call, true);
  const folder = folderOf(mailbox, call.segments[3]!);
  if (folder.wellKnown)
    throw new Refusal(403, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
  mailbox.deleteFolder(folder.id);
  return { status: 204 };
}

/** By id or well-known name. @throws Refusal 404 */
function folderOf(mailbox: Mailbox, name: string): Folder {
  const folder =
    mailbox.folders.get(name) ?? [...mailbox.folders.values()].find((one) => one.wellKnown === name.toLowerCase());
  if (!folder) throw folderNotFound();
  return folder;
}

function isRoot(name: string): boolean {
  return name.toLowerCase() === 'msgfolderroot';
}

function resource(mailbox: Mailbox, folder: Folder, select: string[] | null): Record<string, unknown> {
  const items = mailbox.list().filter((item) => item.folder === folder.id);
  const all: Record<string, unknown> = {
    id: folder.id,
    displayName: folder.displayName,
    parentFolderId: folder.parent ?? `AQMkADroot${mailbox.address}`,
    childFolderCount: [...mailbox.folders.values()].filter((one) => one.parent === folder.id).length,
    unreadItemCount: items.filter((item) => !item.isRead).length,
    totalItemCount: items.length,
    isHidden: folder.isHidden,
  };
  if (select === null) return all;
  return Object.fromEntries(['id', ...select].map((name) => [name, all[name]]));
}

function context(call: Call): string {
  return `${call.base}/$metadata#users('${call.segments[1]}')/mailFolders/$entity`;
}

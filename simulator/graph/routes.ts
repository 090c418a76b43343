/** From method and path to a route. */
import type { RouteName } from '../faults.ts';
import type { Answer } from '../wire.ts';
import type { Call } from './call.ts';
import { folderDelta } from './delta.ts';
import {
  checkMemberGroups,
  getGroup,
  getUser,
  listGroups,
  listMembers,
  listUsers,
  memberOf,
  usersDelta,
} from './directory.ts';
import { createFolder, deleteFolder, getFolder, listChildFolders, listFolders } from './folders.ts';
import {
  deleteMessage,
  getMessage,
  getValue,
  listFolderMessages,
  listMessages,
  moveMessage,
  patchMessage,
  purgeMessage,
} from './messages.ts';
import { messageTraces } from './trace.ts';
import { translateIds } from './translate.ts';

export interface Route {
  name: RouteName;
  answer: (call: Call) => Answer;
  /** The request enters the mailbox that segment 1 names. */
  inMailbox: boolean;
}

/** Pattern: `*` is one segment. The first that fits wins. */
const table: readonly [method: string, pattern: string, name: RouteName, answer: (call: Call) => Answer][] = [
  ['GET', 'users/*/messages', 'find', listMessages],
  ['GET', 'users/*/messages/*', 'message', getMessage],
  ['GET', 'users/*/messages/*/$value', 'value', getValue],
  ['POST', 'users/*/messages/*/move', 'move', moveMessage],
  ['POST', 'users/*/messages/*/permanentDelete', 'purge', purgeMessage],
  ['PATCH', 'users/*/messages/*', 'patch', patchMessage],
  ['DELETE', 'users/*/messages/*', 'delete', deleteMessage],
  ['GET', 'users/*/mailFolders', 'folders', listFolders],
  ['POST', 'users/*/mailFolders', 'createFolder', createFolder],
  ['GET', 'users/*/mailFolders/*', 'folder', getFolder],
  ['DELETE', 'users/*/mailFolders/*', 'deleteFolder', deleteFolder],
  ['GET', 'users/*/mailFolders/*/childFolders', 'folders', listChildFolders],
  ['POST', 'users/*/mailFolders/*/childFolders', 'createFolder', createFolder],
  ['GET', 'users/*/mailFolders/*/messages', 'findInFolder', listFolderMessages],
  ['GET', 'users/*/mailFolders/*/messages/delta()', 'messagesDelta', folderDelta],
  ['GET', 'users/*/mailFolders/*/messages/delta', 'messagesDelta', folderDelta],
  ['GET', 'users/*/mailFolders/*/messages/*', 'message', getMessage],
  ['PATCH', 'users/*/mailFolders/*/messages/*', 'patch', patchMessage],
  ['DELETE', 'users/*/mailFolders/*/messages/*', 'delete', deleteMessage],
  ['POST', 'users/*/mailFolders/*/messages/*/move', 'move', moveMessage],
  ['POST', 'users/*/mailFolders/*/messages/*/permanentDelete', 'purge', purgeMessage],
  ['POST', 'users/*/translateExchangeIds', 'translate', translateIds],
  ['GET', 'users', 'users', listUsers],
  ['GET', 'users/delta()', 'usersDelta', usersDelta],
  ['GET', 'users/delta', 'usersDelta', usersDelta],
  ['GET', 'users/*', 'user', getUser],
  ['GET', 'users/*/memberOf', 'memberOf', memberOf],
  ['GET', 'users/*/transitiveMemberOf', 'memberOf', memberOf],
  ['POST', 'users/*/checkMemberGroups', 'memberOf', checkMemberGroups],
  ['GET', 'groups', 'groups', listGroups],
  ['GET', 'groups/*', 'group', getGroup],
  ['GET', 'groups/*/members', 'members', listMembers],
  ['GET', 'groups/*/transitiveMembers', 'members', listMembers],
  ['GET', 'groups/*/members/microsoft.graph.user', 'members', listMembers],
  ['GET', 'groups/*/transitiveMembers/microsoft.graph.user', 'members', listMembers],
  ['GET', 'admin/exchange/tracing/messageTraces', 'trace', messageTraces],
];

const outsideMailboxes = new Set<RouteName>([
  'users',
  'user',
  'usersDelta',
  'groups',
  'group',
  'members',
  'memberOf',
  'trace',
]);

interface Compiled extends Route {
  method: string;
  parts: string[];
}

const byLength = new Map<number, Compiled[]>();
for (const [method, pattern, name, answer] of table) {
  const parts = pattern.split('/');
  const same = byLength.get(parts.length) ?? [];
  same.push({ method, parts, name, answer, inMailbox: !outsideMailboxes.has(name) });
  byLength.set(parts.length, same);
}

/** Method and pattern of every route, for the conformance test. */
export const routePatterns: readonly { method: string; pattern: string }[] = table.map(([method, pattern]) => ({
  method,
  pattern,
}));

/** @param segments decoded, without the version */
export function routeOf(method: string, segments: readonly string[]): Route | 'unknown' | 'method' {
  let other = false;
  for (const route of byLength.get(segments.length) ?? []) {
    if (!route.parts.every((part, i) => part === '*' || part === segments[i])) continue;
    if (route.method === method) return route;
    other = true;
  }
  return other ? 'method' : 'unknown';
}

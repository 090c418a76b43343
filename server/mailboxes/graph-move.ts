/** Moving a copy, and putting it back. Every write is sent once: a repeated move is never blind. */
import { PermanentError } from '../../shared/errors.ts';
import type { Destination } from '../../shared/retraction.ts';
import { call } from './graph-call.ts';
import type { GraphRequest } from './graph-client.ts';
import { COPY_FIELDS, copyInAnswer, copyOf, messagePath } from './graph-copy.ts';
import type { Meaning } from './graph-errors.ts';
import { type GraphFolders, WELL_KNOWN } from './graph-folder.ts';
import type { GraphTenant } from './graph-tenant.ts';
import type { Copy, MoveResult } from './port.ts';

export async function readCopy(tenant: GraphTenant, mailbox: string, id: string): Promise<Copy | null> {
  const url = `${messagePath(id)}?$select=${COPY_FIELDS}`;
  const called = await call(tenant, mailbox, { method: 'GET', url });
  return called.is === 'done' ? copyOf(mailbox, called.answer.body) : null;
}

export async function moveCopy(
  tenant: GraphTenant,
  folders: GraphFolders,
  mailbox: string,
  id: string,
  destination: Destination,
): Promise<MoveResult> {
  if (destination === 'RecoverableItemsPurges') return purge(tenant, folders, mailbox, id);
  const called = await call(tenant, mailbox, await moveTo(folders, mailbox, id, destination));
  if (called.is === 'done') return movedBy(mailbox, called);
  if (destination !== 'Quarantine' || (called.is === 'gone' && (await quarantineStands(folders, mailbox)))) {
    return { state: 'gone' };
  }
  // Our folder was deleted meanwhile. The move was refused and did nothing, so this is no blind repetition.
  folders.forget(mailbox, destination);
  const again = await call(tenant, mailbox, await moveTo(folders, mailbox, id, destination));
  return again.is === 'done' ? movedBy(mailbox, again) : { state: 'gone' };
}

/** The request of a move; well-known names need no look-up, our own folder does. */
export async function moveTo(
  folders: GraphFolders,
  mailbox: string,
  id: string,
  destination: Exclude<Destination, 'RecoverableItemsPurges'>,
): Promise<GraphRequest> {
  const folder = destination === 'Quarantine' ? await folders.idOf(mailbox, destination) : WELL_KNOWN[destination];
  return moveRequest(id, folder);
}

/** @throws TypeError for a meaning that is none: only `done` has a copy */
export function movedBy(mailbox: string, meaning: Meaning): MoveResult {
  if (meaning.is !== 'done') throw new TypeError(meaning.is);
  const { body, headers } = meaning.answer;
  return { state: 'moved', copy: copyInAnswer(mailbox, body), requestId: headers['request-id'] ?? null };
}

async function quarantineStands(folders: GraphFolders, mailbox: string): Promise<boolean> {
  return folders.exists(mailbox, await folders.idOf(mailbox, 'Quarantine'));
}

/** Into Purges of the dumpster, where no client reaches it; the answer has no body, so the copy is read before. */
async function purge(tenant: GraphTenant, folders: GraphFolders, mailbox: string, id: string): Promise<MoveResult> {
  const copy = await readCopy(tenant, mailbox, id);
  if (copy === null) return { state: 'gone' };
  const url = `${messagePath(id)}/permanentDelete`;
  const called = await call(tenant, mailbox, { method: 'POST', url });
  if (called.is !== 'done') return { state: 'gone' };
  const folder = await folders.idOf(mailbox, 'RecoverableItemsPurges').catch(() => WELL_KNOWN.RecoverableItemsPurges);
  return { state: 'moved', copy: { ...copy, folder }, requestId: called.answer.headers['request-id'] ?? null };
}

/** Reads first, so that it may run twice: what is already back is not moved again. */
export async function restoreCopy(
  tenant: GraphTenant,
  folders: GraphFolders,
  mailbox: string,
  id: string,
  preimage: { folder: string; isRead: boolean },
): Promise<{ state: 'restored'; copy: Copy; fallback: boolean } | { state: 'gone' }> {
  let copy = await readCopy(tenant, mailbox, id);
  if (copy === null) return { state: 'gone' };
  let fallback = false;
  if (copy.folder !== preimage.folder) {
    fallback = !(await folders.exists(mailbox, preimage.folder));
    const target = fallback ? await folders.idOf(mailbox, 'Inbox') : preimage.folder;
    if (copy.folder !== target) {
      const called = await call(tenant, mailbox, moveRequest(copy.providerMessageId, target));
      if (called.is !== 'done') return { state: 'gone' };
      copy = copyInAnswer(mailbox, called.answer.body);
    }
  }
  if (copy.isRead !== preimage.isRead) {
    const url = messagePath(copy.providerMessageId);
    const called = await call(tenant, mailbox, { method: 'PATCH', url, body: { isRead: preimage.isRead } });
    if (called.is !== 'done') return { state: 'gone' };
    copy = { ...copy, isRead: preimage.isRead };
  }
  return { state: 'restored', copy, fallback };
}

function moveRequest(id: string, folder: string): GraphRequest {
  return { method: 'POST', url: `${messagePath(id)}/move`, body: { destinationId: folder } };
}

/** Purging exists in the global cloud only. */
export const purgesIn = (graphUrl: string) => !/\.(us|cn)$/.test(new URL(graphUrl).hostname);

export function refusePurgeOutside(graphUrl: string, destination: Destination): void {
  if (destination === 'RecoverableItemsPurges' && !purgesIn(graphUrl))
    throw new PermanentError('unsupported', 'no purge in this cloud');
}

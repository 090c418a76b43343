import type { MailProvider } from '../mailboxes/port.ts';
import { type CopyChange, type CopyRow, claimRestoring, recordOutcome } from '../store/retraction-copies.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { afterError } from './act.ts';
import { isInDestination } from './ledger.ts';
import type { RetractionWorld } from './world.ts';

const AT_A_TIME = 40;

/** Puts the next copies back to where their pre-image says. @returns false when none waits. */
export async function restoreNext(world: RetractionWorld, retraction: RetractionRow): Promise<boolean> {
  const owner = world.randomId('own');
  const { leaseMs } = world.tuning;
  const copies = await claimRestoring(world.store.db, retraction.id, owner, world.now(), leaseMs, AT_A_TIME);
  await Promise.all(copies.map((copy) => restore(world, retraction, copy, owner)));
  return copies.length > 0;
}

async function restore(world: RetractionWorld, retraction: RetractionRow, copy: CopyRow, owner: string): Promise<void> {
  const provider = world.providers.get(copy.provider);
  if (!provider) return;
  const change = await putBack(world, retraction, provider, copy).catch((error: unknown): CopyChange => {
    const after = afterError(world, copy, error);
    if (after.state === 'failed') return after;
    // Putting back is safe to repeat: it first looks where the copy lies.
    return { ...after, state: 'restoring' };
  });
  await recordOutcome(world.store.db, copy.id, owner, change);
}

async function putBack(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: CopyRow,
): Promise<CopyChange> {
  const preimage = {
    folder: copy.from_folder,
    labels: copy.labels,
    isRead: copy.read_at_move ?? copy.was_read,
  };
  const current = await provider.readCopy(copy.mailbox, copy.provider_message_id);
  if (!current) return { state: 'gone', reason: 'removed_by_user' };
  const ours = await isInDestination(retraction, provider, current);
  // Only our own first half of a restore is finished here; what the user has moved since stays where the user put it.
  const there = isSamePlace(current, preimage);
  const halfDone = !ours && there && current.isRead !== preimage.isRead;
  if (!ours && !halfDone) {
    const reason = there ? null : 'moved_by_user';
    return { state: 'restored', reason, restoredAt: world.now(), restoredFolder: current.folder };
  }
  const result = await provider.restore(copy.mailbox, copy.provider_message_id, preimage);
  if (result.state === 'gone') return { state: 'gone', reason: 'removed_by_user' };
  return {
    state: 'restored',
    reason: result.fallback ? 'original_folder_gone' : null,
    restoreFallback: result.fallback,
    restoredAt: world.now(),
    restoredFolder: result.copy.folder,
    ...(result.copy.providerMessageId !== copy.provider_message_id
      ? { providerMessageId: result.copy.providerMessageId, previousId: copy.provider_message_id }
      : {}),
  };
}

/** Labels are the place where there are no folders; what was read is no matter of place. */
export function isSamePlace(
  a: { folder: string; labels: readonly string[] },
  b: { folder: string; labels: readonly string[] },
) {
  const places = (labels: readonly string[]) =>
    labels
      .filter((label) => label !== 'UNREAD')
      .sort()
      .join(' ');
  return a.folder === b.folder && places(a.labels) === places(b.labels);
}

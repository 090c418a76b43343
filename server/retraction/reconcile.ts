import type { Copy, MailProvider } from '../mailboxes/port.ts';
import { type CopyRow, claimUncertain, copiesOfMailbox, recordOutcome } from '../store/retraction-copies.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { afterError } from './act.ts';
import { isInDestination } from './ledger.ts';
import { matchCopy } from './match.ts';
import type { RetractionWorld } from './world.ts';

const AT_A_TIME = 40;

/** Reads back copies whose outcome nobody knows; a move is never repeated blindly. @returns false when there are none. */
export async function reconcileNext(world: RetractionWorld, retraction: RetractionRow): Promise<boolean> {
  const owner = world.randomId('own');
  const { leaseMs } = world.tuning;
  const copies = await claimUncertain(world.store.db, retraction.id, owner, world.now(), leaseMs, AT_A_TIME);
  await Promise.all(copies.map((copy) => readBack(world, retraction, copy, owner)));
  return copies.length > 0;
}

async function readBack(
  world: RetractionWorld,
  retraction: RetractionRow,
  copy: CopyRow,
  owner: string,
): Promise<void> {
  const provider = world.providers.get(copy.provider);
  if (!provider) return;
  try {
    const current = await provider.readCopy(copy.mailbox, copy.provider_message_id);
    if (!current) return await settleLost(world, retraction, provider, copy, owner);
    await settleAt(world, retraction, provider, copy, current, owner);
  } catch (error) {
    const change = afterError(world, copy, error);
    // Reading says nothing about the move: the outcome stays open.
    await recordOutcome(
      world.store.db,
      copy.id,
      owner,
      change.state === 'found' ? { ...change, state: 'unknown' } : change,
    );
  }
}

async function settleAt(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: CopyRow,
  current: Copy,
  owner: string,
): Promise<void> {
  const identity =
    current.providerMessageId === copy.provider_message_id
      ? {}
      : { providerMessageId: current.providerMessageId, previousId: copy.provider_message_id };
  if (await isInDestination(retraction, provider, current)) {
    await recordOutcome(world.store.db, copy.id, owner, {
      state: 'retracted',
      readAtMove: current.isRead,
      folderAfter: current.folder,
      actedAt: world.now(),
      errorCode: null,
      ...identity,
    });
    return;
  }
  // Still (or again) outside: the pre-image is where it lies now.
  await recordOutcome(world.store.db, copy.id, owner, {
    state: 'found',
    fromFolder: current.folder,
    fromFolderName: await provider.folderName(copy.mailbox, current.folder, current.labels),
    labels: current.labels,
    wasRead: current.isRead,
    notBefore: null,
    ...identity,
  });
}

/**
 * The id leads nowhere: the user acted, or it was our own earlier success under a new id. Judged only after a look
 * into the whole mailbox.
 * @throws TemporaryError | PermanentError when the mailbox cannot be searched now
 */
export async function settleLost(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: CopyRow,
  owner: string,
): Promise<void> {
  const known = new Set(
    (await copiesOfMailbox(world.store.db, retraction.id, copy.mailbox))
      .filter((k) => k.id !== copy.id)
      .map((k) => k.provider_message_id),
  );
  // A mail of the campaign has a Message-ID of its own.
  for (const messageId of new Set([...retraction.internet_message_ids, copy.internet_message_id])) {
    if (messageId === '') continue;
    const [outcome] = await provider.findCopies([copy.mailbox], messageId, { dumpster: true });
    if (!outcome) continue;
    if (!outcome.ok) throw outcome.error;
    for (const candidate of outcome.value) {
      if (known.has(candidate.providerMessageId)) continue;
      const same =
        candidate.providerMessageId === copy.provider_message_id ||
        (await matchCopy(world, retraction, provider, candidate)).state === 'same';
      if (same) return settleAt(world, retraction, provider, copy, candidate, owner);
    }
  }
  await recordOutcome(world.store.db, copy.id, owner, { state: 'gone', reason: 'removed_by_user', errorCode: null });
}

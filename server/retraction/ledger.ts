import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Copy, MailProvider } from '../mailboxes/port.ts';
import { isHeldByAnother } from '../store/campaigns.ts';
import { type CopyRow, copiesOfMailbox, type NewCopy } from '../store/retraction-copies.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { matchCopy } from './match.ts';
import type { RetractionWorld } from './world.ts';

export interface LedgerReading {
  /** Rows to be added: copies never seen before, and new generations of copies that came back. */
  rows: NewCopy[];
  /** Nothing of this mail lies outside the destination. */
  clean: boolean;
  /** Why the copies after these rows could not be read now; null when all were. */
  stopped: TemporaryError | PermanentError | null;
}

/**
 * Holds what a find shows against what is already recorded of this mailbox. What was read before a copy that cannot be
 * read counts: of a mail bomb no find would ever come to its end.
 * @param askedAt when the find was begun: it may show a copy where it lay before our own move
 */
export async function readLedger(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  mailbox: string,
  copies: readonly Copy[],
  askedAt: Date,
): Promise<LedgerReading> {
  const known = await copiesOfMailbox(world.store.db, retraction.id, mailbox);
  const reading: LedgerReading = { rows: [], clean: true, stopped: null };
  // Each new copy is read whole, and the lease of the mailbox does not wait for hundreds.
  const until = world.now().getTime() + world.tuning.leaseMs / 3;
  for (const copy of copies) {
    const latest = known.filter((k) => k.provider_message_id === copy.providerMessageId).at(-1);
    if (latest?.acted_at && latest.acted_at >= askedAt) {
      // Neither has it come back, nor is the look clean: taking it for a new generation would make our own folder its pre-image.
      reading.clean = false;
      continue;
    }
    if (!latest && reading.rows.length > 0 && world.now().getTime() > until) {
      return { ...reading, clean: false, stopped: new TemporaryError('more copies than one look compares') };
    }
    try {
      const row = latest
        ? await returned(retraction, provider, copy, latest)
        : await firstSeen(world, retraction, provider, copy);
      if (row === null) continue;
      if (row.state === 'found') reading.clean = false;
      reading.rows.push(row);
    } catch (error) {
      if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
      return { ...reading, clean: false, stopped: error };
    }
  }
  return reading;
}

/** A copy we thought settled lies outside the destination again: a new generation, the old pre-image stays as it is. */
async function returned(
  retraction: RetractionRow,
  provider: MailProvider,
  copy: Copy,
  latest: CopyRow,
): Promise<NewCopy | null> {
  if (!['retracted', 'already_there', 'gone', 'purged'].includes(latest.state)) return null;
  if (await isInDestination(retraction, provider, copy)) {
    if (latest.state !== 'gone') return null;
    return newCopy(retraction, provider, copy, { state: 'retracted', reason: 'found_in_destination', after: latest });
  }
  return newCopy(retraction, provider, copy, { state: 'found', reason: 'came_back', after: latest });
}

async function firstSeen(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: Copy,
): Promise<NewCopy | null> {
  const match = await matchCopy(world, retraction, provider, copy);
  if (match.state === 'vanished' || match.state === 'other') return null;
  if (match.state === 'different') {
    return newCopy(retraction, provider, copy, { state: 'review', reason: match.reason });
  }
  if (!(await isInDestination(retraction, provider, copy))) {
    return newCopy(retraction, provider, copy, { state: 'found', reason: null });
  }
  // Another report of the same campaign: what it has moved it puts back, and nobody else.
  if (await isHeldByAnother(world.store.db, retraction.id, copy.mailbox, copy.providerMessageId)) {
    return newCopy(retraction, provider, copy, { state: 'already_there', reason: 'other_retraction' });
  }
  // Only we put mail into the quarantine folder: where it lay before is unknown, so a restore goes to the Inbox.
  return retraction.destination === 'Quarantine'
    ? {
        ...(await newCopy(retraction, provider, copy, { state: 'retracted', reason: 'original_folder_unknown' })),
        fromFolder: '',
      }
    : newCopy(retraction, provider, copy, { state: 'already_there', reason: null });
}

/** A preview creates no folder: what would be retracted lies outside of it. */
export async function isInDestination(
  retraction: Pick<RetractionRow, 'preview' | 'destination'>,
  provider: MailProvider,
  copy: Copy,
): Promise<boolean> {
  if (retraction.preview && retraction.destination === 'Quarantine') return false;
  return provider.isIn(copy, retraction.destination);
}

async function newCopy(
  retraction: RetractionRow,
  provider: MailProvider,
  copy: Copy,
  what: { state: NewCopy['state']; reason: string | null; after?: CopyRow },
): Promise<NewCopy> {
  return {
    retractionId: retraction.id,
    mailbox: copy.mailbox,
    provider: provider.provider,
    providerMessageId: copy.providerMessageId,
    previousId: null,
    generation: (what.after?.generation ?? 0) + 1,
    state: what.state,
    reason: what.reason,
    internetMessageId: copy.internetMessageId,
    subject: copy.subject,
    receivedAt: copy.receivedAt,
    fromFolder: copy.folder,
    fromFolderName: await provider.folderName(copy.mailbox, copy.folder, copy.labels),
    labels: copy.labels,
    wasRead: copy.isRead,
    flag: copy.flag,
    importance: copy.importance,
    categories: copy.categories,
    destination: retraction.destination,
  };
}

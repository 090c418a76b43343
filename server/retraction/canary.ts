import type { Db } from '../store/database.ts';
import { mailboxWithCopies } from '../store/mailbox-with-copies.ts';
import type { RetractionRow } from '../store/retractions.ts';

/**
 * Whether the mailbox that goes first has gone through it: `first` as long as nobody else may be touched, `failed` when
 * something went wrong there, `through` when it did not, when it holds no copy, or when nobody named one.
 */
export async function canaryOf(
  trx: Db,
  retraction: Pick<RetractionRow, 'id' | 'planned_at' | 'approved_at'>,
  mailbox: string | null,
): Promise<'first' | 'failed' | 'through'> {
  // A person has looked: they are the better canary.
  if (mailbox === null || retraction.approved_at !== null) return 'through';
  const found = await mailboxWithCopies(trx, retraction.id, mailbox.toLowerCase());
  // Not ours at all: once everybody is in scope it would be among them.
  if (found === null) return retraction.planned_at === null ? 'first' : 'through';
  if (found.state === 'failed' || found.failed > 0) return 'failed';
  if (found.finds === 0 || found.pending > 0) return 'first';
  return 'through';
}

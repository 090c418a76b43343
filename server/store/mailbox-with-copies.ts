import { sql } from 'kysely';
import { type Db, row } from './database.ts';

/** One mailbox of a retraction: whether it has been searched, and how its copies stand; null: not in scope (yet). */
export async function mailboxWithCopies(
  db: Db,
  retractionId: string,
  mailbox: string,
): Promise<{ state: 'open' | 'closed' | 'failed'; finds: number; pending: number; failed: number } | null> {
  return row(
    db,
    sql<{ state: 'open' | 'closed' | 'failed'; finds: number; pending: number; failed: number }>`
      select m.state, m.finds,
             (select count(*)::int from retraction_copies c where c.retraction_id = m.retraction_id and c.mailbox = m.mailbox
                and c.state in ('found', 'acting', 'unknown')) as pending,
             (select count(*)::int from retraction_copies c where c.retraction_id = m.retraction_id and c.mailbox = m.mailbox
                and c.state = 'failed') as failed
      from retraction_mailboxes m where m.retraction_id = ${retractionId} and m.mailbox = ${mailbox}`,
  );
}

/** How far retractions are: one count of everything a person is shown. */
import { sql } from 'kysely';
import type { CopyCounts } from '../../shared/retraction.ts';
import { type Db, rows } from './database.ts';

export interface RetractionProgressRow extends CopyCounts {
  searched: number;
  total: number;
  /** Mailboxes that will be looked at again. */
  open: number;
  /** Mailboxes that have never been looked at. */
  unsearched: number;
  /** Mailboxes that can never be looked at. */
  mailboxes_failed: number;
  /** Mailboxes in which only the judged mail was looked for, not its campaign. */
  message_only: number;
  /** Copies whose outcome is still to come. */
  pending: number;
  restoring: number;
}

/** Of a copy that came back only the latest generation counts. One row for each id, whatever there is of it. */
export async function progressOf(db: Db, ids: readonly string[]): Promise<Map<string, RetractionProgressRow>> {
  if (ids.length === 0) return new Map();
  const found = await rows<RetractionProgressRow & { id: string }>(
    db,
    sql`select asked.id, boxes.total - boxes.unsearched as searched, boxes.*, copies.*
        from unnest(${ids}::text[]) as asked(id)
        cross join lateral (
          select count(*)::int as total, count(*) filter (where state = 'open')::int as open,
                 count(*) filter (where finds = 0 and state = 'open')::int as unsearched,
                 count(*) filter (where state = 'failed')::int as mailboxes_failed,
                 count(*) filter (where state <> 'failed' and reason = 'too_many_candidates')::int as message_only
          from retraction_mailboxes where retraction_id = asked.id
        ) boxes
        cross join lateral (
          select count(*) filter (where state <> 'review')::int as found,
                 count(*) filter (where state in ('retracted', 'restoring', 'purging', 'purged'))::int as retracted,
                 count(*) filter (where state = 'already_there')::int as already_there,
                 count(*) filter (where state = 'gone')::int as gone,
                 count(*) filter (where state = 'failed')::int as failed,
                 count(*) filter (where state in ('unknown', 'acting'))::int as unknown,
                 count(*) filter (where state = 'review')::int as review,
                 count(*) filter (where state in ('retracted', 'restoring', 'restored', 'purging', 'purged')
                                    and not coalesce(read_at_move, was_read))::int as unread,
                 count(*) filter (where state = 'restored')::int as restored,
                 count(*) filter (where state = 'purged')::int as purged,
                 count(*) filter (where state in ('found', 'acting', 'unknown'))::int as pending,
                 count(*) filter (where state = 'restoring')::int as restoring
          from (
            select distinct on (mailbox, provider_message_id) state, was_read, read_at_move
            from retraction_copies where retraction_id = asked.id
            order by mailbox, provider_message_id, generation desc
          ) latest
        ) copies`,
  );
  return new Map(found.map(({ id, ...progress }) => [id, progress]));
}

export async function retractionProgress(db: Db, id: string): Promise<RetractionProgressRow> {
  return (await progressOf(db, [id])).get(id)!;
}

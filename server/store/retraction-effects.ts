/** How far a decision about a retraction would reach, suite by suite. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, rows } from './database.ts';

export interface ReachRow {
  provider: Provider;
  /** Mailboxes in scope; before the plan those of the directory. */
  total: number;
  searched: number;
  with_copies: number;
  /** Copies that would be moved, those in protected mailboxes included. */
  copies: number;
  protected: number;
  /** Copies that have been moved already. */
  moved: number;
}

/** One row for each provider with mailboxes or copies; only the latest generation of a copy counts. */
export async function reachOfRetraction(db: Db, tenant: string, retractionId: string): Promise<ReachRow[]> {
  return rows<ReachRow>(
    db,
    sql`with latest as (
          select distinct on (mailbox, provider_message_id) provider, mailbox, state, reason
          from retraction_copies where retraction_id = ${retractionId}
          order by mailbox, provider_message_id, generation desc
        ), copies as (
          select provider,
                 count(distinct mailbox) filter (where state = 'found' or state = 'review' and reason = 'protected_mailbox')::int as with_copies,
                 count(*) filter (where state = 'found' or state = 'review' and reason = 'protected_mailbox')::int as copies,
                 count(*) filter (where state = 'review' and reason = 'protected_mailbox')::int as protected,
                 count(*) filter (where state in ('retracted', 'restoring', 'acting', 'unknown', 'purging', 'purged'))::int as moved
          from latest group by provider
        ), scope as (
          select provider, count(*)::int as total, count(*) filter (where finds > 0 or state = 'failed')::int as searched
          from retraction_mailboxes where retraction_id = ${retractionId} group by provider
        ), directory as (
          select provider, count(*)::int as total from mailboxes where tenant = ${tenant} group by provider
        )
        select p.provider, greatest(coalesce(scope.total, 0), coalesce(directory.total, 0)) as total,
               coalesce(scope.searched, 0) as searched, coalesce(copies.with_copies, 0) as with_copies,
               coalesce(copies.copies, 0) as copies, coalesce(copies.protected, 0) as protected,
               coalesce(copies.moved, 0) as moved
        from (select provider from scope union select provider from directory union select provider from copies) p
        left join scope using (provider) left join directory using (provider) left join copies using (provider)
        order by p.provider desc`,
  );
}

/** Copies that have not been moved go elsewhere; what lies in the old place is found there again. */
export async function changeDestination(trx: Db, retractionId: string, destination: string): Promise<void> {
  await sql`update retractions set destination = ${destination} where id = ${retractionId}`.execute(trx);
  await sql`update retraction_copies set destination = ${destination}
            where retraction_id = ${retractionId} and state in ('found', 'review', 'already_there')`.execute(trx);
}

/** Every mailbox that was looked into once is looked into again: a preview becomes the real thing. */
export async function reopenMailboxes(trx: Db, retractionId: string, now: Date): Promise<void> {
  await sql`update retraction_mailboxes set state = 'open', clean_finds = 0, due_at = ${now}, owner = null, lease_until = null
            where retraction_id = ${retractionId} and state = 'closed'`.execute(trx);
}

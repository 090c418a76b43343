/** Permanent deletion: what was shown to whom, and the copies it goes through. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, row, rows, touched } from './database.ts';
import type { CopyRow } from './retraction-copies.ts';

export interface PurgeableCopies {
  /** SHA-256 of their ids, in order; two equal ones are the same copies. */
  digest: string;
  providers: { provider: Provider; mailboxes: number; copies: number }[];
}

/**
 * Latest generations that a confirmation would destroy: `retracted` ones, or of a preview the `found` ones. What a first
 * attempt has left where it was found may be tried again.
 */
const latest = (retractionId: string, preview: boolean) =>
  sql`c.retraction_id = ${retractionId}
      and ${preview ? sql`c.state = 'found'` : sql`(c.state = 'retracted' or c.state = 'found' and c.purge_from = 'found')`}
      and not exists (select 1 from retraction_copies n where n.retraction_id = c.retraction_id and n.mailbox = c.mailbox
                        and n.provider_message_id = c.provider_message_id and n.generation > c.generation)`;

export async function purgeableCopies(db: Db, retractionId: string, preview: boolean): Promise<PurgeableCopies> {
  const providers = await rows<PurgeableCopies['providers'][number]>(
    db,
    sql`select provider, count(distinct mailbox)::int as mailboxes, count(*)::int as copies
        from retraction_copies c where ${latest(retractionId, preview)} group by provider order by provider desc`,
  );
  const found = await row<{ digest: string }>(
    db,
    sql`select encode(sha256(convert_to(coalesce(string_agg(c.id::text, ',' order by c.id), ''), 'UTF8')), 'hex') as digest
        from retraction_copies c where ${latest(retractionId, preview)}`,
  );
  return { digest: found!.digest, providers };
}

/** The copies of the list are on their way from here on. @returns how many */
export async function requestPurge(trx: Db, retractionId: string, preview: boolean, now: Date): Promise<number> {
  return touched(
    trx,
    sql`update retraction_copies c set state = 'purging', purge_from = c.state, purge_requested_at = ${now}, reason = null,
          not_before = null, owner = null, lease_until = null, attempts = 0
        where ${latest(retractionId, preview)}`,
  );
}

export interface PurgingCopy extends CopyRow {
  purge_from: 'found' | 'retracted';
  purge_requested_at: Date;
  /** A worker died on it: its request may have been carried out. */
  resumed: boolean;
}

export async function claimPurging(
  db: Db,
  retractionId: string,
  owner: string,
  now: Date,
  leaseMs: number,
  limit: number,
): Promise<PurgingCopy[]> {
  return rows<PurgingCopy>(
    db,
    sql`with next as (
          select id, owner from retraction_copies
          where retraction_id = ${retractionId} and state = 'purging' and (lease_until is null or lease_until < ${now})
            and (not_before is null or not_before <= ${now})
          order by id limit ${limit} for update skip locked)
        update retraction_copies c set owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}, intent_at = ${now}
        from next where c.id = next.id returning c.*, next.owner is not null as resumed`,
  );
}

/** Copies of the last confirmation by what has become of them. */
export async function purgeProgress(
  db: Db,
  retractionId: string,
): Promise<{ purging: number; purged: number; kept: number }> {
  const found = await row<{ purging: number; purged: number; kept: number }>(
    db,
    sql`select count(*) filter (where state = 'purging')::int as purging, count(*) filter (where state = 'purged')::int as purged,
          count(*) filter (where state = purge_from)::int as kept
        from retraction_copies where retraction_id = ${retractionId} and purge_from is not null`,
  );
  return found!;
}

export interface PurgeConfirmationRow {
  token: string;
  retraction_id: string;
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  copies_digest: string;
  used_at: Date | null;
}

export async function insertPurgeConfirmation(
  trx: Db,
  tenant: string,
  c: Omit<PurgeConfirmationRow, 'used_at'>,
): Promise<void> {
  await sql`insert into purge_confirmations (token, tenant, retraction_id, requested_by, requested_at, expires_at, copies_digest)
            values (${c.token}, ${tenant}, ${c.retraction_id}, ${c.requested_by}, ${c.requested_at}, ${c.expires_at},
                    ${c.copies_digest})`.execute(trx);
}

/** The one of this retraction and token, whatever its age. */
export async function purgeConfirmation(
  trx: Db,
  tenant: string,
  retractionId: string,
  token: string,
): Promise<PurgeConfirmationRow | null> {
  return row<PurgeConfirmationRow>(
    trx,
    sql`select * from purge_confirmations where tenant = ${tenant} and retraction_id = ${retractionId} and token = ${token}`,
  );
}

/** The newest that still may be used for these very copies. */
export async function openPurgeConfirmation(
  trx: Db,
  retractionId: string,
  digest: string,
  now: Date,
): Promise<PurgeConfirmationRow | null> {
  return row<PurgeConfirmationRow>(
    trx,
    sql`select * from purge_confirmations where retraction_id = ${retractionId} and copies_digest = ${digest}
          and used_at is null and expires_at > ${now} order by requested_at desc limit 1`,
  );
}

export async function usePurgeConfirmation(trx: Db, token: string, actor: string, now: Date): Promise<void> {
  await sql`update purge_confirmations set used_at = ${now}, used_by = ${actor} where token = ${token}`.execute(trx);
}

/** A preview whose copies a person has decided to act on is none any more. */
export async function endPreview(trx: Db, retractionId: string): Promise<void> {
  await sql`update retractions set preview = false where id = ${retractionId}`.execute(trx);
}

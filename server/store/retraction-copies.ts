import { sql } from 'kysely';
import type { CopyState, Destination, Provider } from '../../shared/retraction.ts';
import { type Db, rows, touched } from './database.ts';

export interface CopyRow {
  id: number;
  retraction_id: string;
  mailbox: string;
  provider: Provider;
  provider_message_id: string;
  previous_id: string | null;
  generation: number;
  state: CopyState;
  reason: string | null;
  internet_message_id: string;
  subject: string;
  received_at: Date | null;
  from_folder: string;
  from_folder_name: string;
  labels: string[];
  was_read: boolean;
  read_at_move: boolean | null;
  flag: string;
  importance: string;
  categories: string[];
  destination: Destination;
  folder_after: string | null;
  /** Errors of the provider so far; a worker that died is none of them. */
  attempts: number;
  first_seen_at: Date;
  intent_at: Date | null;
  acted_at: Date | null;
  confirmed_at: Date | null;
}

export interface NewCopy {
  retractionId: string;
  mailbox: string;
  provider: Provider;
  providerMessageId: string;
  previousId: string | null;
  generation: number;
  state: 'found' | 'already_there' | 'review' | 'retracted';
  reason: string | null;
  internetMessageId: string;
  subject: string;
  receivedAt: string | null;
  fromFolder: string;
  fromFolderName: string;
  labels: string[];
  wasRead: boolean;
  flag: string;
  importance: string;
  categories: string[];
  destination: Destination;
}

/** A find seen twice writes one row. */
export async function insertCopies(trx: Db, copies: readonly NewCopy[]): Promise<void> {
  // Twenty parameters a row, and the protocol counts them in 16 bits.
  for (let at = 0; at < copies.length; at += ROWS_AT_ONCE) {
    const values = copies.slice(at, at + ROWS_AT_ONCE).map(
      (
        c,
      ) => sql`(${c.retractionId}, ${c.mailbox}, ${c.provider}, ${c.providerMessageId}, ${c.previousId}::text, ${c.generation}::int,
        ${c.state}, ${c.reason}::text, ${written(c.internetMessageId)}, ${written(c.subject)}, ${c.receivedAt}::timestamptz, ${c.fromFolder},
        ${written(c.fromFolderName)}, ${c.labels}::text[], ${c.wasRead}::boolean, ${c.flag}, ${c.importance}, ${c.categories}::text[], ${c.destination})`,
    );
    await sql`
      insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, previous_id, generation, state, reason,
        internet_message_id, subject, received_at, from_folder, from_folder_name, labels, was_read, flag, importance, categories, destination)
      values ${sql.join(values)}
      on conflict (retraction_id, mailbox, provider_message_id, generation) do nothing`.execute(trx);
  }
}

const ROWS_AT_ONCE = 500;

/** PostgreSQL keeps no NUL in a text, and a sender may put one into a header. */
function written(text: string): string {
  return text.replaceAll('\u0000', '');
}

/** Every generation of every copy of one mailbox, oldest first. */
export async function copiesOfMailbox(db: Db, retractionId: string, mailbox: string): Promise<CopyRow[]> {
  return rows<CopyRow>(
    db,
    sql`select * from retraction_copies where retraction_id = ${retractionId} and mailbox = ${mailbox} order by id`,
  );
}

/** Candidates to move, unread first, with whether their mailbox has been touched before. Locked until the transaction ends. */
export async function lockFoundCopies(
  trx: Db,
  retractionId: string,
  now: Date,
  limit: number,
  onlyMailbox: string | null = null,
): Promise<(CopyRow & { mailbox_touched: boolean })[]> {
  return rows(
    trx,
    sql<CopyRow & { mailbox_touched: boolean }>`
      select c.*, exists (select 1 from retraction_copies t where t.retraction_id = c.retraction_id and t.mailbox = c.mailbox
                            and t.intent_at is not null) as mailbox_touched
      from retraction_copies c
      where c.retraction_id = ${retractionId} and c.state = 'found' and (c.not_before is null or c.not_before <= ${now})
        and (${onlyMailbox}::text is null or c.mailbox = lower(${onlyMailbox}))
      order by c.was_read, c.id limit ${limit} for update of c skip locked`,
  );
}

/** The intent stands in the database before the request leaves. */
export async function writeIntents(
  trx: Db,
  ids: readonly number[],
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await sql`update retraction_copies set state = 'acting', owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)},
              intent_at = ${now}, not_before = null
            where id = any(${ids})`.execute(trx);
}

/** Copies whose outcome nobody knows: a lost answer, or a worker that died between intent and record. */
export async function claimUncertain(
  db: Db,
  retractionId: string,
  owner: string,
  now: Date,
  leaseMs: number,
  limit: number,
): Promise<CopyRow[]> {
  return rows<CopyRow>(
    db,
    sql`with lost as (
          select id from retraction_copies
          where retraction_id = ${retractionId} and state in ('acting', 'unknown') and (lease_until is null or lease_until < ${now})
            and (not_before is null or not_before <= ${now})
          order by id limit ${limit} for update skip locked)
        update retraction_copies c set state = 'unknown', owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}
        from lost where c.id = lost.id returning c.*`,
  );
}

export async function claimRestoring(
  db: Db,
  retractionId: string,
  owner: string,
  now: Date,
  leaseMs: number,
  limit: number,
): Promise<CopyRow[]> {
  return rows<CopyRow>(
    db,
    sql`with next as (
          select id from retraction_copies
          where retraction_id = ${retractionId} and state = 'restoring' and (lease_until is null or lease_until < ${now})
            and (not_before is null or not_before <= ${now})
          order by id limit ${limit} for update skip locked)
        update retraction_copies c set owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}
        from next where c.id = next.id returning c.*`,
  );
}

export interface CopyChange {
  state: CopyState;
  reason?: string | null;
  providerMessageId?: string;
  previousId?: string;
  fromFolder?: string;
  fromFolderName?: string;
  labels?: string[];
  wasRead?: boolean;
  readAtMove?: boolean;
  folderAfter?: string;
  requestId?: string | null;
  errorCode?: string | null;
  notBefore?: Date | null;
  attempts?: number;
  actedAt?: Date;
  restoredAt?: Date;
  restoredFolder?: string;
  restoreFallback?: boolean;
}

const columnOf: Record<Exclude<keyof CopyChange, 'state'>, string> = {
  reason: 'reason',
  providerMessageId: 'provider_message_id',
  previousId: 'previous_id',
  fromFolder: 'from_folder',
  fromFolderName: 'from_folder_name',
  labels: 'labels',
  wasRead: 'was_read',
  readAtMove: 'read_at_move',
  folderAfter: 'folder_after',
  requestId: 'request_id',
  errorCode: 'error_code',
  notBefore: 'not_before',
  attempts: 'attempts',
  actedAt: 'acted_at',
  restoredAt: 'restored_at',
  restoredFolder: 'restored_folder',
  restoreFallback: 'restore_fallback',
};

/** Records an outcome and gives the copy back. @returns false when another worker holds it by now: then nothing is written. */
export async function recordOutcome(db: Db, id: number, owner: string, change: CopyChange): Promise<boolean> {
  const { state, ...rest } = change;
  const sets = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => sql`${sql.ref(columnOf[key as keyof typeof columnOf])} = ${value}`);
  return (
    (await touched(
      db,
      sql`update retraction_copies set ${sql.join([sql`state = ${state}`, sql`owner = null`, sql`lease_until = null`, ...sets])}
          where id = ${id} and owner = ${owner}`,
    )) > 0
  );
}

/** Everything we moved goes back. @returns how many copies that is. */
export async function requestRestore(trx: Db, retractionId: string, actor: string): Promise<number> {
  return touched(
    trx,
    sql`update retraction_copies c set state = 'restoring', restore_requested_by = ${actor}, not_before = null, attempts = 0
        where c.retraction_id = ${retractionId} and c.state = 'retracted'
          and not exists (select 1 from retraction_copies n where n.retraction_id = c.retraction_id and n.mailbox = c.mailbox
                            and n.provider_message_id = c.provider_message_id and n.generation > c.generation)`,
  );
}

/** An analyst approved: copies that waited only because of a protected mailbox may move. */
export async function releaseProtected(trx: Db, retractionId: string): Promise<void> {
  await sql`update retraction_copies set state = 'found', reason = null
            where retraction_id = ${retractionId} and state = 'review' and reason = 'protected_mailbox'`.execute(trx);
}

/** Latest generation of each copy, in ledger order. */
export async function listCopies(db: Db, retractionId: string, afterId: number, limit: number): Promise<CopyRow[]> {
  return rows<CopyRow>(
    db,
    sql`select c.* from retraction_copies c
        where c.retraction_id = ${retractionId} and c.id > ${afterId}
          and not exists (select 1 from retraction_copies n where n.retraction_id = c.retraction_id and n.mailbox = c.mailbox
                            and n.provider_message_id = c.provider_message_id and n.generation > c.generation)
        order by c.id limit ${limit}`,
  );
}

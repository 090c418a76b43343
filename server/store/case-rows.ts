/** Everything of one case, for the evidence bundle. */
import { sql } from 'kysely';
import { type Db, rows } from './database.ts';

/** Verdicts on a mail as they stand, oldest first: what replays them is among it. */
export async function verdictsOfMessage(db: Db, messageId: string): Promise<Record<string, unknown>[]> {
  return rows(
    db,
    sql<Record<string, unknown>>`select id, message_id, disposition, body, authentication, evidence, opinion, judged_at
        from verdicts where message_id = ${messageId} order by id limit 1000`,
  );
}

export async function decisionsOfMessage(db: Db, messageId: string): Promise<Record<string, unknown>[]> {
  return rows(
    db,
    sql<
      Record<string, unknown>
    >`select id, disposition, decided_by, decided_at from decisions where message_id = ${messageId}
        order by id limit 1000`,
  );
}

export interface CaseSubmission {
  id: string;
  message_id: string | null;
  retraction_id: string | null;
}

/** Reports of a mail, or those that a retraction rests on, oldest first. */
export async function submissionsOfCase(
  db: Db,
  tenant: string,
  of: { messageId: string | null; retractionId: string | null },
): Promise<(CaseSubmission & Record<string, unknown>)[]> {
  return rows(
    db,
    sql<CaseSubmission & Record<string, unknown>>`
      select id, message_id, retraction_id, submission_type, status, requested_disposition, requested_at, requested_by, mailbox,
             provider, internet_message_id, comment, exposure, client, original, subject, header_from, invalid_reason, simulation,
             psr_action, psr_reason, concluded_at, withdrawn_at
      from submissions where tenant = ${tenant} and (message_id = ${of.messageId} or retraction_id = ${of.retractionId})
      order by requested_at, id limit 1000`,
  );
}

export async function retractionsOfMessage(db: Db, tenant: string, messageId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from retractions where tenant = ${tenant} and message_id = ${messageId} order by requested_at, id limit 100`,
  );
  return found.map(({ id }) => id);
}

export interface CaseCopy {
  id: number;
  retraction_id: string;
  mailbox: string;
  provider: string;
  provider_message_id: string;
  generation: number;
  state: string;
  reason: string | null;
  from_folder: string;
  folder_after: string | null;
  labels: string[];
  was_read: boolean;
  destination: string;
  first_seen_at: Date;
  intent_at: Date | null;
  acted_at: Date | null;
  confirmed_at: Date | null;
  restored_at: Date | null;
  request_id: string | null;
  error_code: string | null;
}

/** Every generation of every copy, in the order of the ledger. */
export async function copiesOfCase(
  db: Db,
  retractionIds: readonly string[],
  afterId: number,
  limit: number,
): Promise<CaseCopy[]> {
  return rows<CaseCopy>(
    db,
    sql`select id, retraction_id, mailbox, provider, provider_message_id, generation, state, reason,
               coalesce(nullif(from_folder_name, ''), from_folder) as from_folder, folder_after, labels,
               coalesce(read_at_move, was_read) as was_read, destination, first_seen_at, intent_at, acted_at, confirmed_at,
               restored_at, request_id, error_code
        from retraction_copies where retraction_id = any(${[...retractionIds]}::text[]) and id > ${afterId}
        order by id limit ${limit}`,
  );
}

/** Mail to people as rows: waiting, sent, or failed for good. */
import { sql } from 'kysely';
import type { MailKind } from '../../shared/mail.ts';
import { type Db, row, rows } from './database.ts';

export interface OutgoingMail {
  id: string;
  tenant: string;
  kind: MailKind;
  subject_id: string;
  /** One mail a person and occasion. */
  occasion: string;
  recipient: string;
  language: string;
  /** As the notify room made it; opaque here. */
  letter: unknown;
  in_reply_to: string | null;
}

export interface ClaimedOutgoing extends OutgoingMail {
  attempts: number;
  created_at: Date;
}

/** @returns false when this person has been told already */
export async function insertOutgoingMail(trx: Db, mail: OutgoingMail, now: Date): Promise<boolean> {
  const created = await row(
    trx,
    sql`insert into outgoing_mail (id, tenant, kind, subject_id, occasion, recipient, language, letter, in_reply_to, created_at, not_before)
        values (${mail.id}, ${mail.tenant}, ${mail.kind}, ${mail.subject_id}, ${mail.occasion}, ${mail.recipient}, ${mail.language},
                ${JSON.stringify(mail.letter)}::jsonb, ${mail.in_reply_to}, ${now}, ${now})
        on conflict do nothing returning id`,
  );
  return created !== null;
}

/** The same letter to everybody whose copies are in one of these states; one a person, however many copies. @returns how many */
export async function insertMailToOwners(
  trx: Db,
  mail: Omit<OutgoingMail, 'id' | 'recipient' | 'in_reply_to'>,
  copies: { retractionId: string; states: readonly string[]; besides: readonly string[] },
  now: Date,
): Promise<number> {
  const made = await rows<{ id: string }>(
    trx,
    sql`insert into outgoing_mail (id, tenant, kind, subject_id, occasion, recipient, language, letter, created_at, not_before)
        select 'oml_' || replace(gen_random_uuid()::text, '-', ''), ${mail.tenant}, ${mail.kind}, ${mail.subject_id}, ${mail.occasion},
               c.mailbox, ${mail.language}, ${JSON.stringify(mail.letter)}::jsonb, ${now}, ${now}
        from (select distinct mailbox from retraction_copies
               where retraction_id = ${copies.retractionId} and state = any(${copies.states}::text[])
                 and mailbox <> all(${copies.besides}::text[])) c
        on conflict do nothing returning id`,
  );
  return made.length;
}

export async function claimOutgoingMail(
  db: Db,
  tenant: string,
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<ClaimedOutgoing | null> {
  return row<ClaimedOutgoing>(
    db,
    sql`update outgoing_mail set owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
        where id = (select id from outgoing_mail where tenant = ${tenant} and state = 'waiting' and not_before <= ${now}
                      and (lease_until is null or lease_until < ${now})
                    order by not_before limit 1 for update skip locked)
        returning id, tenant, kind, subject_id, occasion, recipient, language, letter, in_reply_to, attempts, created_at`,
  );
}

/** The letter is not kept: what was said stands in the submission. */
export async function markMailSent(db: Db, id: string, owner: string, now: Date): Promise<void> {
  await sql`update outgoing_mail set state = 'sent', sent_at = ${now}, letter = '{}', owner = null, lease_until = null, last_error = null
            where id = ${id} and owner = ${owner}`.execute(db);
}

export async function markMailFailed(db: Db, id: string, owner: string, now: Date, error: string): Promise<void> {
  await sql`update outgoing_mail set state = 'failed', failed_at = ${now}, letter = '{}', owner = null, lease_until = null,
              last_error = ${error}
            where id = ${id} and owner = ${owner}`.execute(db);
}

export async function postponeMail(db: Db, id: string, owner: string, notBefore: Date, error: string): Promise<void> {
  await sql`update outgoing_mail set owner = null, lease_until = null, not_before = ${notBefore}, last_error = ${error}
            where id = ${id} and owner = ${owner}`.execute(db);
}

/** Whether nothing is due now. */
export async function mailIsDue(db: Db, tenant: string, now: Date): Promise<boolean> {
  const found = await row(
    db,
    sql`select 1 from outgoing_mail where tenant = ${tenant} and state = 'waiting' and not_before <= ${now} limit 1`,
  );
  return found !== null;
}

export interface MailStanding {
  waiting: number;
  /** Of the newest attempt that failed for now; null when all is well. */
  trouble: string | null;
  last_sent_at: Date | null;
  failed: { recipient: string; kind: MailKind; failed_at: Date; last_error: string }[];
}

/** @param limit of the newest failures */
export async function mailStanding(db: Db, tenant: string, limit: number): Promise<MailStanding> {
  const [now, failed] = await Promise.all([
    row<{ waiting: number; trouble: string | null; last_sent_at: Date | null }>(
      db,
      sql`select (select count(*)::int from outgoing_mail where tenant = ${tenant} and state = 'waiting') as waiting,
                 (select last_error from outgoing_mail where tenant = ${tenant} and state = 'waiting' and last_error is not null
                  order by not_before desc limit 1) as trouble,
                 (select max(sent_at) from outgoing_mail where tenant = ${tenant} and state = 'sent') as last_sent_at`,
    ),
    rows<MailStanding['failed'][number]>(
      db,
      sql`select recipient, kind, failed_at, last_error from outgoing_mail where tenant = ${tenant} and state = 'failed'
          order by failed_at desc limit ${limit}`,
    ),
  ]);
  return { waiting: now?.waiting ?? 0, trouble: now?.trouble ?? null, last_sent_at: now?.last_sent_at ?? null, failed };
}

/** Sent and failed ones are forgotten after a while. */
export async function forgetMail(db: Db, tenant: string, before: Date): Promise<void> {
  await sql`delete from outgoing_mail where tenant = ${tenant} and state <> 'waiting' and created_at < ${before}`.execute(
    db,
  );
}

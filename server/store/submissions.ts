import { sql } from 'kysely';
import type { Channel } from '../../shared/invalid.ts';
import type { Provider, PsrReason } from '../../shared/retraction.ts';
import type { Exposure, Fidelity, Original, ReportType, SubmissionStatus } from '../../shared/submission.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { type Db, row, rows, touched } from './database.ts';
import type { ReviewColumns } from './reviews.ts';

export interface SubmissionRow extends Partial<ReviewColumns> {
  id: string;
  tenant: string;
  submission_type: 'USER' | 'TEAM';
  status: SubmissionStatus;
  /** How it came in. */
  channel: Channel;
  report_type: ReportType;
  requested_disposition: Disposition;
  requested_at: Date;
  requested_by: string;
  /** '' for a report by mail whose sender the directory does not know: it casts no vote and opens no mailbox. */
  reporter_user_id: string;
  mailbox_verified: boolean;
  provider: Provider;
  mailbox: string;
  provider_message_id: string | null;
  internet_message_id: string | null;
  comment: string;
  exposure: Exposure[];
  language: string;
  client: { name: string; version: string; host?: string } | null;
  upload_sha256: string | null;
  upload_fidelity: Fidelity | null;
  idempotency_key: string | null;
  natural_key: string | null;
  original: Original | null;
  original_id: string | null;
  message_id: string | null;
  verdict_id: number | null;
  subject: string;
  header_from: string;
  invalid_reason: string | null;
  simulation: boolean;
  psr_action: 'retract' | 'hold' | 'preview' | 'none' | null;
  psr_reason: PsrReason | null;
  retraction_id: string | null;
  review_requested_at: Date | null;
  concluded_at: Date | null;
  /** Address that an answer by mail goes to; null: there is none. */
  answer_to: string | null;
  /** Message-ID of the mail it came by. */
  answered_message_id: string | null;
  withdrawn_at: Date | null;
  attempts: number;
  not_before: Date | null;
  /** Analysed anew so often since it was concluded. */
  looks: number;
}

export type NewSubmission = Pick<
  SubmissionRow,
  | 'id'
  | 'tenant'
  | 'submission_type'
  | 'status'
  | 'report_type'
  | 'requested_disposition'
  | 'requested_at'
  | 'requested_by'
  | 'reporter_user_id'
  | 'mailbox_verified'
  | 'provider'
  | 'mailbox'
  | 'provider_message_id'
  | 'internet_message_id'
  | 'comment'
  | 'exposure'
  | 'language'
  | 'client'
  | 'upload_sha256'
  | 'upload_fidelity'
  | 'idempotency_key'
  | 'natural_key'
  | 'subject'
  | 'header_from'
  | 'invalid_reason'
> &
  Partial<Pick<SubmissionRow, 'channel' | 'answer_to' | 'answered_message_id'>>;

/** @returns false when this reporter has already reported this message (or pressed this button). */
export async function insertSubmission(trx: Db, s: NewSubmission): Promise<boolean> {
  const created = await row(
    trx,
    sql`insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
          reporter_user_id, mailbox_verified, provider, mailbox, provider_message_id, internet_message_id, comment, exposure, language,
          client, upload_sha256, upload_fidelity, idempotency_key, natural_key, subject, header_from, invalid_reason, review_state,
          channel, answer_to, answered_message_id)
        values (${s.id}, ${s.tenant}, ${s.submission_type}, ${s.status}, ${s.report_type}, ${s.requested_disposition}, ${s.requested_at},
          ${s.requested_by}, ${s.reporter_user_id}, ${s.mailbox_verified}, ${s.provider}, ${s.mailbox}, ${s.provider_message_id},
          ${s.internet_message_id}, ${s.comment}, ${s.exposure}, ${s.language}, ${s.client ? JSON.stringify(s.client) : null}::jsonb,
          ${s.upload_sha256}, ${s.upload_fidelity}, ${s.idempotency_key}, ${s.natural_key}, ${s.subject}, ${s.header_from}, ${s.invalid_reason},
          ${s.submission_type === 'TEAM' ? 'escalated' : 'unreviewed'},
          ${s.channel ?? 'add_in'}, ${s.answer_to ?? null}, ${s.answered_message_id ?? null})
        on conflict do nothing returning id`,
  );
  return created !== null;
}

/** What an earlier press of the button, or an earlier report of the same message, became. */
export async function knownSubmission(
  db: Db,
  key: { tenant: string; reporterUserId: string; idempotencyKey: string | null; naturalKey: string | null },
): Promise<SubmissionRow | null> {
  return row<SubmissionRow>(
    db,
    sql`select * from submissions where tenant = ${key.tenant} and reporter_user_id = ${key.reporterUserId}
          and (idempotency_key = ${key.idempotencyKey} or natural_key = ${key.naturalKey})
        order by (idempotency_key is not distinct from ${key.idempotencyKey}) desc limit 1`,
  );
}

export async function submissionById(db: Db, tenant: string, id: string): Promise<SubmissionRow | null> {
  return row<SubmissionRow>(db, sql`select * from submissions where tenant = ${tenant} and id = ${id}`);
}

export async function lockSubmission(trx: Db, id: string): Promise<SubmissionRow | null> {
  return row<SubmissionRow>(trx, sql`select * from submissions where id = ${id} for update`);
}

/**
 * Takes the submission for analysis; null when it is done, taken by another worker, or not due yet.
 * Whoever finishes must still hold the lease (`owner`), so that a worker that was thought dead changes nothing.
 */
export async function claimForAnalysis(
  db: Db,
  id: string,
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<SubmissionRow | null> {
  return row<SubmissionRow>(
    db,
    sql`update submissions set status = 'analysing', owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)},
          attempts = attempts + 1
        where id = ${id} and status in ('received', 'analysing')
          and (lease_until is null or lease_until < ${now}) and (not_before is null or not_before <= ${now})
        returning *`,
  );
}

/** Gives the submission back: analysed again after notBefore. Waiting for somebody else spends no attempt. */
export async function postponeAnalysis(
  trx: Db,
  id: string,
  owner: string,
  notBefore: Date,
  error: string,
  spendAttempt: boolean,
): Promise<void> {
  await sql`update submissions set owner = null, lease_until = null, not_before = ${notBefore}, last_error = ${error},
              attempts = attempts - ${spendAttempt ? 0 : 1}
            where id = ${id} and owner = ${owner} and status = 'analysing'`.execute(trx);
}

/** Open submissions that nobody works on although they are due: what the queue may have lost. */
export async function dueSubmissions(db: Db, now: Date, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from submissions where status in ('received', 'analysing')
          and (lease_until is null or lease_until < ${now}) and (not_before is null or not_before <= ${now})
        order by requested_at limit ${limit}`,
  );
  return found.map((r) => r.id);
}

export interface Conclusion {
  original: Original;
  originalId: string | null;
  messageId: string;
  verdictId: number;
  internetMessageId: string | null;
  subject: string;
  headerFrom: string;
  simulation: boolean;
  psrAction: 'retract' | 'hold' | 'preview' | 'none';
  psrReason: PsrReason | null;
  retractionId: string | null;
}

/** @returns false when the lease was lost or the reporter has withdrawn meanwhile: then nothing of the conclusion holds. */
export async function concludeSubmission(
  trx: Db,
  id: string,
  owner: string,
  now: Date,
  c: Conclusion,
): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update submissions set status = 'concluded', original = ${c.original}, original_id = ${c.originalId},
            message_id = ${c.messageId}, verdict_id = ${c.verdictId}, internet_message_id = ${c.internetMessageId},
            subject = ${c.subject}, header_from = ${c.headerFrom}, simulation = ${c.simulation}, psr_action = ${c.psrAction}, psr_reason = ${c.psrReason},
            retraction_id = ${c.retractionId}, concluded_at = ${now}, owner = null, lease_until = null, last_error = null
          where id = ${id} and owner = ${owner} and status = 'analysing'`,
    )) > 0
  );
}

/** A concluded submission has another verdict now, and what follows from it. */
export async function changeVerdict(
  trx: Db,
  id: string,
  c: {
    verdictId: number;
    psrAction: SubmissionRow['psr_action'];
    psrReason: PsrReason | null;
    retractionId: string | null;
  },
): Promise<void> {
  await sql`update submissions set verdict_id = ${c.verdictId}, psr_action = ${c.psrAction}, psr_reason = ${c.psrReason},
              retraction_id = ${c.retractionId}
            where id = ${id} and status = 'concluded'`.execute(trx);
}

/** Keeps what arrived, says why it cannot be judged, and lets the same mail be reported again. */
export async function invalidateSubmission(trx: Db, id: string, owner: string, reason: string): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update submissions set status = 'invalid', invalid_reason = ${reason}, original = coalesce(original, 'missing'),
            natural_key = null, owner = null, lease_until = null
          where id = ${id} and owner = ${owner} and status = 'analysing'`,
    )) > 0
  );
}

export async function verifySubmissionMailbox(db: Db, id: string, requestedBy: string, mailbox: string): Promise<void> {
  await sql`update submissions set mailbox_verified = true, requested_by = ${requestedBy}, mailbox = ${mailbox} where id = ${id}`.execute(
    db,
  );
}

export async function withdrawSubmission(trx: Db, id: string, now: Date, review: boolean): Promise<void> {
  await sql`update submissions set status = 'withdrawn', withdrawn_at = ${now}, natural_key = null, owner = null, lease_until = null,
              review_requested_at = ${review ? now : null}
            where id = ${id}`.execute(trx);
}

/** Other people's standing reports behind a retraction. */
export async function otherReporters(db: Db, retractionId: string, reporterUserId: string): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(*)::int as n from submissions
        where retraction_id = ${retractionId} and reporter_user_id <> ${reporterUserId} and status = 'concluded' and psr_action <> 'none'`,
  );
  return found?.n ?? 0;
}

export async function submissionsOfRetraction(
  db: Db,
  retractionId: string,
): Promise<{ id: string; mailbox: string; requested_by: string }[]> {
  return rows(
    db,
    sql<{ id: string; mailbox: string; requested_by: string }>`
      select id, mailbox, requested_by from submissions where retraction_id = ${retractionId} order by requested_at`,
  );
}

/** By retraction, the report it began with. */
export async function firstSubmissions(db: Db, retractionIds: readonly string[]): Promise<Map<string, string>> {
  if (retractionIds.length === 0) return new Map();
  const found = await rows<{ retraction_id: string; id: string }>(
    db,
    sql`select distinct on (retraction_id) retraction_id, id from submissions
        where retraction_id = any(${retractionIds}::text[]) order by retraction_id, requested_at`,
  );
  return new Map(found.map((s) => [s.retraction_id, s.id]));
}

export async function submissionsOfMessage(
  db: Db,
  messageId: string,
): Promise<Pick<SubmissionRow, 'id' | 'mailbox' | 'mailbox_verified' | 'provider' | 'simulation'>[]> {
  return rows(
    db,
    sql<Pick<SubmissionRow, 'id' | 'mailbox' | 'mailbox_verified' | 'provider' | 'simulation'>>`
      select id, mailbox, mailbox_verified, provider, simulation from submissions where message_id = ${messageId} order by requested_at`,
  );
}

/** Reports of this mail that nothing has been moved for show the new retraction from now on. @returns their ids */
export async function linkSubmissions(trx: Db, messageId: string, retractionId: string): Promise<string[]> {
  const linked = await rows<{ id: string }>(
    trx,
    sql`update submissions set retraction_id = ${retractionId}
        where message_id = ${messageId} and status = 'concluded'
          and (retraction_id is null
               or retraction_id in (select id from retractions where preview or state in ('cancelled', 'restored')))
        returning id`,
  );
  return linked.map((s) => s.id);
}

export async function verdictsByIds(db: Db, ids: readonly number[]): Promise<Map<number, Verdict>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: number; body: Verdict }>(
    db,
    sql`select id, body from verdicts where id = any(${ids}::bigint[])`,
  );
  return new Map(found.map(({ id, body }) => [id, body]));
}

/** What people do with submissions: escalate them, and answer them. */
import { sql } from 'kysely';
import type { ReviewState } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';

/** What people said about a submission. */
export interface ReviewColumns {
  review_state: ReviewState;
  reviewed_at: Date | null;
  reviewed_as: Disposition | null;
  escalated_at: Date | null;
  escalated_by: string | null;
  escalated_as: Disposition | null;
  escalated_submission_id: string | null;
  original_disposition: Disposition | null;
  outcome_disposition: Disposition | null;
  /** Of an uploaded mail: what a person says it is becomes a decision together with its verdict. */
  decides: boolean;
}

/** A team's submission about a mail that has been judged: nothing is left to analyse. */
export interface TeamSubmission {
  id: string;
  tenant: string;
  messageId: string;
  verdictId: number | null;
  requestedDisposition: Disposition;
  requestedAt: Date;
  /** A person of the dashboard. */
  requestedBy: string;
  comment: string;
  language: string;
  reviewState: 'escalated' | 'reviewed';
  /** The user's report it answers. */
  escalatedSubmissionId: string | null;
  originalDisposition: Disposition | null;
}

/** The provider and the mailbox are those of where the mail was seen; a mail seen nowhere is the team's own. */
export async function insertTeamSubmission(trx: Db, s: TeamSubmission): Promise<void> {
  await sql`
    insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
      reporter_user_id, mailbox_verified, provider, mailbox, internet_message_id, comment, language, original, message_id, verdict_id,
      subject, header_from, psr_action, psr_reason, concluded_at, review_state, reviewed_at, reviewed_as, escalated_submission_id,
      original_disposition, channel)
    select ${s.id}, ${s.tenant}, 'TEAM', 'concluded', ${reportTypeOf(s.requestedDisposition)}, ${s.requestedDisposition}, ${s.requestedAt},
      ${s.requestedBy}, ${s.requestedBy}, false, coalesce(seen.provider, 'microsoft365'), coalesce(seen.mailbox, ''),
      m.internet_message_id, ${s.comment}, ${s.language}, 'authoritative', m.id, ${s.verdictId}::bigint, m.subject, m.header_from,
      'none', 'team_submission', ${s.requestedAt}, ${s.reviewState},
      ${s.reviewState === 'reviewed' ? s.requestedAt : null}::timestamptz,
      ${s.reviewState === 'reviewed' ? s.requestedDisposition : null}::text, ${s.escalatedSubmissionId}, ${s.originalDisposition}, 'dashboard'
    from messages m left join lateral (
      select provider, mailbox from (
        (select provider, mailbox from submissions where message_id = m.id and mailbox <> '' order by requested_at limit 1)
        union all
        (select provider, mailbox from message_copies where message_id = m.id and provider is not null order by seen_at limit 1)
      ) places limit 1) seen on true
    where m.id = ${s.messageId}`.execute(trx);
}

/** The type a reporter would have chosen. */
const reportTypeOf = (disposition: Disposition) =>
  disposition === 'NONE' ? 'safe' : disposition === 'SPAM' || disposition === 'BULK' ? 'spam' : 'phish';

/** A user's report waits for the team, linked to the team's submission about it. */
export async function markEscalated(
  trx: Db,
  id: string,
  escalation: { at: Date; by: string; as: Disposition | null; teamSubmissionId: string | null },
): Promise<void> {
  await sql`update submissions set review_state = 'escalated', escalated_at = ${escalation.at}, escalated_by = ${escalation.by},
              escalated_as = ${escalation.as}, escalated_submission_id = ${escalation.teamSubmissionId},
              reviewed_at = null, reviewed_as = null
            where id = ${id}`.execute(trx);
}

/** The team's submission about one of these mails that still waits; null when there is none. */
export async function openTeamReview(trx: Db, messageIds: readonly string[]): Promise<string | null> {
  const found = await row<{ id: string }>(
    trx,
    sql`select id from submissions where message_id = any(${[...messageIds]}) and submission_type = 'TEAM'
          and status = 'concluded' and review_state = 'escalated' order by requested_at limit 1`,
  );
  return found?.id ?? null;
}

/**
 * The team has said what these mails are: every standing submission about them is answered, and a report that had been
 * escalated points to the answer.
 * @returns their ids
 */
export async function markReviewed(
  trx: Db,
  messageIds: readonly string[],
  answer: { at: Date; as: Disposition; teamSubmissionId: string | null },
): Promise<string[]> {
  const answered = await rows<{ id: string }>(
    trx,
    sql`update submissions set review_state = 'reviewed', reviewed_at = ${answer.at}, reviewed_as = ${answer.as},
               escalated_submission_id = case
                 when submission_type = 'USER' and review_state = 'escalated'
                   then coalesce(${answer.teamSubmissionId}::text, escalated_submission_id)
                 else escalated_submission_id end
        where message_id = any(${[...messageIds]}) and status in ('concluded', 'withdrawn')
          and id <> coalesce(${answer.teamSubmissionId}::text, '')
        returning id`,
  );
  return answered.map(({ id }) => id);
}

/** What the mail had been judged to be when this submission came: the first verdict on any copy of it before its own. */
export async function rememberOriginalDisposition(trx: Db, submissionId: string): Promise<void> {
  await sql`
    update submissions s set original_disposition = (
      select v.disposition from messages own
        join messages copy on copy.tenant = own.tenant and copy.cluster_id = own.cluster_id
          and (copy.id = own.id or copy.internet_message_id = own.internet_message_id)
        join verdicts v on v.message_id = copy.id
      where own.id = s.message_id and v.id < s.verdict_id order by v.id limit 1)
    where s.id = ${submissionId} and s.original_disposition is null and s.verdict_id is not null`.execute(trx);
}

/** Whether what is said of an uploaded mail is a decision about it. */
export async function makeDeciding(trx: Db, submissionId: string, escalatedSubmissionId: string | null): Promise<void> {
  await sql`update submissions set decides = true, escalated_submission_id = ${escalatedSubmissionId}
            where id = ${submissionId}`.execute(trx);
}

/** Every submission about one of these mails, locked in one order until the transaction ends. */
export async function lockSubmissionsAbout(
  trx: Db,
  messageIds: readonly string[],
): Promise<{ id: string; submission_type: 'USER' | 'TEAM'; review_state: ReviewState }[]> {
  return rows(
    trx,
    sql<{ id: string; submission_type: 'USER' | 'TEAM'; review_state: ReviewState }>`
      select id, submission_type, review_state from submissions where message_id = any(${[...messageIds]})
      order by id for update`,
  );
}

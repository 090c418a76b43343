import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { recordDecision } from '../store/decisions.ts';
import { markReviewed } from '../store/reviews.ts';
import type { SubmissionRow } from '../store/submissions.ts';

/** A team's submission that says what the mail is: its word becomes true together with the verdict. */
export async function decideBy(trx: Db, submission: SubmissionRow, messageId: string, at: Date): Promise<void> {
  await recordDecision(trx, {
    tenant: submission.tenant,
    messageId,
    disposition: submission.requested_disposition,
    by: submission.requested_by,
    at,
  });
}

/** What the team said is carried back to everybody who reported the mail: their panes and views show it from now on. */
export async function answerReports(
  trx: Db,
  world: { now(): Date },
  answer: { submission: Pick<SubmissionRow, 'id' | 'requested_disposition'>; copies: readonly string[] },
): Promise<void> {
  const answered = await markReviewed(trx, answer.copies, {
    at: world.now(),
    as: answer.submission.requested_disposition,
    teamSubmissionId: answer.submission.id,
  });
  await notify(trx, ...answered);
}

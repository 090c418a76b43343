import { PermanentError } from '../../shared/errors.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { messageById } from '../store/messages.ts';
import { insertTeamSubmission, markEscalated, openTeamReview } from '../store/reviews.ts';
import { lockSubmission } from '../store/submissions.ts';
import { copiesOf } from './cluster.ts';
import type { SubmissionWorld } from './world.ts';

export interface Escalation {
  comment: string;
  /** What whoever escalates believes it is; null: what the reporter said. */
  as: Disposition | null;
  by: string;
  language: string;
}

/**
 * A user's report goes to the team: one submission of the team's for each mail, however many reports of it are escalated.
 * Escalated once is escalated; one that has been answered may be asked about again.
 * @returns false when there is no such submission
 * @throws PermanentError `not_escalatable` for what is no judged report of a user
 */
export async function escalate(world: SubmissionWorld, id: string, escalation: Escalation): Promise<boolean> {
  return world.store.inTransaction(async (trx) => {
    const submission = await lockSubmission(trx, id);
    if (submission?.tenant !== world.tenant) return false;
    if (submission.submission_type !== 'USER' || submission.status !== 'concluded' || !submission.message_id) {
      throw new PermanentError('not_escalatable');
    }
    if (submission.review_state === 'escalated') return true;
    const at = world.now();
    const { message_id: messageId } = submission;
    const review = (await openReview(trx, world.tenant, messageId)) ?? world.randomId('sub');
    if (!(await exists(trx, review))) {
      await insertTeamSubmission(trx, {
        id: review,
        tenant: world.tenant,
        messageId,
        verdictId: submission.verdict_id,
        requestedDisposition: escalation.as ?? submission.requested_disposition,
        requestedAt: at,
        requestedBy: escalation.by,
        comment: escalation.comment,
        language: escalation.language,
        reviewState: 'escalated',
        escalatedSubmissionId: id,
        originalDisposition: submission.outcome_disposition ?? null,
      });
    }
    await markEscalated(trx, id, { at, by: escalation.by, as: escalation.as, teamSubmissionId: review });
    await audit(trx, {
      tenant: world.tenant,
      actor: escalation.by,
      action: 'submission.escalated',
      subjectId: id,
      detail: { as: escalation.as, review },
    });
    await notify(trx, id, review);
    return true;
  });
}

const exists = async (trx: Db, id: string) => (await lockSubmission(trx, id)) !== null;

async function openReview(trx: Db, tenant: string, messageId: string): Promise<string | null> {
  const message = await messageById(trx, messageId);
  return message ? openTeamReview(trx, await copiesOf(trx, tenant, message)) : null;
}

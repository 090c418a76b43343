import type { WithdrawAnswer } from '../../shared/api.ts';
import { cancel, restoreAll } from '../retraction/decide.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { retractionProgress } from '../store/retraction-progress.ts';
import { lockRetraction } from '../store/retractions.ts';
import { lockSubmission, otherReporters, type SubmissionRow, withdrawSubmission } from '../store/submissions.ts';
import type { Reporter } from './face.ts';
import { unvote } from './votes.ts';
import type { SubmissionWorld } from './world.ts';

const RESTORE_WITHIN_MS = 15 * 60_000;

/**
 * "I was wrong": cancels what has not happened. What has happened comes back only within narrow bounds; otherwise an
 * analyst is asked, because one tricked reporter must not be able to bring a campaign back.
 * @returns null when the submission does not exist or is somebody else's
 */
export async function withdraw(world: SubmissionWorld, id: string, reporter: Reporter): Promise<WithdrawAnswer | null> {
  return world.store.inTransaction(async (trx) => {
    const submission = await lockSubmission(trx, id);
    if (submission?.tenant !== world.tenant) return null;
    if (submission.provider !== reporter.provider || submission.reporter_user_id !== reporter.userId) return null;
    if (submission.status === 'withdrawn') {
      return { withdrawn: true, restore: submission.review_requested_at ? 'review' : 'none' };
    }
    const restore = submission.retraction_id
      ? await takeBack(trx, world, submission, submission.retraction_id)
      : 'none';
    const clusterId = submission.message_id === null ? null : await clusterOfMessage(trx, submission.message_id);
    if (clusterId !== null) await unvote(trx, submission, clusterId);
    await withdrawSubmission(trx, id, world.now(), restore === 'review');
    await audit(trx, {
      tenant: world.tenant,
      actor: `${reporter.tenant}/${reporter.userId}`,
      action: 'submission.withdrawn',
      subjectId: id,
      detail: { restore },
    });
    await notify(trx, id);
    return { withdrawn: true, restore };
  });
}

async function takeBack(
  trx: Db,
  world: SubmissionWorld,
  submission: SubmissionRow,
  retractionId: string,
): Promise<WithdrawAnswer['restore']> {
  const retraction = await lockRetraction(trx, retractionId);
  if (!retraction || ['cancelled', 'restoring', 'restored'].includes(retraction.state)) return 'none';
  const progress = await retractionProgress(trx, retractionId);
  const moved = progress.retracted > 0 || progress.unknown > 0;
  const othersStand = (await otherReporters(trx, retractionId, submission.reporter_user_id)) > 0;
  const mayUndo = !othersStand && !retraction.definitive && retraction.decided_by === null;
  // A hold by the guard comes after the first moves: what has moved waits for an analyst, whoever stands.
  const untouched = retraction.preview || (retraction.state === 'held' && !moved);
  if (!mayUndo) return untouched ? 'none' : 'review';

  const decider = { id: `submission ${submission.id}`, person: false };
  const inTime = world.now().getTime() - submission.requested_at.getTime() <= RESTORE_WITHIN_MS;
  if (moved && inTime) {
    await restoreAll(trx, world, retractionId, decider);
    return 'started';
  }
  if (retraction.state !== 'done') await cancel(trx, world, retractionId, decider);
  return moved ? 'review' : 'none';
}

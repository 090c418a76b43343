import type { Verdict } from '../../shared/verdict.ts';
import { getBlob } from '../store/blobs.ts';
import { messageById } from '../store/messages.ts';
import { claimLook, dueLooks, planLook } from '../store/second-looks.ts';
import { lockSubmission, submissionById } from '../store/submissions.ts';
import { rejudge } from './rejudge.ts';
import { responseSettings } from './respond.ts';
import type { Judgement, SubmissionWorld } from './world.ts';

const AT_A_TIME = 20;
/** What could not be had for want of time or an answer may be had later. */
const MAY_COME = new Set(['time_budget', 'memory_budget', 'crash']);

/** Whether time may make a verdict better: a doubtful one, or one without an answer that was asked for. */
export function deservesAnotherLook(verdict: Verdict, { unanswered }: Pick<Judgement, 'unanswered'>): boolean {
  if (verdict.decidedBy || verdict.definitive) return false;
  if (verdict.disposition === 'SUSPICIOUS') return true;
  return unanswered.length > 0 || verdict.coverageMissing.some((word) => MAY_COME.has(word));
}

/** When the look after `looks` earlier ones is due; null: that was the last. @param concludedAt the delays count from here */
export function nextLook(delaysMs: readonly number[], concludedAt: Date, looks: number): Date | null {
  const delayMs = delaysMs[looks];
  return delayMs === undefined ? null : new Date(concludedAt.getTime() + delayMs);
}

/** Every submission that is due: read, judged and concluded anew. One that fails waits for the lease to end. */
export async function lookAgain(world: SubmissionWorld): Promise<void> {
  for (const id of await dueLooks(world.store.db, world.now(), AT_A_TIME)) {
    try {
      await lookAgainAt(world, id);
    } catch (error) {
      world.log.warn(
        { submission: id, error: error instanceof Error ? error.message : String(error) },
        'another look failed',
      );
    }
  }
}

async function lookAgainAt(world: SubmissionWorld, id: string): Promise<void> {
  const { db } = world.store;
  const now = world.now();
  if (!(await claimLook(db, id, now, new Date(now.getTime() + world.leaseMs)))) return;
  const submission = await submissionById(db, world.tenant, id);
  const message = submission?.message_id ? await messageById(db, submission.message_id) : null;
  const raw = message && (await getBlob(db, message.sha256));
  // Bodies may be deleted meanwhile; what is left has been judged.
  const fresh = raw ? await world.judge(raw) : null;
  const settings = await responseSettings(world.settings);
  await world.store.inTransaction(async (trx) => {
    const standing = await lockSubmission(trx, id);
    if (!standing) return;
    const looks = standing.looks + 1;
    const open = standing.status === 'concluded' && standing.message_id === submission?.message_id && fresh !== null;
    const verdict = open ? await rejudge(trx, world, id, settings, fresh) : null;
    const again = verdict !== null && fresh !== null && deservesAnotherLook(verdict, fresh);
    const at = again ? nextLook(world.lookAgainDelaysMs, standing.concluded_at ?? now, looks) : null;
    await planLook(trx, id, at, looks);
  });
}

import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { InvalidReason } from '../../shared/invalid.ts';
import { isReadable } from '../message/readable.ts';
import { audit } from '../store/audit.ts';
import { prepareBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import {
  claimForAnalysis,
  invalidateSubmission,
  postponeAnalysis,
  type SubmissionRow,
  verifySubmissionMailbox,
} from '../store/submissions.ts';
import { tellInvalid } from './answer.ts';
import { conclude, LeaseLost } from './conclude.ts';
import { findOriginal } from './original.ts';
import { standingOf } from './reporter.ts';
import type { SubmissionWorld } from './world.ts';

// A mailbox that stays unreachable this long is judged by what was uploaded, and held.
const WAIT_FOR_ORIGINAL_MS = 10 * 60_000;
const GIVE_UP_MS = 24 * 3_600_000;
const MAX_ATTEMPTS = 8;
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

/** The worker's part of a report: read the original, judge it, conclude. May run twice; only one run concludes. */
export async function analyseSubmission(world: SubmissionWorld, submissionId: string): Promise<void> {
  const owner = world.randomId('own');
  const submission = await claimForAnalysis(world.store.db, submissionId, owner, world.now(), world.leaseMs);
  if (!submission) return;
  try {
    await judgeSubmission(world, submission, owner);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    await handleFailure(world, submission, owner, error);
  }
}

async function judgeSubmission(world: SubmissionWorld, submission: SubmissionRow, owner: string): Promise<void> {
  // Somebody the directory does not know has no mailbox to verify or to read: what an analyst uploaded is judged, and held.
  const stranger = submission.reporter_user_id === '';
  const verified = submission.mailbox_verified || stranger ? submission : await verifyMailbox(world, submission);
  if (!verified) return invalidate(world, submission, owner, 'mailbox_not_allowed');
  const found = await findOriginal(stranger ? { ...world, providers: new Map() } : world, verified).catch(
    (error: unknown) => {
      const waited = world.now().getTime() - submission.requested_at.getTime();
      // With an upload in hand the person gets an answer after all; nothing moves on it. Without one only waiting helps.
      const enough = verified.upload_sha256 ? WAIT_FOR_ORIGINAL_MS : GIVE_UP_MS;
      if (error instanceof TemporaryError && waited > enough) {
        return findOriginal({ ...world, providers: new Map() }, verified);
      }
      throw error;
    },
  );
  if (found.original === 'missing') return invalidate(world, submission, owner, 'no_original');
  const judgement = await world.judge(found.raw);
  if (!isReadable(judgement.message)) return invalidate(world, submission, owner, 'unreadable');
  const blob = await prepareBlob(found.raw);
  const concluded = await conclude(world, verified, owner, {
    judgement,
    original: found.original,
    blob,
    copy: found.copy,
  });
  if (concluded) {
    world.log.info(
      { submission: submission.id, disposition: judgement.verdict.disposition, original: found.original },
      'submission concluded',
    );
  }
}

/** The directory could not be asked when the report came in: it is asked before anything is read. */
async function verifyMailbox(world: SubmissionWorld, submission: SubmissionRow): Promise<SubmissionRow | null> {
  try {
    const standing = await standingOf(
      world,
      { provider: submission.provider, tenant: world.tenant, userId: submission.reporter_user_id },
      submission.mailbox,
    );
    if (!standing.verified) throw new TemporaryError('directory: not reachable');
    await verifySubmissionMailbox(world.store.db, submission.id, standing.reporter, standing.mailbox);
    return { ...submission, mailbox_verified: true, requested_by: standing.reporter, mailbox: standing.mailbox };
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'mailbox_not_allowed') return null;
    throw error;
  }
}

async function invalidate(world: SubmissionWorld, submission: SubmissionRow, owner: string, reason: InvalidReason) {
  const { invalid_submission: telling } = await world.settings.get('notifications');
  await world.store.inTransaction(async (trx) => {
    if (!(await invalidateSubmission(trx, submission.id, owner, reason))) return;
    if (telling) await tellInvalid(trx, world, submission, reason);
    await audit(trx, {
      tenant: world.tenant,
      actor: 'reelback',
      action: 'submission.invalid',
      subjectId: submission.id,
      detail: { reason },
    });
    await notify(trx, submission.id);
  });
}

/** Waiting for somebody else spends no attempt; our own failures do, and in the end a person sees the submission. */
async function handleFailure(world: SubmissionWorld, submission: SubmissionRow, owner: string, error: unknown) {
  const temporary = error instanceof TemporaryError;
  const text = error instanceof Error ? error.message : String(error);
  world.log.warn({ submission: submission.id, attempt: submission.attempts, error: text }, 'analysis postponed');
  if (!temporary && submission.attempts >= MAX_ATTEMPTS) {
    return invalidate(world, submission, owner, 'analysis_failed');
  }
  const backoffMs = Math.min(RETRY_MS * 2 ** Math.min(submission.attempts, 8), MAX_RETRY_MS);
  const waitMs = temporary ? Math.max(error.retryAfterMs ?? 0, RETRY_MS) : backoffMs;
  await postponeAnalysis(
    world.store.db,
    submission.id,
    owner,
    new Date(world.now().getTime() + waitMs),
    text.slice(0, 500),
    !temporary,
  );
}

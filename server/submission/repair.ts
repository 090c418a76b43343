/** The queue of reports that could not be judged: seen, looked into, repaired. */
import type { SubmissionView } from '../../shared/api.ts';
import { PermanentError } from '../../shared/errors.ts';
import { INVALID_REASONS, type InvalidReason, type InvalidSubmission } from '../../shared/invalid.ts';
import { parseMessage } from '../message/parse.ts';
import { isReadable } from '../message/readable.ts';
import { audit } from '../store/audit.ts';
import { getBlob, prepareBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import { decodeCursor, encodeCursor } from '../store/cursor.ts';
import { type InvalidRow, listInvalid, repairSubmission } from '../store/invalid-submissions.ts';
import { submissionById } from '../store/submissions.ts';
import type { InvalidFilter } from './face.ts';
import { viewOf } from './view.ts';
import type { SubmissionWorld } from './world.ts';

export async function invalidList(
  world: SubmissionWorld,
  { start, end, submitted_by, query, reason, cursor, limit }: InvalidFilter,
): Promise<{ items: InvalidSubmission[]; next_cursor?: string }> {
  const found = await listInvalid(world.store.db, {
    tenant: world.tenant,
    start: start ?? null,
    end: end ?? null,
    submittedBy: submitted_by ? submitted_by.slice(0, 200) : null,
    text: query ? query.slice(0, 200) : null,
    reason: reason ?? null,
    before: decodeCursor(cursor),
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(shown),
    ...(found.length > limit && last ? { next_cursor: encodeCursor(last.requested_at, last.id) } : {}),
  };
}

const shown = (row: InvalidRow): InvalidSubmission => ({
  ...row,
  status: 'invalid',
  requested_at: row.requested_at.toISOString(),
  invalid_reason: reasonOf(row.invalid_reason),
});

/** Rows of an earlier release may hold a word that is no longer used. */
const reasonOf = (word: string | null): InvalidReason =>
  INVALID_REASONS.find((known) => known === word) ?? 'analysis_failed';

/** Bytes that a stranger sent: who looks at them is written down. */
export async function bytesOfInvalid(world: SubmissionWorld, id: string, actor: string): Promise<Uint8Array | null> {
  const submission = await submissionById(world.store.db, world.tenant, id);
  if (submission?.status !== 'invalid' || submission.upload_sha256 === null) return null;
  const raw = await getBlob(world.store.db, submission.upload_sha256);
  if (!raw) return null;
  await audit(world.store.db, {
    tenant: world.tenant,
    actor,
    action: 'submission.read',
    subjectId: id,
    detail: { sha256: submission.upload_sha256 },
  });
  return raw;
}

/** @returns null when there is no such report. @throws PermanentError `wrong_state` | `unreadable` */
export async function repair(
  world: SubmissionWorld,
  id: string,
  eml: Uint8Array,
  actor: string,
  language: string,
): Promise<SubmissionView | null> {
  const parsed = await parseMessage(eml);
  if (!isReadable(parsed)) throw new PermanentError('unreadable', 'The file is not an email message.');
  const blob = await prepareBlob(eml);
  const repaired = await world.store.inTransaction(async (trx) => {
    const submission = await submissionById(trx, world.tenant, id);
    if (!submission) return null;
    await putBlob(trx, blob);
    const mail = {
      sha256: blob.sha256,
      internetMessageId: parsed.messageId,
      subject: parsed.subject.slice(0, 1_000),
      headerFrom: parsed.headerFrom[0]?.address ?? '',
    };
    if (!(await repairSubmission(trx, id, mail))) {
      throw new PermanentError('wrong_state', 'This report is not invalid any more.');
    }
    await audit(trx, {
      tenant: world.tenant,
      actor,
      action: 'submission.repaired',
      subjectId: id,
      detail: { reason: submission.invalid_reason, upload: blob.sha256 },
    });
    await world.jobs.enqueue(trx, 'analyse', { submissionId: id });
    await notify(trx, id);
    return true;
  });
  if (!repaired) return null;
  const submission = await submissionById(world.store.db, world.tenant, id);
  return viewOf(world.store.db, submission!, language);
}

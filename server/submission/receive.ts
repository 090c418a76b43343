import { createHash } from 'node:crypto';
import { TemporaryError } from '../../shared/errors.ts';
import { REQUESTED_DISPOSITION } from '../../shared/submission.ts';
import { parseMessage } from '../message/parse.ts';
import { isReadable } from '../message/readable.ts';
import { audit } from '../store/audit.ts';
import { prepareBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import { insertSubmission, knownSubmission, type NewSubmission, submissionById } from '../store/submissions.ts';
import { withBrand } from './brand.ts';
import type { Receipt, Report, Reporter } from './face.ts';
import { type Standing, standingOf } from './reporter.ts';
import { viewOf } from './view.ts';
import type { SubmissionWorld } from './world.ts';

/**
 * A report comes in: its bytes, the submission, an audit line and the job stand together or not at all.
 * @throws PermanentError `mailbox_not_allowed` | `provider_not_configured`
 */
export async function receive(world: SubmissionWorld, reporter: Reporter, report: Report): Promise<Receipt> {
  const standing = await standingOf(world, reporter, report.mailbox);
  const key = {
    tenant: world.tenant,
    reporterUserId: reporter.userId,
    idempotencyKey: report.idempotencyKey,
    naturalKey: naturalKeyOf(standing.mailbox, report),
  };
  const known = await knownSubmission(world.store.db, key);
  if (known) return receiptOf(world, known.id, report.language, 'known');

  const upload = report.rawMessage && report.rawMessage.length > 0 ? await prepareBlob(report.rawMessage) : null;
  const parsed = report.rawMessage && upload ? await parseMessage(report.rawMessage) : null;
  const invalidReason = await whyInvalid(world, reporter, report, standing, parsed !== null && isReadable(parsed));

  const submission: NewSubmission = {
    id: world.randomId('sub'),
    tenant: world.tenant,
    submission_type: 'USER',
    status: invalidReason ? 'invalid' : 'received',
    report_type: report.type,
    requested_disposition: REQUESTED_DISPOSITION[report.type],
    requested_at: world.now(),
    requested_by: standing.reporter,
    reporter_user_id: reporter.userId,
    mailbox_verified: standing.verified,
    provider: reporter.provider,
    mailbox: standing.mailbox,
    provider_message_id: report.providerMessageId,
    internet_message_id: report.internetMessageId,
    comment: report.comment,
    exposure: report.exposure,
    language: report.language,
    client: report.client,
    upload_sha256: upload?.sha256 ?? null,
    upload_fidelity: upload ? report.fidelity : null,
    idempotency_key: report.idempotencyKey,
    natural_key: invalidReason ? null : key.naturalKey,
    subject: parsed?.subject ?? '',
    header_from: parsed?.headerFrom[0]?.address ?? '',
    invalid_reason: invalidReason,
  };
  const created = await world.store.inTransaction(async (trx) => {
    if (upload) await putBlob(trx, upload);
    if (!(await insertSubmission(trx, submission))) return false;
    await audit(trx, {
      tenant: world.tenant,
      actor: `${reporter.tenant}/${reporter.userId}`,
      action: 'submission.received',
      subjectId: submission.id,
      detail: {
        type: report.type,
        provider: reporter.provider,
        upload: upload?.sha256 ?? null,
        invalid: invalidReason,
      },
    });
    if (!invalidReason) await world.jobs.enqueue(trx, 'analyse', { submissionId: submission.id });
    await notify(trx, submission.id);
    return true;
  });
  if (!created) {
    // Two presses at the same moment: the other one won.
    const other = await knownSubmission(world.store.db, key);
    if (!other) throw new TemporaryError('submission: lost a race against itself', { retryAfterMs: 1000 });
    return receiptOf(world, other.id, report.language, 'known');
  }
  return receiptOf(world, submission.id, report.language, invalidReason ? 'invalid' : 'created');
}

/** A Message-ID never decides what is the same report: the sender chooses it. */
function naturalKeyOf(mailbox: string, report: Report): string | null {
  if (report.providerMessageId) return `${mailbox}\nid:${report.providerMessageId}`;
  if (!report.rawMessage || report.rawMessage.length === 0) return null;
  return `${mailbox}\nsha256:${createHash('sha256').update(report.rawMessage).digest('hex')}`;
}

/**
 * Bytes that are no mail are kept and shown as invalid, unless the mailbox itself has the original.
 * A mailbox that cannot be asked now is asked by the worker.
 */
async function whyInvalid(
  world: SubmissionWorld,
  reporter: Reporter,
  report: Report,
  standing: Standing,
  readable: boolean,
): Promise<string | null> {
  if (readable) return null;
  const uploaded = report.rawMessage !== null && report.rawMessage.length > 0;
  if (!report.providerMessageId && !report.internetMessageId) return uploaded ? 'unreadable' : 'no_original';
  if (!uploaded || !standing.verified || !report.providerMessageId) return null;
  const provider = world.providers.get(reporter.provider)!;
  try {
    const id = await provider.toImmutableId(standing.mailbox, report.providerMessageId);
    return id && (await provider.readCopy(standing.mailbox, id)) ? null : 'unreadable';
  } catch {
    return null;
  }
}

async function receiptOf(
  world: SubmissionWorld,
  id: string,
  language: string,
  state: Receipt['state'],
): Promise<Receipt> {
  const submission = await submissionById(world.store.db, world.tenant, id);
  const view = await withBrand(world, await viewOf(world.store.db, submission!, language), language);
  if (submission!.status === 'invalid' && state !== 'known') {
    return { state: 'invalid', view, reason: submission!.invalid_reason ?? 'unreadable' };
  }
  return { state: state === 'known' ? 'known' : 'created', view };
}

/** What the team says about a mail whose body was not kept: the mail is uploaded, and judged as every report is. */
import { PermanentError } from '../../shared/errors.ts';
import type { ReclassifyResult } from '../../shared/reclassify.ts';
import { fingerprintOf } from '../message/fingerprint.ts';
import type { Message } from '../message/message.ts';
import { parseMessage } from '../message/parse.ts';
import { isReadable } from '../message/readable.ts';
import { restoreAll } from '../retraction/decide.ts';
import { earlierRetractions } from '../retraction/start.ts';
import { audit } from '../store/audit.ts';
import { prepareBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { lockMessageId } from '../store/retractions.ts';
import { makeDeciding } from '../store/reviews.ts';
import { insertSubmission } from '../store/submissions.ts';
import type { CaseworkWorld } from './casework-world.ts';
import type { Reclassification } from './reclassify.ts';

/** The type a reporter would have chosen. */
const REPORT_TYPE = { MALICIOUS: 'phish', SPOOF: 'phish', SUSPICIOUS: 'not_sure', SPAM: 'spam', BULK: 'spam' } as const;

/**
 * Kept with its bytes; the worker judges it, and the word becomes a decision together with the verdict. Nothing is taken
 * away on an upload: what it says of copies in mailboxes is true only of the one that was uploaded.
 * @throws PermanentError `unreadable`
 */
export async function reclassifyUpload(
  world: CaseworkWorld,
  eml: Uint8Array,
  said: Reclassification,
): Promise<ReclassifyResult> {
  const message = await parseMessage(eml);
  if (!isReadable(message)) throw new PermanentError('unreadable', 'This is no mail that can be read.');
  const blob = await prepareBlob(eml);
  const id = world.randomId('sub');
  const { disposition, actor } = said;
  return world.store.inTransaction(async (trx) => {
    await putBlob(trx, blob);
    await insertSubmission(trx, {
      id,
      tenant: world.tenant,
      submission_type: 'TEAM',
      status: 'received',
      report_type: disposition === 'NONE' ? 'safe' : REPORT_TYPE[disposition],
      requested_disposition: disposition,
      requested_at: world.now(),
      requested_by: actor,
      reporter_user_id: actor,
      // There is no mailbox to look into: what was uploaded is what is judged.
      mailbox_verified: true,
      provider: [...world.providers.keys()][0] ?? 'microsoft365',
      mailbox: '',
      provider_message_id: null,
      internet_message_id: null,
      comment: said.comment,
      exposure: [],
      language: said.language,
      client: { name: 'dashboard', version: '' },
      channel: 'dashboard',
      upload_sha256: blob.sha256,
      upload_fidelity: 'exact',
      idempotency_key: null,
      natural_key: null,
      subject: message.subject,
      header_from: message.headerFrom[0]?.address ?? '',
      invalid_reason: null,
    });
    await makeDeciding(trx, id, said.escalatedSubmissionId);
    const restored = said.restore ? await putBack(trx, world, message, actor) : {};
    await audit(trx, {
      tenant: world.tenant,
      actor,
      action: 'submission.received',
      subjectId: id,
      detail: { type: 'team', as: disposition, upload: blob.sha256 },
    });
    await world.jobs.enqueue(trx, 'analyse', { submissionId: id });
    await notify(trx, id);
    return { message: null, success: true, submission_id: id, ...restored };
  });
}

/** What was taken away of this very mail: same Message-ID, same fingerprint. */
async function putBack(trx: Db, world: CaseworkWorld, message: Message, actor: string) {
  if (!message.messageId) return { move_refused: 'not_searchable' };
  await lockMessageId(trx, world.tenant, message.messageId);
  const { ofThisMail } = await earlierRetractions(trx, world.tenant, [message.messageId], fingerprintOf(message));
  const standing = ofThisMail.find((r) => !r.preview && !['planned', 'restoring', 'restored'].includes(r.state));
  if (!standing) return { move_refused: 'nothing_to_restore' };
  await restoreAll(trx, world, standing.id, { id: actor, person: true });
  return { retraction_id: standing.id };
}

import { PermanentError } from '../../shared/errors.ts';
import type { Original } from '../../shared/submission.ts';
import type { Copy, MailProvider } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { fingerprintOf, sameMail } from '../message/fingerprint.ts';
import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import type { SubmissionWorld } from './world.ts';

/** The bytes that are judged, and how far they can be trusted. */
export type Found =
  | { original: Exclude<Original, 'missing'>; raw: Uint8Array; copy: Copy | null }
  | { original: 'missing' };

/**
 * The original from the reporter's own mailbox; the upload only when the mailbox does not have it.
 * @throws TemporaryError when the mailbox cannot be asked now
 */
export async function findOriginal(world: SubmissionWorld, submission: SubmissionRow): Promise<Found> {
  const upload = submission.upload_sha256 ? await getBlob(world.store.db, submission.upload_sha256) : null;
  const provider = world.providers.get(submission.provider);
  if (provider) {
    const authoritative = await unlessClosed(() => fromMailbox(provider, submission, upload), upload !== null);
    if (authoritative) return { original: 'authoritative', ...authoritative };
  }
  if (!upload) return { original: 'missing' };
  return {
    original: submission.upload_fidelity === 'reconstructed' ? 'reconstructed' : 'client_supplied',
    raw: upload,
    copy: null,
  };
}

/**
 * A mailbox that does not let us in is a mailbox without the original: what was uploaded is judged and held. A tenant
 * that shuts us out may open again, so a report that has nothing but ids waits for that.
 */
async function unlessClosed<T>(read: () => Promise<T | null>, uploaded: boolean): Promise<T | null> {
  try {
    return await read();
  } catch (caught) {
    if (caught instanceof PermanentError && uploaded) return null;
    const error = patientIfShutOut(caught);
    if (error instanceof PermanentError) return null;
    throw error;
  }
}

async function fromMailbox(
  provider: MailProvider,
  submission: SubmissionRow,
  upload: Uint8Array | null,
): Promise<{ raw: Uint8Array; copy: Copy } | null> {
  if (submission.provider_message_id) {
    const id = await provider.toImmutableId(submission.mailbox, submission.provider_message_id);
    const copy = id ? await provider.readCopy(submission.mailbox, id) : null;
    const raw = copy ? await provider.readRaw(submission.mailbox, copy.providerMessageId) : null;
    if (copy && raw) return { raw, copy };
  }
  return submission.internet_message_id ? byMessageId(provider, submission, upload) : null;
}

/**
 * A Message-ID names no mail: the sender chooses it. A copy found by it counts when it is what was uploaded,
 * or, without an upload, when it is the only one.
 */
async function byMessageId(
  provider: MailProvider,
  submission: SubmissionRow,
  upload: Uint8Array | null,
): Promise<{ raw: Uint8Array; copy: Copy } | null> {
  const [outcome] = await provider.findCopies([submission.mailbox], submission.internet_message_id!);
  if (!outcome) return null;
  if (!outcome.ok) throw outcome.error;
  const wanted = upload ? fingerprintOf(await parseMessage(upload)) : null;
  if (!wanted && outcome.value.length !== 1) return null;
  for (const copy of outcome.value) {
    const raw = await provider.readRaw(submission.mailbox, copy.providerMessageId);
    if (!raw) continue;
    if (!wanted || sameMail(wanted, fingerprintOf(await parseMessage(raw))).same) return { raw, copy };
  }
  return null;
}

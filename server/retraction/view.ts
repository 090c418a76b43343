import type { RetractionCopy, RetractionProgress, RetractionView } from '../../shared/api.ts';
import type { Db } from '../store/database.ts';
import type { CopyRow } from '../store/retraction-copies.ts';
import {
  type RetractionProgressRow,
  type RetractionRow,
  retractionById,
  retractionProgress,
} from '../store/retractions.ts';

export async function retractionProgressView(db: Db, tenant: string, id: string): Promise<RetractionProgress | null> {
  const retraction = await retractionById(db, tenant, id);
  if (!retraction) return null;
  const progress = await retractionProgress(db, id);
  return { id, state: retraction.state, preview: retraction.preview, scope: retraction.scope, ...countsOf(progress) };
}

export async function retractionView(
  db: Db,
  retraction: RetractionRow,
  submissionId: string | null,
): Promise<RetractionView> {
  const progress = await retractionProgress(db, retraction.id);
  return {
    id: retraction.id,
    state: retraction.state,
    cause: retraction.cause,
    preview: retraction.preview,
    ...(retraction.reason ? { reason: retraction.reason } : {}),
    ...(submissionId ? { submission_id: submissionId } : {}),
    message_id: retraction.internet_message_ids[0] ?? null,
    message: retraction.message_id,
    scope: retraction.scope,
    subject: retraction.subject,
    destination: retraction.destination,
    requested_by: retraction.requested_by,
    requested_at: retraction.requested_at.toISOString(),
    ...(retraction.completed_at ? { completed_at: retraction.completed_at.toISOString() } : {}),
    ...countsOf(progress),
  };
}

function countsOf(p: RetractionProgressRow): Pick<RetractionProgress, 'mailboxes' | 'copies'> {
  return {
    mailboxes: { searched: p.searched, total: p.total },
    copies: {
      found: p.found,
      retracted: p.retracted,
      already_there: p.already_there,
      gone: p.gone,
      failed: p.failed,
      unknown: p.unknown,
      review: p.review,
      unread: p.unread,
      restored: p.restored,
      ...(p.purged ? { purged: p.purged } : {}),
    },
  };
}

export function copyView(c: CopyRow): RetractionCopy {
  return {
    mailbox: c.mailbox,
    provider: c.provider,
    provider_message_id: c.provider_message_id,
    state: c.state,
    ...(c.reason ? { reason: c.reason } : {}),
    was_read: c.read_at_move ?? c.was_read,
    from_folder: c.from_folder_name || c.from_folder,
    ...(c.provider === 'google' ? { labels: c.labels } : {}),
    destination: c.destination,
    first_seen_at: c.first_seen_at.toISOString(),
    ...(c.acted_at ? { acted_at: c.acted_at.toISOString() } : {}),
    ...(c.confirmed_at ? { confirmed_at: c.confirmed_at.toISOString() } : {}),
  };
}

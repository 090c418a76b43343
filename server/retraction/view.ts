import type { RetractionCopy, RetractionProgress, RetractionView } from '../../shared/api.ts';
import { readSetting } from '../policies/settings.ts';
import type { Db } from '../store/database.ts';
import type { CopyRow } from '../store/retraction-copies.ts';
import { troubledMailboxes } from '../store/retraction-mailboxes.ts';
import { progressOf, type RetractionProgressRow } from '../store/retraction-progress.ts';
import { type RetractionRow, retractionsByIds } from '../store/retractions.ts';
import { firstSubmissions } from '../store/submissions.ts';
import { HOLD_HOURS } from './expire.ts';

const TROUBLES_SHOWN = 50;

/** By id; as many queries for a thousand as for one. */
export async function progressViews(
  db: Db,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, RetractionProgress>> {
  const retractions = await retractionsByIds(db, tenant, ids);
  const progress = await progressOf(
    db,
    retractions.map(({ id }) => id),
  );
  return new Map(
    retractions.map(({ id, state, preview, scope, reason }) => [
      id,
      { id, state, preview, scope, ...(reason ? { reason } : {}), ...countsOf(progress.get(id)!) },
    ]),
  );
}

/** In the order of the rows; as many queries for a thousand as for one. */
export async function retractionViews(db: Db, retractions: readonly RetractionRow[]): Promise<RetractionView[]> {
  const ids = retractions.map(({ id }) => id);
  const [progress, submissions] = await Promise.all([progressOf(db, ids), firstSubmissions(db, ids)]);
  return retractions.map((r) => viewOf(r, progress.get(r.id)!, submissions.get(r.id) ?? null));
}

/** One retraction, with the mailboxes that a person may have to look into. */
export async function retractionView(db: Db, retraction: RetractionRow): Promise<RetractionView> {
  const [view] = await retractionViews(db, [retraction]);
  const { failed, message_only } = view!.mailboxes;
  const known = { ...view!, ...(await expiryOf(db, retraction)) };
  if (!failed && !message_only) return known;
  return { ...known, mailbox_troubles: await troubledMailboxes(db, retraction.id, TROUBLES_SHOWN) };
}

async function expiryOf(
  db: Db,
  { state, tenant, held_at: heldAt }: RetractionRow,
): Promise<Pick<RetractionView, 'expires_at'>> {
  if (state !== 'held' || heldAt === null) return {};
  const { hold_hours: hours = HOLD_HOURS } = await readSetting(db, tenant, 'guard');
  return { expires_at: new Date(heldAt.getTime() + hours * 3_600_000).toISOString() };
}

function viewOf(
  retraction: RetractionRow,
  progress: RetractionProgressRow,
  submissionId: string | null,
): RetractionView {
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
    mailboxes: {
      searched: p.searched,
      total: p.total,
      ...(p.mailboxes_failed ? { failed: p.mailboxes_failed } : {}),
      ...(p.message_only ? { message_only: p.message_only } : {}),
    },
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

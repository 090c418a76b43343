/** Bulk jobs as people ask for them: what would happen, begin, look, stop, take back, forget. */
import type { BulkJob, BulkJobRequest, BulkMessage, BulkPreview, BulkPreviewRequest } from '../../shared/bulk-job.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { MessageSearch } from '../../shared/messages.ts';
import type { BulkJobStatus, BulkMessageStatus } from '../../shared/vendor-words.ts';
import { audit } from '../store/audit.ts';
import {
  deleteJob,
  endJob,
  insertJob,
  insertMessages,
  insertUndoMessages,
  jobById,
  listJobs,
  lockJob,
} from '../store/bulk-jobs.ts';
import { existingMessages, knownPlaces, messagesOfJob, reachOf } from '../store/bulk-messages.ts';
import { notify } from '../store/changes.ts';
import { decodeCursor, encodeCursor } from '../store/cursor.ts';
import type { Db } from '../store/database.ts';
import { jobView, messageView } from './bulk-view.ts';
import type { CaseworkWorld, Matching } from './casework-world.ts';
import type { SearchTrouble } from './face.ts';

/** Messages that are counted before a start: more are only said to be more. */
const MOST_PREVIEWED = 10_000;
const PAGE = 1_000;
const MAILBOXES_SHOWN = 20;
const TERMINAL: readonly BulkJobStatus[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

type Refused = { trouble: SearchTrouble };
/** Who asks; the language of what is said in their name. */
export interface BulkActor {
  id: string;
  language: string;
}

/** @returns null when one of the named messages does not exist */
export async function previewJob(
  world: CaseworkWorld,
  matching: Matching,
  asked: BulkPreviewRequest,
): Promise<BulkPreview | Refused | null> {
  const { db } = world.store;
  const found = await idsOf(world, matching, asked);
  if (found === null || 'trouble' in found) return found;
  const [reach, places] = await Promise.all([
    reachOf(db, world.tenant, found.ids),
    knownPlaces(db, found.ids, MAILBOXES_SHOWN),
  ]);
  return { ...reach, complete: found.complete, ...places };
}

async function idsOf(
  world: CaseworkWorld,
  matching: Matching,
  asked: BulkPreviewRequest,
): Promise<{ ids: string[]; complete: boolean } | Refused | null> {
  if (asked.ids) {
    const existing = await existingMessages(world.store.db, world.tenant, asked.ids);
    return existing.size === asked.ids.length ? { ids: asked.ids, complete: true } : null;
  }
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await matching(asked.search_params ?? {}, { ...(cursor ? { cursor } : {}), limit: PAGE });
    if ('trouble' in page) return page;
    ids.push(...page.ids);
    cursor = page.next_cursor;
  } while (cursor && ids.length < MOST_PREVIEWED);
  return { ids: ids.slice(0, MOST_PREVIEWED), complete: !cursor && ids.length <= MOST_PREVIEWED };
}

/** @returns null when one of the named messages does not exist */
export async function startJob(
  world: CaseworkWorld,
  matching: Matching,
  asked: BulkJobRequest,
  actor: BulkActor,
): Promise<BulkJob | Refused | null> {
  const at = world.now();
  let search: MessageSearch | null = null;
  if (asked.ids) {
    const existing = await existingMessages(world.store.db, world.tenant, asked.ids);
    if (existing.size < asked.ids.length) return null;
  } else {
    // What comes in meanwhile is not what somebody has looked at: the set is closed now.
    const end = asked.search_params?.end;
    search = { ...asked.search_params, end: end && new Date(end) < at ? end : at.toISOString() };
    const first = await matching(search, { limit: 1 });
    if ('trouble' in first) return first;
  }
  const id = world.randomId('job');
  await world.store.inTransaction(async (trx) => {
    await insertJob(trx, {
      id,
      tenant: world.tenant,
      action: asked.action,
      destination: asked.action === 'MOVE' ? (asked.destination ?? null) : null,
      disposition: asked.action === 'RECLASSIFY' ? (asked.disposition ?? null) : null,
      comment: asked.comment ?? '',
      search,
      language: actor.language,
      created_by: actor.id,
      created_at: at,
      undo_of: null,
    });
    if (asked.ids) await insertMessages(trx, id, asked.ids);
    await told(trx, world, actor, id, 'started', {
      action: asked.action,
      ...(asked.destination ? { destination: asked.destination } : {}),
      ...(asked.disposition ? { disposition: asked.disposition } : {}),
      ...(asked.ids ? { messages: asked.ids.length } : { search: true }),
    });
  });
  return jobIn(world, id);
}

export async function jobIn(world: CaseworkWorld, id: string): Promise<BulkJob | null> {
  const job = await jobById(world.store.db, world.tenant, id);
  return job && jobView(job);
}

export async function jobsIn(
  world: CaseworkWorld,
  query: { status?: BulkJobStatus; cursor?: string; limit: number },
): Promise<{ items: BulkJob[]; next_cursor?: string }> {
  const found = await listJobs(world.store.db, {
    tenant: world.tenant,
    status: query.status ?? null,
    before: decodeCursor(query.cursor),
    limit: query.limit + 1,
  });
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const more = found.length > query.limit && last;
  return { items: page.map(jobView), ...(more ? { next_cursor: encodeCursor(last.created_at, last.id) } : {}) };
}

export async function messagesIn(
  world: CaseworkWorld,
  id: string,
  query: { status?: BulkMessageStatus; cursor?: string; limit: number },
): Promise<{ items: BulkMessage[]; next_cursor?: string } | null> {
  if (!(await jobById(world.store.db, world.tenant, id))) return null;
  const after = query.cursor && /^msg_[A-Za-z0-9_-]{1,60}$/.test(query.cursor) ? query.cursor : null;
  const found = await messagesOfJob(world.store.db, id, {
    status: query.status ?? null,
    after,
    limit: query.limit + 1,
  });
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const more = found.length > query.limit && last;
  return { items: page.map(messageView), ...(more ? { next_cursor: last.message_id } : {}) };
}

/** What waits does not begin, what is under way goes on. @throws PermanentError `wrong_state` */
export async function cancelJob(world: CaseworkWorld, id: string, actor: BulkActor): Promise<BulkJob | null> {
  const found = await world.store.inTransaction(async (trx) => {
    const job = await lockJob(trx, world.tenant, id);
    if (!job) return false;
    if (!(await endJob(trx, id, { status: 'CANCELLED', message: null, at: world.now() }))) {
      throw new PermanentError('wrong_state');
    }
    await told(trx, world, actor, id, 'cancelled', {});
    return true;
  });
  return found ? jobIn(world, id) : null;
}

/** Forgets a job that is over; what it did stands. @throws PermanentError `wrong_state` */
export async function removeJob(world: CaseworkWorld, id: string, actor: BulkActor): Promise<boolean> {
  return world.store.inTransaction(async (trx) => {
    const job = await lockJob(trx, world.tenant, id);
    if (!job) return false;
    if (!TERMINAL.includes(job.status)) throw new PermanentError('wrong_state');
    await deleteJob(trx, id);
    await told(trx, world, actor, id, 'deleted', {});
    return true;
  });
}

/**
 * A job of its own that brings back exactly what this one moved: copies that another retraction took stay taken. Once.
 * @throws PermanentError `wrong_state`, `nothing_to_undo`, `undone_already`
 */
export async function undoJob(world: CaseworkWorld, id: string, actor: BulkActor): Promise<BulkJob | null> {
  const undo = world.randomId('job');
  const found = await world.store.inTransaction(async (trx) => {
    const job = await lockJob(trx, world.tenant, id);
    if (!job) return false;
    if (!TERMINAL.includes(job.status)) throw new PermanentError('wrong_state');
    if (job.action === 'RECLASSIFY' || job.undo_of !== null) throw new PermanentError('nothing_to_undo');
    const created = await insertJob(trx, {
      id: undo,
      tenant: world.tenant,
      action: job.action === 'MOVE' ? 'RELEASE' : 'MOVE',
      destination: null,
      disposition: null,
      comment: job.comment,
      search: null,
      language: actor.language,
      created_by: actor.id,
      created_at: world.now(),
      undo_of: id,
    });
    if (!created) throw new PermanentError('undone_already');
    const messages = await insertUndoMessages(trx, undo, id);
    if (messages === 0) throw new PermanentError('nothing_to_undo');
    await told(trx, world, actor, id, 'undone', { by: undo, messages });
    return true;
  });
  return found ? jobIn(world, undo) : null;
}

async function told(
  trx: Db,
  world: CaseworkWorld,
  actor: BulkActor,
  id: string,
  what: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(trx, { tenant: world.tenant, actor: actor.id, action: `bulk.${what}`, subjectId: id, detail });
  await notify(trx, id, 'bulk');
}

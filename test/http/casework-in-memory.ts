/** Casework of the door tests: the shortest that keeps its word. */
import type { Casework } from '../../server/investigation/casework.ts';
import type { BulkJob, BulkJobRequest, BulkMessage } from '../../shared/bulk-job.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { ReclassifyRequest } from '../../shared/reclassify.ts';

export function blankJob(id: string): BulkJob {
  return {
    job_id: id,
    action_type: 'MOVE',
    action_params: { destination: 'Quarantine' },
    search_params: { query: 'invoice' },
    comment: '',
    status: 'PROCESSING',
    status_message: null,
    created_by: 'ana@example.org',
    created_at: '2026-08-01T09:00:00Z',
    started_at: '2026-08-01T09:00:01Z',
    completed_at: null,
    total_messages_discovered: 40,
    messages_pending: 30,
    messages_successful: 7,
    messages_failed: 1,
    messages_skipped: 2,
    messages_cancelled: 0,
    undo_of: null,
    undone_by: null,
    undoable: false,
  };
}

/** `msg_none` does not exist, a search for `(` is not understood. */
export class CaseworkInMemory implements Casework {
  readonly jobs = new Map<string, BulkJob>([['job_1', blankJob('job_1')]]);
  readonly rows: BulkMessage[] = [];
  /** What was asked, with who asked. */
  readonly asked: unknown[] = [];

  async reclassify(request: Omit<ReclassifyRequest, 'eml'>, eml: Uint8Array | null, actor: { id: string }) {
    this.asked.push({ ...request, ...(eml ? { eml: Buffer.from(eml).toString() } : {}), actor: actor.id });
    if (request.ids?.includes('msg_none')) return null;
    if (eml) return [{ message: null, success: true, submission_id: 'sub_team' }];
    return (request.ids ?? []).map((message) => ({ message, success: true, submission_id: `sub_of_${message}` }));
  }
  async release({ ids }: { ids: string[] }, actor: { id: string }) {
    this.asked.push({ release: ids, actor: actor.id });
    if (ids.includes('msg_none')) return null;
    return ids.map((id) => ({ id, delivered: ['ana@example.org'], undelivered: [], failed: [] }));
  }
  readonly bulk: Casework['bulk'] = {
    preview: async (asked) => {
      if (asked.ids?.includes('msg_none')) return null;
      if (asked.search_params?.query === '(') return trouble;
      return {
        messages: asked.ids?.length ?? 40,
        complete: true,
        skipped: 2,
        retracted: 3,
        providers: [{ provider: 'microsoft365', mailboxes: 5, copies: 9 }],
        mailboxes: [{ mailbox: 'ana@example.org', copies: 3 }],
      };
    },
    start: async (asked: BulkJobRequest, actor) => {
      this.asked.push({ ...asked, actor: actor.id });
      if (asked.ids?.includes('msg_none')) return null;
      if (asked.search_params?.query === '(') return trouble;
      const job = { ...blankJob(`job_${this.jobs.size + 1}`), action_type: asked.action, status: 'PENDING' as const };
      this.jobs.set(job.job_id, job);
      return job;
    },
    list: async ({ limit, status }) => ({
      items: [...this.jobs.values()].filter((job) => !status || job.status === status).slice(0, limit),
    }),
    get: async (id) => this.jobs.get(id) ?? null,
    messages: async (id) => (this.jobs.has(id) ? { items: this.rows } : null),
    cancel: async (id) => this.#change(id, ['PENDING', 'DISCOVERING', 'PROCESSING'], { status: 'CANCELLED' }),
    undo: async (id) => {
      const job = this.jobs.get(id);
      if (!job) return null;
      if (!job.undoable) throw new PermanentError('nothing_to_undo');
      const undo = { ...blankJob(`job_undo_${id}`), action_type: 'RELEASE' as const, undo_of: id };
      this.jobs.set(undo.job_id, undo);
      this.jobs.set(id, { ...job, undoable: false, undone_by: undo.job_id });
      return undo;
    },
    remove: async (id) => {
      const job = this.jobs.get(id);
      if (!job) return false;
      if (job.completed_at === null && job.status === 'PROCESSING') throw new PermanentError('wrong_state');
      return this.jobs.delete(id);
    },
  };

  #change(id: string, from: string[], change: Partial<BulkJob>): BulkJob | null {
    const job = this.jobs.get(id);
    if (!job) return null;
    if (!from.includes(job.status)) throw new PermanentError('wrong_state');
    const next = { ...job, ...change };
    this.jobs.set(id, next);
    return next;
  }
}

const trouble = { trouble: { code: 'query_bad_value' as const, at: 0, what: '(', expected: [] } };

/** What the doors may ask of casework: saying what mails are, giving them back, and doing things to many at once. */
import type { BulkJob, BulkJobRequest, BulkMessage, BulkPreview, BulkPreviewRequest } from '../../shared/bulk-job.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ReclassifyRequest, ReclassifyResult, ReleaseRequest, ReleaseResult } from '../../shared/reclassify.ts';
import type { BulkJobStatus, BulkMessageStatus } from '../../shared/vendor-words.ts';
import { judgedMails } from '../retraction/judged-mails.ts';
import { releaseMail } from '../retraction/release.ts';
import { copiesOf } from '../submission/cluster.ts';
import {
  type BulkActor,
  cancelJob,
  jobIn,
  jobsIn,
  messagesIn,
  previewJob,
  removeJob,
  startJob,
  undoJob,
} from './bulk-jobs.ts';
import type { CaseworkWorld, Matching } from './casework-world.ts';
import type { SearchTrouble } from './face.ts';
import { type Reclassification, reclassify } from './reclassify.ts';
import { reclassifyUpload } from './reclassify-upload.ts';

type Trouble = { trouble: SearchTrouble };

export interface Casework {
  /**
   * Each message for itself: what cannot be said of one does not keep the others back. null: one of them does not exist.
   * @param eml the bytes of a mail that was not kept; then the request names no ids
   * @throws PermanentError `unreadable`
   */
  reclassify(
    request: Omit<ReclassifyRequest, 'eml'>,
    eml: Uint8Array | null,
    actor: { id: string },
    language: Language,
  ): Promise<ReclassifyResult[] | null>;
  /** null: one of them does not exist. */
  release(request: ReleaseRequest, actor: { id: string }, language: Language): Promise<ReleaseResult[] | null>;
  bulk: {
    /** null: one of the named messages does not exist. */
    preview(request: BulkPreviewRequest): Promise<BulkPreview | Trouble | null>;
    start(request: BulkJobRequest, actor: BulkActor): Promise<BulkJob | Trouble | null>;
    list(query: {
      status?: BulkJobStatus;
      cursor?: string;
      limit: number;
    }): Promise<{ items: BulkJob[]; next_cursor?: string }>;
    get(id: string): Promise<BulkJob | null>;
    messages(
      id: string,
      query: { status?: BulkMessageStatus; cursor?: string; limit: number },
    ): Promise<{ items: BulkMessage[]; next_cursor?: string } | null>;
    /** @throws PermanentError `wrong_state` */
    cancel(id: string, actor: BulkActor): Promise<BulkJob | null>;
    /** The job that undoes it. @throws PermanentError `wrong_state`, `nothing_to_undo`, `undone_already` */
    undo(id: string, actor: BulkActor): Promise<BulkJob | null>;
    /** @returns false when there is no such job. @throws PermanentError `wrong_state` */
    remove(id: string, actor: BulkActor): Promise<boolean>;
  };
}

export function openCasework(world: CaseworkWorld, matching: Matching): Casework {
  return {
    async reclassify(request, eml, actor, language) {
      const said: Reclassification = {
        disposition: request.disposition,
        comment: request.comment ?? '',
        actor: actor.id,
        language,
        escalatedSubmissionId: request.escalated_submission_id ?? null,
        restore: request.restore ?? false,
        destination: request.destination ?? null,
        paused: (await world.settings.get('retraction')).paused,
      };
      if (eml) return [await reclassifyUpload(world, eml, said)];
      const mails = await judgedMails(world, request.ids ?? []);
      if (!mails) return null;
      const results: ReclassifyResult[] = [];
      for (const mail of mails) {
        const copies = await copiesOf(world.store.db, world.tenant, mail);
        results.push(
          await orReason(mail.id, () => world.store.inTransaction((trx) => reclassify(trx, world, mail, copies, said))),
        );
      }
      return results;
    },
    async release({ ids, comment }, actor, language) {
      const mails = await judgedMails(world, ids);
      if (!mails) return null;
      const results: ReleaseResult[] = [];
      for (const mail of mails)
        results.push(await releaseMail(world, mail, { actor: actor.id, comment: comment ?? '', language }));
      return results;
    },
    bulk: {
      preview: (request) => previewJob(world, matching, request),
      start: (request, actor) => startJob(world, matching, request, actor),
      list: (query) => jobsIn(world, query),
      get: (id) => jobIn(world, id),
      messages: (id, query) => messagesIn(world, id, query),
      cancel: (id, actor) => cancelJob(world, id, actor),
      undo: (id, actor) => undoJob(world, id, actor),
      remove: (id, actor) => removeJob(world, id, actor),
    },
  };
}

async function orReason(message: string, said: () => Promise<ReclassifyResult>): Promise<ReclassifyResult> {
  try {
    return await said();
  } catch (error) {
    if (error instanceof PermanentError) return { message, success: false, reason: error.code };
    throw error;
  }
}

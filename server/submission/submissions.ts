import { decodeCursor, encodeCursor } from '../store/cursor.ts';
import { listSubmissions, submissionById } from '../store/submissions.ts';
import { detailOf } from './detail.ts';
import type { Submissions } from './face.ts';
import { receive } from './receive.ts';
import { exportMail, exportVerdict } from './verdict-export.ts';
import { viewOf, viewsOf } from './view.ts';
import { withdraw } from './withdraw.ts';
import type { SubmissionWorld } from './world.ts';

/** The face of the room towards the doors. */
export function openSubmissions(world: SubmissionWorld): Submissions {
  const { db } = world.store;
  return {
    receive: (reporter, report) => receive(world, reporter, report),
    withdraw: (id, reporter) => withdraw(world, id, reporter),
    async viewForReporter(id, reporter, language) {
      const submission = await submissionById(db, world.tenant, id);
      if (submission?.reporter_user_id !== reporter.userId || submission.provider !== reporter.provider) return null;
      return viewOf(db, submission, language);
    },
    async view(id, language) {
      const submission = await submissionById(db, world.tenant, id);
      return submission ? viewOf(db, submission, language) : null;
    },
    async detail(id) {
      const submission = await submissionById(db, world.tenant, id);
      return submission ? detailOf(db, submission) : null;
    },
    verdict: (id, options) => exportVerdict(world, id, options),
    judgedMail: (id) => exportMail(world, id),
    async changed(id, timeoutMs, signal) {
      // Taken before anything is asked: a change that comes meanwhile counts.
      const mark = world.changes.mark();
      const submission = await submissionById(db, world.tenant, id);
      const ids = [id, ...(submission?.retraction_id ? [submission.retraction_id] : [])];
      await world.changes.wait(ids, timeoutMs, signal, mark);
    },
    async list({ type, status, outcome_disposition, query, cursor, limit, language }) {
      const found = await listSubmissions(db, {
        tenant: world.tenant,
        type: type ?? null,
        status: status ?? null,
        disposition: outcome_disposition ?? null,
        text: query ? query.slice(0, 200) : null,
        before: decodeCursor(cursor),
        limit: limit + 1,
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: await viewsOf(db, page, language),
        ...(found.length > limit && last ? { next_cursor: encodeCursor(last.requested_at, last.id) } : {}),
      };
    },
  };
}

import { recordById } from '../store/submission-records.ts';
import { submissionById } from '../store/submissions.ts';
import { withBrand } from './brand.ts';
import { detailOf } from './detail.ts';
import { escalate } from './escalate.ts';
import type { Submissions } from './face.ts';
import { listOf } from './list.ts';
import { receive } from './receive.ts';
import { receiveMail } from './receive-mail.ts';
import { recordsOf } from './record.ts';
import { bytesOfInvalid, invalidList, repair } from './repair.ts';
import { exportMail, exportVerdict } from './verdict-export.ts';
import { viewOf } from './view.ts';
import { withdraw } from './withdraw.ts';
import type { SubmissionWorld } from './world.ts';

/** The face of the room towards the doors. */
export function openSubmissions(world: SubmissionWorld): Submissions {
  const { db } = world.store;
  return {
    receive: (reporter, report) => receive(world, reporter, report),
    receiveMail: (report) => receiveMail(world, report),
    listInvalid: (filter) => invalidList(world, filter),
    invalidBytes: (id, actor) => bytesOfInvalid(world, id, actor),
    repairInvalid: (id, eml, actor, language) => repair(world, id, eml, actor, language),
    withdraw: (id, reporter) => withdraw(world, id, reporter),
    async viewForReporter(id, reporter, language) {
      const submission = await submissionById(db, world.tenant, id);
      if (submission?.reporter_user_id !== reporter.userId || submission.provider !== reporter.provider) return null;
      return withBrand(world, await viewOf(db, submission, language), language);
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
    list: (query) => listOf(world, query),
    record: (id, language) => recordIn(world, id, language),
    async escalate(id, { comment, as }, actor, language) {
      const escalation = { comment: comment ?? '', as: as ?? null, by: actor.id, language };
      return (await escalate(world, id, escalation)) ? recordIn(world, id, language) : null;
    },
  };
}

async function recordIn(world: SubmissionWorld, id: string, language: string) {
  const found = await recordById(world.store.db, world.tenant, id);
  return found ? ((await recordsOf(world.store.db, [found], language))[0] ?? null) : null;
}

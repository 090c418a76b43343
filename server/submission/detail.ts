import type { SubmissionDetail } from '../../shared/api.ts';
import type { Authentication, ResultWord } from '../message/authentication-state.ts';
import type { Db } from '../store/database.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { authenticationOfVerdict, timelineOf } from '../store/timeline.ts';

/** What an analyst sees beyond the view. */
export async function detailOf(db: Db, submission: SubmissionRow): Promise<SubmissionDetail> {
  const subjects = [submission.id, ...(submission.retraction_id ? [submission.retraction_id] : [])];
  const lines = await timelineOf(db, submission.tenant, subjects);
  const authentication =
    submission.verdict_id === null ? null : await authenticationOfVerdict(db, submission.verdict_id);
  return {
    submission_id: submission.id,
    mailbox: submission.mailbox,
    comment: submission.comment,
    exposure: submission.exposure,
    client: submission.client,
    authentication: authentication ? wordsOf(authentication as Authentication) : null,
    timeline: lines.map(({ at, action, actor }) => ({ at: at.toISOString(), action, actor })),
  };
}

function wordsOf({ spf, dkim, dmarc, source }: Authentication): SubmissionDetail['authentication'] {
  return {
    spf: spf?.result ?? null,
    dkim: bestOf(dkim.map(({ result }) => result)),
    dmarc: dmarc?.result ?? null,
    dmarc_policy: dmarc?.policy ?? null,
    source,
  };
}

/** One good signature is what counts; a mail may carry several. */
function bestOf(results: ResultWord[]): ResultWord | null {
  return results.find((result) => result === 'pass') ?? results[0] ?? null;
}

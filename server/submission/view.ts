import type { RetractionProgress, SubmissionView } from '../../shared/api.ts';
import { reasonIn } from '../../shared/i18n/reason-text.ts';
import { composePane } from '../../shared/pane.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { progressViews } from '../retraction/view.ts';
import type { Db } from '../store/database.ts';
import { type SubmissionRow, verdictsByIds } from '../store/submissions.ts';

/** What the reporter's pane and the dashboard read. */
export async function viewOf(db: Db, submission: SubmissionRow, language: string): Promise<SubmissionView> {
  const [view] = await viewsOf(db, [submission], language);
  return view!;
}

/** In the order of the rows; as many queries for a thousand as for one. All rows are of one tenant. */
export async function viewsOf(
  db: Db,
  submissions: readonly SubmissionRow[],
  language: string,
): Promise<SubmissionView[]> {
  const given = <T>(values: readonly (T | null)[]) => [
    ...new Set(values.filter((value): value is T => value !== null)),
  ];
  const [verdicts, retractions] = await Promise.all([
    verdictsByIds(db, given(submissions.map((s) => s.verdict_id))),
    progressViews(db, submissions[0]?.tenant ?? '', given(submissions.map((s) => s.retraction_id))),
  ]);
  return submissions.map((s) =>
    compose(s, verdicts.get(s.verdict_id ?? -1) ?? null, retractions.get(s.retraction_id ?? '') ?? null, language),
  );
}

function compose(
  submission: SubmissionRow,
  verdict: Verdict | null,
  retraction: RetractionProgress | null,
  language: string,
): SubmissionView {
  const view: Omit<SubmissionView, 'pane'> = {
    id: submission.id,
    submission_type: submission.submission_type,
    status: submission.status,
    requested_disposition: submission.requested_disposition,
    requested_at: submission.requested_at.toISOString(),
    requested_by: submission.requested_by,
    subject: submission.subject,
    header_from: submission.header_from,
    internet_message_id: submission.internet_message_id,
    ...(submission.message_id ? { message: submission.message_id } : {}),
    original: submission.original,
    outcome_disposition: verdict?.disposition ?? null,
    score: verdict?.score ?? null,
    margin: verdict?.margin ?? null,
    spam_score: verdict?.spamScore ?? null,
    reporter_unit: verdict?.reporterUnit ?? null,
    model: verdict?.model ?? null,
    reasons: verdict?.findings.map((finding) => reasonIn(finding, language)) ?? [],
    attributes: verdict?.attributes ?? [],
    coverage_missing: verdict?.coverageMissing ?? [],
    psr: submission.psr_action
      ? { action: submission.psr_action, ...(submission.psr_reason ? { reason: submission.psr_reason } : {}) }
      : null,
    retraction,
    simulation: submission.simulation,
    ...(submission.invalid_reason ? { invalid_reason: submission.invalid_reason } : {}),
    ...(submission.review_requested_at ? { review_requested: true } : {}),
    ...(submission.review_state ? { customer_status: submission.review_state } : {}),
    ...(submission.reviewed_as && submission.reviewed_at
      ? { team_answer: { disposition: submission.reviewed_as, at: submission.reviewed_at.toISOString() } }
      : {}),
  };
  return { ...view, pane: composePane(view, language, submission.exposure) };
}

import type { RetractionProgress, SubmissionView } from '../../shared/api.ts';
import { reasonText } from '../../shared/i18n/reason-text.ts';
import { composePane } from '../../shared/pane.ts';
import { retractionProgressView } from '../retraction/view.ts';
import type { Db } from '../store/database.ts';
import { type SubmissionRow, verdictById } from '../store/submissions.ts';

/** What the reporter's pane and the dashboard read. */
export async function viewOf(db: Db, submission: SubmissionRow, language: string): Promise<SubmissionView> {
  const verdict = submission.verdict_id === null ? null : await verdictById(db, submission.verdict_id);
  const retraction: RetractionProgress | null = submission.retraction_id
    ? await retractionProgressView(db, submission.tenant, submission.retraction_id)
    : null;
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
    reasons: verdict?.findings.map((finding) => ({ ...finding, text: reasonText(finding, language) })) ?? [],
    attributes: verdict?.attributes ?? [],
    coverage_missing: verdict?.coverageMissing ?? [],
    psr: submission.psr_action
      ? { action: submission.psr_action, ...(submission.psr_reason ? { reason: submission.psr_reason } : {}) }
      : null,
    retraction,
    simulation: submission.simulation,
    ...(submission.invalid_reason ? { invalid_reason: submission.invalid_reason } : {}),
    ...(submission.review_requested_at ? { review_requested: true } : {}),
  };
  return { ...view, pane: composePane(view, language, submission.exposure) };
}

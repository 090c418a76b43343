import { AUTOMATIC_CAUSES, type SubmissionKeyword } from '../../shared/vendor-words.ts';
import type { RecordRow } from '../store/submission-records.ts';

type Facts = Pick<
  RecordRow,
  | 'submission_type'
  | 'requested_disposition'
  | 'psr_action'
  | 'retraction_cause'
  | 'retraction_preview'
  | 'retraction_state'
>;

/** Words that a search finds this submission by. */
export function keywordsOf(submission: Facts): SubmissionKeyword[] {
  const { submission_type: type, requested_disposition: requested } = submission;
  const causes: readonly (string | null)[] = AUTOMATIC_CAUSES;
  const moving = submission.retraction_preview === false && submission.retraction_state !== 'held';
  return [
    'phish_submission',
    type === 'TEAM' ? 'team_submission' : 'user_submission',
    ...(requested === 'MALICIOUS' ? [`${type === 'TEAM' ? 'team' : 'user'}_malicious_submission` as const] : []),
    ...(submission.psr_action === 'retract' ? (['phish_submission_response'] as const) : []),
    ...(moving && causes.includes(submission.retraction_cause) ? (['auto-retraction'] as const) : []),
  ];
}

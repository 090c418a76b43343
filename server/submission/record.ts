import type { SubmissionView } from '../../shared/api.ts';
import type { Outcome, SubmissionRecord } from '../../shared/submission-record.ts';
import { SUBMISSION_TYPE_WORDS } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { Db } from '../store/database.ts';
import type { RecordRow } from '../store/submission-records.ts';
import { keywordsOf } from './keywords.ts';
import { viewsOf } from './view.ts';

/** Verdicts whose reasons a list shows. */
const PHISH: ReadonlySet<Disposition | null> = new Set(['MALICIOUS', 'SPOOF', 'SUSPICIOUS']);
/** What stands in the place of reasons otherwise. */
export const NO_PHISH_REASON = 'phish submission';

/** In the order of the rows; all are of one tenant. */
export async function recordsOf(db: Db, found: readonly RecordRow[], language: string): Promise<SubmissionRecord[]> {
  const views = await viewsOf(db, found, language);
  return found.map((row, at) => recordOf(views[at]!, row));
}

export function recordOf(view: SubmissionView, row: RecordRow): SubmissionRecord {
  return {
    ...view,
    submission_id: row.id,
    type: SUBMISSION_TYPE_WORDS[row.submission_type].record,
    original_disposition: row.original_disposition,
    original_edf_hash: row.campaign_key,
    outcome: outcomeOf(view),
    customer_status: row.review_state,
    escalated_at: row.escalated_at?.toISOString() ?? null,
    escalated_by: row.escalated_by,
    escalated_as: row.escalated_as,
    escalated_submission_id: row.escalated_submission_id,
    keywords: keywordsOf(row),
    detection_reasons: reasonsOf(view),
  };
}

/** The detection's reasons where it is phish, otherwise just that somebody submitted it. */
export function reasonsOf({ outcome_disposition, reasons }: Pick<SubmissionView, 'outcome_disposition' | 'reasons'>) {
  if (!PHISH.has(outcome_disposition) || reasons.length === 0) return [NO_PHISH_REASON];
  return reasons.map(({ text }) => text);
}

export function outcomeOf(view: Pick<SubmissionView, 'status' | 'psr' | 'retraction'>): Outcome {
  if (view.status === 'invalid' || view.status === 'withdrawn') return view.status;
  if (view.status !== 'concluded') return 'pending';
  const { retraction } = view;
  if (!retraction) return 'left';
  if (retraction.preview) return retraction.state === 'cancelled' ? 'left' : 'previewed';
  switch (retraction.state) {
    case 'held':
    case 'cancelled':
      return retraction.state;
    case 'restoring':
    case 'restored':
      return 'restored';
    default:
      return 'retracted';
  }
}

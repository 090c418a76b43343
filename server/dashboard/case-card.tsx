/** What the team says of a submission, and what it may say: escalate, reclassify. */
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { Escalate } from './escalate.tsx';
import { Reclassify } from './reclassify.tsx';
import { Link } from './router.tsx';
import { When } from './when.tsx';

export function CaseCard({ record, onChanged }: { record: SubmissionRecord; onChanged: () => void }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const { review } = words;
  const state = record.customer_status;
  const answer = record.team_answer;
  const judged = record.status === 'concluded' && record.message !== undefined;
  const user = record.submission_type === 'USER';
  if (!state || record.status === 'invalid') return null;
  const moved = record.retraction;
  return (
    <section class="card" aria-labelledby="team">
      <h2 id="team">{review.title}</h2>
      <p>
        {answer ? review.said(words.disposition[answer.disposition]) : review.state[state]}{' '}
        {answer && (
          <span class="quiet small">
            <When at={answer.at} />
          </span>
        )}
      </p>
      {record.escalated_by && record.escalated_at && (
        <p class="quiet small">
          {review.escalatedBy(record.escalated_by)} · <When at={record.escalated_at} />
          {record.escalated_as && ` · ${words.disposition[record.escalated_as]}`}
        </p>
      )}
      {record.escalated_submission_id && (
        <p>
          <Link to={`/submissions/${record.escalated_submission_id}`}>{review.other[record.submission_type]}</Link>
        </p>
      )}
      {mayDecide(surroundings) && judged && !record.simulation && (
        <div class="case-actions">
          <Reclassify
            ids={[record.message!]}
            current={record.outcome_disposition}
            retracted={
              !!moved &&
              moved.preview !== true &&
              !['planned', 'cancelled', 'restoring', 'restored'].includes(moved.state)
            }
            {...(user && state === 'escalated' ? { escalated: record.id } : {})}
            onDone={onChanged}
          />
          {user && state !== 'escalated' && <Escalate id={record.id} onDone={onChanged} />}
        </div>
      )}
    </section>
  );
}

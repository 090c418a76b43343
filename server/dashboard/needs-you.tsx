/** The first thing to see in the morning: what waits for a person, or that nothing does. */
import type { RetractionView, SubmissionView } from '../../shared/api.ts';
import { ask, type Page } from './api.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { useLive } from './live.ts';
import { Link } from './router.tsx';
import { visible } from './visible.ts';

const REFRESH_MS = 8_000;

export function NeedsYou({ submissions }: { submissions: SubmissionView[] | null }) {
  const surroundings = useSurroundings();
  if (!submissions || submissions.length === 0 || !mayDecide(surroundings)) return null;
  return <Waiting submissions={submissions} />;
}

async function readWaiting() {
  const [retractions, team] = await Promise.all([
    ask<Page<RetractionView>>('GET', '/retractions?limit=200'),
    ask<Page<SubmissionView>>('GET', '/submissions?type=TEAM&status=escalated&limit=200'),
  ]);
  return { retractions: retractions.items, escalated: team.items.length };
}

function Waiting({ submissions }: { submissions: SubmissionView[] }) {
  const { words } = useSurroundings();
  const { data } = useLive('waiting', readWaiting, REFRESH_MS);
  if (!data) return null;
  const { escalated } = data;
  const held = data.retractions.filter(({ state }) => state === 'held');
  const review = submissions.filter(
    (view) => view.review_requested && view.retraction && !['restoring', 'restored'].includes(view.retraction.state),
  );
  if (held.length + review.length + escalated === 0)
    return (
      <p class="calm quiet">
        <span aria-hidden="true">✓</span> {words.needsYou.quiet}
      </p>
    );
  return (
    <section class="banner warning waiting" aria-labelledby="waiting">
      <h2 id="waiting">{words.needsYou.title}</h2>
      <ul>
        {held.map(({ id, subject, reason }) => (
          <li key={id}>
            <Link to={`/retractions/${id}`}>
              {words.needsYou.held(visible(subject) || words.submissions.noSubject)}
            </Link>
            {reason && <span class="quiet"> {words.psrReason[reason]}</span>}
          </li>
        ))}
        {escalated > 0 && (
          <li>
            <Link to="/submissions?type=TEAM&customer_status=escalated">{words.needsYou.escalated(escalated)}</Link>
          </li>
        )}
        {review.map(({ id, subject }) => (
          <li key={id}>
            <Link to={`/submissions/${id}`}>
              {words.needsYou.review(visible(subject) || words.submissions.noSubject)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

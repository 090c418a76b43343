/** One submission in the list. The whole row is one link, with a menu beside it. */
import type { SubmissionView } from '../../shared/api.ts';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { Chip, ProgressBar, VerdictChip } from './chips.tsx';
import { useWords } from './context.ts';
import { Link } from './router.tsx';
import { RowMenu } from './row-menu.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';
import type { Words } from './words-en.ts';

export function SubmissionRow({ record: view, onChanged }: { record: SubmissionRecord; onChanged: () => void }) {
  const words = useWords();
  return (
    <li class="with-menu">
      <Link to={`/submissions/${view.id}`} class="row submission-row">
        <span class="verdict">
          <VerdictChip view={view} />
        </span>
        <span class="mail">
          <strong dir="auto">{visible(view.subject) || words.submissions.noSubject}</strong>
          <span class="quiet" dir="auto">
            {visible(view.header_from)}
          </span>
          {view.reasons.length > 0 && <span class="reasons">{view.detection_reasons.slice(0, 2).join(' · ')}</span>}
          <Keywords record={view} />
        </span>
        <span class="reporter quiet">{view.requested_by}</span>
        <span class="copies">
          {view.simulation ? (
            <Chip tone="info" text={words.submissions.simulation} />
          ) : (
            <span class={view.retraction ? (view.retraction.state === 'held' ? 'waits' : '') : 'quiet'}>
              {copiesLine(view, words)}
            </span>
          )}
          {view.retraction && view.retraction.state === 'running' && <ProgressBar retraction={view.retraction} />}
        </span>
        <span class="when quiet">
          <When at={view.requested_at} />
        </span>
      </Link>
      <RowMenu record={view} onChanged={onChanged} />
    </li>
  );
}

/** What everybody's report has in common says nothing in a list of reports. */
const SAID_ANYWAY: readonly string[] = ['phish_submission', 'user_submission'];

function Keywords({ record: { keywords, customer_status: review } }: { record: SubmissionRecord }) {
  const words = useWords();
  const marks = [
    ...(words.review.chip[review] ? [words.review.chip[review]] : []),
    ...keywords.filter((keyword) => !SAID_ANYWAY.includes(keyword)).map((keyword) => words.keyword[keyword] ?? keyword),
  ];
  if (marks.length === 0) return null;
  return (
    <span class="keywords">
      {marks.map((mark) => (
        <span key={mark}>{mark}</span>
      ))}
    </span>
  );
}

/** What became of the copies, in the words of a glance. */
export function copiesLine(view: SubmissionView, words: Words): string {
  const { retraction, psr } = view;
  if (!retraction) return view.status === 'concluded' && psr ? words.copies.left : '';
  const { copies, mailboxes, state } = retraction;
  if (state === 'held') return words.retractionState.held;
  if (state === 'restored' || state === 'restoring') return words.copies.restored(copies.restored);
  if (state === 'planned') return words.retractionState.planned;
  if (psr?.action === 'preview' && retraction.preview !== false) return words.copies.wouldRemove(copies.found);
  if (copies.found === 0)
    return state === 'running' ? words.copies.searching(mailboxes.searched, mailboxes.total) : words.copies.noneFound;
  return words.copies.removed(copies.retracted + copies.already_there, copies.found);
}

/** One submission: what it was, why we think so, what became of it. */
import { useState } from 'preact/hooks';
import type { SubmissionDetail, SubmissionView } from '../../shared/api.ts';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { ask } from './api.ts';
import { BundleLink } from './bundle-link.tsx';
import { CaseCard } from './case-card.tsx';
import { VerdictChip } from './chips.tsx';
import { mayDecide, useSurroundings, useWords } from './context.ts';
import { CopiesTable } from './copies-table.tsx';
import { Evidence } from './evidence.tsx';
import { Facts } from './facts.tsx';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { RetractionPanel } from './retraction-panel.tsx';
import { Link } from './router.tsx';
import { Similar } from './similar.tsx';
import { TakeBack } from './take-back.tsx';
import { Loading, Nothing, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const BUSY_MS = 1_500;
const CALM_MS = 10_000;

export function SubmissionScreen({ id }: { id: string }) {
  const { words, ...surroundings } = useSurroundings();
  const [busy, setBusy] = useState(true);
  const decides = mayDecide({ words, ...surroundings });
  const read = async () => {
    const view = await ask<SubmissionRecord>('GET', `/submissions/${id}`);
    const detail = decides ? await ask<SubmissionDetail>('GET', `/submissions/${id}/detail`) : null;
    setBusy(isMoving(view));
    return { view, detail };
  };
  const { data, problem, reload } = useLive(`submission ${id}`, read, busy ? BUSY_MS : CALM_MS);

  if (problem?.status === 404 || problem?.status === 400) return <Nothing />;
  if (!data) return problem ? <Trouble problem={problem} /> : <Loading rows={8} />;
  const { view, detail } = data;
  return (
    <article class="detail">
      <Link to="/" class="back">
        {words.submission.back}
      </Link>
      <div class="detail-head">
        <VerdictChip view={view} />
        <Title text={visible(view.subject) || words.submissions.noSubject} />
        <p class="quiet">
          <span dir="auto">{words.submissions.from(visible(view.header_from))}</span> · {words.submission.reportedBy}{' '}
          {view.requested_by} · <When at={view.requested_at} />
        </p>
      </div>
      <Trouble problem={problem} />
      {view.status === 'invalid' && <p class="banner warning">{words.submission.invalid}</p>}
      {view.review_requested && <p class="banner warning">{words.submission.review}</p>}
      <div class="columns">
        <div class="main-column">
          <Decision view={view} panel={decides && view.retraction !== null} />
          {view.retraction && <RetractionPanel id={view.retraction.id} onDecided={reload} />}
          {decides && isLeft(view) && (
            <section class="card">
              <TakeBack
                ids={[view.message!]}
                button={words.decide.takeBack.button}
                quiet={view.outcome_disposition !== 'MALICIOUS'}
                onStarted={reload}
              />
            </section>
          )}
          <Evidence view={view} />
          {view.message && <Similar message={view.message} />}
        </div>
        <div class="side-column">
          <CaseCard record={view} onChanged={reload} />
          <Answer view={view} />
          <Facts view={view} detail={detail} />
          <BundleLink of="submissions" id={view.id} />
        </div>
        {view.retraction && decides && (
          <section class="card wide" aria-labelledby="copies">
            <h2 id="copies">{words.retraction.table}</h2>
            <CopiesTable id={view.retraction.id} state={view.retraction.state} counts={view.retraction.copies} />
          </section>
        )}
      </div>
    </article>
  );
}

const isMoving = (view: SubmissionView) =>
  view.status === 'received' ||
  view.status === 'analysing' ||
  ['planned', 'running', 'restoring'].includes(view.retraction?.state ?? '');

/** Judged, and nothing is under way or taken away. */
const isLeft = (view: SubmissionView) =>
  view.message !== undefined &&
  !view.simulation &&
  (view.retraction === null || ['cancelled', 'restored'].includes(view.retraction.state));

/** What PSR decided, and why. */
function Decision({ view, panel }: { view: SubmissionView; panel: boolean }) {
  const words = useWords();
  // The panel below says how far the taking back is; saying it twice would be wrong half of the time.
  if (!view.psr || (panel && view.psr.action === 'retract')) return null;
  // A person has made the real thing of it since.
  if (view.retraction?.preview === false && view.psr.action !== 'hold') return null;
  const { action, reason } = view.psr;
  return (
    <section class={`banner ${action === 'hold' ? 'warning' : action === 'retract' ? 'info' : 'plain'}`}>
      <h2>{words.psr[action]}</h2>
      {reason && <p>{words.psrReason[reason]}</p>}
    </section>
  );
}

function Answer({ view }: { view: SubmissionView }) {
  const words = useWords();
  const { title, lines, steps } = view.pane;
  return (
    <section class="card answer" aria-labelledby="answer">
      <h2 id="answer">{words.submission.answer}</h2>
      <p>
        <strong>{visible(title)}</strong>
      </p>
      {lines.map((line) => (
        <p key={line}>{visible(line)}</p>
      ))}
      {steps && steps.length > 0 && (
        <ol>
          {steps.map((step) => (
            <li key={step}>{visible(step)}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

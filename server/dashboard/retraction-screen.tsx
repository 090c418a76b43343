import type { RetractionView } from '../../shared/api.ts';
import { ask } from './api.ts';
import { BundleLink } from './bundle-link.tsx';
import { RetractionChip } from './chips.tsx';
import { useWords } from './context.ts';
import { CopiesTable } from './copies-table.tsx';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { RetractionBody } from './retraction-panel.tsx';
import { Link } from './router.tsx';
import { Similar } from './similar.tsx';
import { Loading, Nothing, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const REFRESH_MS = 1_500;

export function RetractionScreen({ id }: { id: string }) {
  const words = useWords();
  const { data, problem, reload } = useLive(
    `retraction ${id}`,
    () => ask<RetractionView>('GET', `/retractions/${id}`),
    REFRESH_MS,
  );
  if (problem?.status === 404 || problem?.status === 400) return <Nothing />;
  if (!data) return problem ? <Trouble problem={problem} /> : <Loading rows={6} />;
  return (
    <article class="detail">
      <Link to="/retractions" class="back">
        {words.retraction.back}
      </Link>
      <div class="detail-head">
        <RetractionChip state={data.state} />
        <Title text={visible(data.subject) || words.submissions.noSubject} />
        <p class="quiet">
          {words.retractions.cause[data.cause]}
          {data.scope === 'campaign' && `, ${words.retraction.campaign}`}
          {data.submission_id && (
            <>
              {' ('}
              <Link to={`/submissions/${data.submission_id}`}>{words.retraction.submission}</Link>)
            </>
          )}
          {` · ${words.retraction.destination} ${words.destination[data.destination] ?? data.destination} · `}
          {words.retraction.requested} <When at={data.requested_at} />
          {data.completed_at && (
            <>
              {` · ${words.retraction.completed} `}
              <When at={data.completed_at} />
            </>
          )}
        </p>
      </div>
      <Trouble problem={problem} />
      <section class="card">
        <RetractionBody retraction={data} onDecided={reload} />
        <CopiesTable id={id} state={data.state} counts={data.copies} />
        <BundleLink of="retractions" id={id} />
      </section>
      {data.message && <Similar message={data.message} />}
    </article>
  );
}

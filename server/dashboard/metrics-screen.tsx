/** Figures of a span of time. View and span live in the address. */
import type { ComponentType } from 'preact';
import type { ReporterMetrics, RetractionMetrics, SubmissionMetrics, VerdictMetrics } from '../../shared/metrics.ts';
import { METRICS, METRICS_DEFAULT_DAYS, type MetricsName } from '../../shared/metrics-names.ts';
import { ask } from './api.ts';
import { useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { MetricsRange, questionOf } from './metrics-range.tsx';
import { MetricsReporters } from './metrics-reporters.tsx';
import { MetricsRetractions } from './metrics-retractions.tsx';
import { MetricsSubmissions } from './metrics-submissions.tsx';
import { MetricsVerdicts } from './metrics-verdicts.tsx';
import { Link } from './router.tsx';
import { Loading, Nothing, Trouble } from './trouble.tsx';

const REFRESH_MS = 60_000;

interface Answers {
  retractions: RetractionMetrics;
  submissions: SubmissionMetrics;
  reporters: ReporterMetrics;
  verdicts: VerdictMetrics;
}

const VIEWS: { [N in MetricsName]: ComponentType<{ data: Answers[N] }> } = {
  retractions: MetricsRetractions,
  submissions: MetricsSubmissions,
  reporters: MetricsReporters,
  verdicts: MetricsVerdicts,
};

const nothingIn: { [N in MetricsName]: (data: Answers[N]) => boolean } = {
  retractions: ({ total, preview, psr }) => total.copies + preview.retractions + psr.rows.length === 0,
  submissions: ({ total }) => total.all === 0,
  reporters: ({ reporters, votes }) => reporters + votes === 0,
  verdicts: ({ total, confusion }) => total + confusion.length === 0,
};

export function MetricsScreen({ view, query }: { view: string; query: URLSearchParams }) {
  const name = METRICS.find((one) => one === view);
  return name ? <Figures name={name} query={query} /> : <Nothing />;
}

function Figures<N extends MetricsName>({ name, query }: { name: N; query: URLSearchParams }) {
  const { metrics: words } = useWords();
  const span = spanIn(query);
  const { data, problem } = useLive(
    `metrics ${name} ${span}`,
    () => ask<Answers[N]>('GET', `/metrics/${name}?${questionOf(query, new Date())}`),
    REFRESH_MS,
  );
  const View = VIEWS[name] as ComponentType<{ data: Answers[N] }>;
  const [title, lead] = words.empty[name];
  return (
    <div class="metrics">
      <div class="screen-head">
        <Title text={words.title} />
      </div>
      <nav class="tabs" aria-label={words.views}>
        {METRICS.map((one) => (
          <Link key={one} to={`/metrics/${one}${span ? `?${span}` : ''}`} current={one === name}>
            {words.view[one]}
          </Link>
        ))}
      </nav>
      <MetricsRange view={name} query={query} />
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={6} />}
      {data &&
        (nothingIn[name](data) ? (
          <div class="empty">
            <h2>{title}</h2>
            <p class="quiet">{lead}</p>
          </div>
        ) : (
          <View data={data} />
        ))}
    </div>
  );
}

/** What of the address says which time. */
function spanIn(query: URLSearchParams): string {
  const span = new URLSearchParams();
  for (const name of ['days', 'start', 'end']) {
    const value = query.get(name);
    if (value && !(name === 'days' && value === String(METRICS_DEFAULT_DAYS))) span.set(name, value);
  }
  return span.toString();
}

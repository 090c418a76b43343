/** Copies taken back: how many, how soon, what failed, and whether PSR has been right. */
import type { RetractionMetrics } from '../../shared/metrics.ts';
import { Chart } from './chart.tsx';
import { mayDecide, useSurroundings } from './context.ts';
import { Bars, changeOf, duration, percent, Tile, Tiles } from './figures.tsx';
import { MetricsPsr } from './metrics-psr.tsx';
import { Link } from './router.tsx';

export function MetricsRetractions({ data }: { data: RetractionMetrics }) {
  const surroundings = useSurroundings();
  const { words, language } = surroundings;
  const say = words.metrics.retractions;
  const { total, shares, seconds, preview } = data;
  const of = (share: number | null) => share !== null && percent(share, language);
  const time = (value: typeof seconds.first) => (value ? duration(value.p50, surroundings) : '–');
  const p99 = (value: typeof seconds.first) => value && words.metrics.p99(duration(value.p99, surroundings));
  return (
    <>
      <Tiles>
        <Tile
          label={say.total}
          value={total.copies}
          hints={[
            changeOf(total.copies, data.previous.copies, surroundings),
            total.waiting > 0 && say.waiting(total.waiting),
          ]}
        />
        <Tile label={say.removed} value={total.removed} hints={[of(shares.removed)]} />
        <Tile
          label={say.nothing}
          value={total.nothing_to_remove}
          hints={[of(shares.nothing_to_remove), say.nothingHint]}
        />
        <Tile label={say.failed} value={total.failed} hints={[of(shares.failed)]} />
        <Tile label={say.first} value={time(seconds.first)} hints={[say.timeHint, p99(seconds.first)]} />
        <Tile label={say.last} value={time(seconds.last)} hints={[say.timeHint, p99(seconds.last)]} />
        <Tile label={say.restored} value={data.restored_copies} />
      </Tiles>
      <Details data={data} />
      <Chart
        title={say.overTime}
        bucket={data.bucket}
        at={data.series.map(({ at }) => at)}
        series={[
          { tone: 'ok', label: say.removed, values: data.series.map(({ removed }) => removed) },
          { tone: 'quiet', label: say.nothing, values: data.series.map((one) => one.nothing_to_remove) },
          { tone: 'danger', label: say.failed, values: data.series.map(({ failed }) => failed) },
        ]}
      />
      <MetricsPsr psr={data.psr} />
      {preview.retractions > 0 && (
        <section class="card">
          <h2>{say.preview}</h2>
          <p>{say.previewed(preview.copies, preview.mailboxes, preview.unread)}</p>
        </section>
      )}
      <div class="bars-grid">
        <Bars
          title={say.readState}
          rows={[
            { key: say.unread, count: data.read_state.unread },
            { key: say.read, count: data.read_state.read },
          ]}
        />
        <Bars
          title={say.triggered}
          rows={[
            { key: say.auto, count: data.triggered.auto },
            { key: say.manual, count: data.triggered.manual },
          ]}
        />
        <Bars title={say.causes} rows={data.causes} nameOf={(key) => named(words.retractions.cause, key)} />
        <Bars title={say.reasons} rows={data.fail_reasons} nameOf={(key) => named(words.copyReason, key)} />
        <Bars title={say.mailboxes} rows={data.failed_mailboxes} nameOf={(key) => named(words.copyReason, key)} />
        <Bars title={say.folders} rows={data.from_folders} />
        <Bars title={say.destinations} rows={data.destinations} nameOf={(key) => named(words.destination, key)} />
        <Bars title={say.providers} rows={data.providers} nameOf={(key) => named(words.effects.provider, key)} />
        <Bars
          title={say.vendor}
          lead={say.vendorLead}
          rows={[
            { key: say.success, count: total.removed },
            { key: say.failed, count: total.nothing_to_remove + total.failed },
          ]}
        />
      </div>
    </>
  );
}

const named = (words: Record<string, string>, key: string) => (Object.hasOwn(words, key) ? words[key] : undefined);

/** The mails behind the numbers, for whoever may search. */
function Details({ data: { start, end } }: { data: RetractionMetrics }) {
  const surroundings = useSurroundings();
  if (!mayDecide(surroundings)) return null;
  const say = surroundings.words.metrics.retractions;
  const metrics: [metric: string, text: string][] = [
    ['total', say.total],
    ['success', say.removed],
    ['fail', say.failed],
    ['unread', say.unread],
    ['read', say.read],
    ['auto', say.auto],
    ['manual', say.manual],
  ];
  return (
    <nav class="view-details" aria-label={say.details}>
      <span aria-hidden="true">{say.details}</span>
      {metrics.map(([metric, text]) => (
        <Link key={metric} to={`/search?${new URLSearchParams({ metric, start, end })}`}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

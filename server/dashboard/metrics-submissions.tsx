/** What was reported, as what it turned out, and how soon it was answered. */
import type { SubmissionMetrics } from '../../shared/metrics.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { Chart } from './chart.tsx';
import { useSurroundings } from './context.ts';
import { Bars, changeOf, duration, Tile, Tiles } from './figures.tsx';
import type { Words } from './words-en.ts';

export function MetricsSubmissions({ data }: { data: SubmissionMetrics }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const say = words.metrics.submissions;
  const { total, series } = data;
  const time = (value: SubmissionMetrics['seconds_to_verdict']) => (value ? duration(value.p50, surroundings) : '–');
  const hints = (value: SubmissionMetrics['seconds_to_verdict']) =>
    value ? [say.half, words.metrics.p99(duration(value.p99, surroundings))] : [];
  return (
    <>
      <Tiles>
        <Tile label={say.all} value={total.all} hints={[changeOf(total.all, data.previous.all, surroundings)]} />
        <Tile label={say.user} value={total.user} />
        <Tile label={say.team} value={total.team} />
        <Tile label={say.escalated} value={data.escalated} />
        <Tile label={say.invalid} value={total.invalid} />
        <Tile label={say.simulations} value={total.simulations} />
        <Tile label={say.toVerdict} value={time(data.seconds_to_verdict)} hints={hints(data.seconds_to_verdict)} />
        <Tile label={say.toDecision} value={time(data.seconds_to_decision)} hints={hints(data.seconds_to_decision)} />
      </Tiles>
      <Chart
        title={say.overTime}
        bucket={data.bucket}
        at={series.map(({ at }) => at)}
        series={[
          ...DISPOSITIONS.map((disposition) => ({
            tone: disposition,
            label: words.disposition[disposition],
            values: series.map(({ verdicts }) => verdicts[disposition]),
          })),
          { tone: 'open', label: say.open, values: series.map(({ open }) => open) },
        ]}
      />
      <div class="bars-grid">
        <Bars
          title={say.verdicts}
          rows={DISPOSITIONS.map((key) => ({ key, count: data.by_verdict[key] }))}
          nameOf={(key) => words.disposition[key as keyof typeof words.disposition]}
        />
        <Bars title={say.types} rows={data.by_type} nameOf={(key) => say.type[key]} />
        <Bars title={say.psr} rows={data.by_psr} nameOf={(key) => psrName(key, words)} />
        <Bars
          title={say.exposure}
          rows={data.exposure}
          nameOf={(key) => words.exposure[key as keyof typeof words.exposure]}
          of={total.all}
        />
        <Bars title={say.reporters} rows={data.by_reporter} of={total.user} />
        <Bars title={say.invalidReasons} rows={data.invalid_reasons} />
        <Bars title={say.clients} rows={data.clients} />
      </div>
    </>
  );
}

/** `action` or `action reason`. */
function psrName(key: string, words: Words): string | undefined {
  const [action, reason] = key.split(' ');
  if (reason && Object.hasOwn(words.psrReason, reason)) return words.psrReason[reason as keyof typeof words.psrReason];
  return action && action in words.psr ? words.psr[action as 'retract' | 'hold' | 'preview' | 'none'] : undefined;
}

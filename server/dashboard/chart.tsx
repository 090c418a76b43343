/** Stacked bars over time. Whoever does not see the picture opens the same numbers as a table. */
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { MetricsBucket } from '../../shared/metrics-names.ts';
import { useSurroundings } from './context.ts';
import { WideTable } from './figures.tsx';

const HEIGHT_PX = 220;
const STEP_S: Record<MetricsBucket, number> = { hour: 3_600, day: 86_400, week: 7 * 86_400 };

export interface ChartSeries {
  /** `--chart-<tone>` of metrics.css. */
  tone: string;
  label: string;
  values: number[];
}

interface ChartProps {
  title: string;
  bucket: MetricsBucket;
  /** ISO 8601; the beginning of each bucket. */
  at: string[];
  /** From the bottom up. */
  series: ChartSeries[];
}

export function Chart({ title, bucket, at, series }: ChartProps) {
  const { words, language } = useSurroundings();
  const [pointed, setPointed] = useState<number | null>(null);
  const day = dayFormat(bucket, language);
  const shown = pointed !== null && pointed < at.length ? pointed : null;
  return (
    <figure class="card chart">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <ul class="legend" aria-hidden="true">
        {series.map(({ tone, label, values }) => (
          <li key={tone}>
            <span class={`swatch tone-${tone}`} />
            {label}
            {shown !== null && <strong> {values[shown]}</strong>}
          </li>
        ))}
        <li class="quiet">{shown === null ? '' : day.format(new Date(at[shown]!))}</li>
      </ul>
      <Picture bucket={bucket} at={at} series={series} language={language} onPoint={setPointed} />
      <details>
        <summary>{words.metrics.table}</summary>
        <WideTable label={title}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{words.metrics.when}</th>
                {series.map(({ tone, label }) => (
                  <th key={tone} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {at.map((moment, row) => (
                <tr key={moment}>
                  <th scope="row">{day.format(new Date(moment))}</th>
                  {series.map(({ tone, values }) => (
                    <td key={tone}>{values[row]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </details>
    </figure>
  );
}

const dayFormat = (bucket: MetricsBucket, language: string) =>
  new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(bucket === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { year: 'numeric' }),
  });

interface PictureProps extends Omit<ChartProps, 'title'> {
  language: string;
  onPoint: (at: number | null) => void;
}

function Picture({ bucket, at, series, language, onPoint }: PictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = JSON.stringify([bucket, at, series, language]);
  // Drawn anew when the numbers change, and when the colours do.
  useEffect(() => {
    const element = place.current!;
    let plot = draw(element, { bucket, at, series, language, onPoint });
    const again = () => {
      plot.destroy();
      plot = draw(element, { bucket, at, series, language, onPoint });
    };
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    const sized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    sized.observe(element);
    return () => {
      dark.removeEventListener('change', again);
      sized.disconnect();
      plot.destroy();
    };
  }, [drawn]);
  return <div ref={place} class="picture" aria-hidden="true" />;
}

function draw(element: HTMLElement, { bucket, at, series, language, onPoint }: PictureProps): uPlot {
  const styles = getComputedStyle(element);
  const colour = (name: string) => styles.getPropertyValue(name).trim();
  const step = STEP_S[bucket];
  const times = at.map((moment) => Date.parse(moment) / 1_000);
  const label = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(bucket === 'hour' ? { weekday: 'short', hour: '2-digit' } : { day: 'numeric', month: 'short' }),
  });
  // Each bar reaches from the ground to the top of its part; the highest is drawn first, the others over it.
  const heights = series.map((_, top) =>
    times.map((__, i) => series.slice(0, top + 1).reduce((sum, { values }) => sum + (values[i] ?? 0), 0)),
  );
  const axis: uPlot.Axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
      scales: {
        x: { time: true, range: () => [times[0]! - step * 0.6, times.at(-1)! + step * 0.6] },
        y: { range: (_plot, _low, high) => [0, Math.max(4, Math.ceil(high * 1.08))] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 64,
          values: (_plot, splits) => splits.map((s) => label.format(s * 1_000)),
        },
        { ...axis, size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6] },
      ],
      series: [
        {},
        ...series
          .map(({ tone }) => ({
            fill: colour(`--chart-${tone}`),
            width: 0,
            points: { show: false },
            paths: uPlot.paths.bars!({ size: [0.8, 40] }),
          }))
          .reverse(),
      ],
      hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
    },
    [times, ...heights.reverse()],
    element,
  );
}

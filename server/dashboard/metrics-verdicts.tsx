/** What mails were, why, whom they imitated, and what people said of it. */
import type { VerdictMetrics } from '../../shared/metrics.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { Chart } from './chart.tsx';
import { mayConfigure, useSurroundings } from './context.ts';
import { Bars, changeOf, percent, Tile, Tiles, WideTable } from './figures.tsx';
import { Link } from './router.tsx';
import { visible } from './visible.ts';

const DETECTIONS = DISPOSITIONS.filter((disposition) => disposition !== 'NONE');

export function MetricsVerdicts({ data }: { data: VerdictMetrics }) {
  const surroundings = useSurroundings();
  const { words, language } = surroundings;
  const say = words.metrics.verdicts;
  const { series, details } = data;
  const sentences = new Map(data.reasons.map(({ key, text }) => [key, visible(text)]));
  return (
    <>
      {data.drift?.alarm && (
        <p class="banner warning">{mayConfigure(surroundings) ? <Link to="/model">{say.drift}</Link> : say.drift}</p>
      )}
      <Tiles>
        <Tile label={say.total} value={data.total} hints={[changeOf(data.total, data.previous.total, surroundings)]} />
        <Tile label={say.reported} value={data.reported} />
        <Tile
          label={say.detections}
          value={data.detections}
          hints={[data.total > 0 && say.ofTotal(percent(data.detections / data.total, language))]}
        />
      </Tiles>
      <Chart
        title={say.overTime}
        bucket={data.bucket}
        at={series.map(({ at }) => at)}
        series={DETECTIONS.map((disposition) => ({
          tone: disposition,
          label: words.disposition[disposition],
          values: series.map(({ verdicts }) => verdicts[disposition]),
        }))}
      />
      <Confusion rows={data.confusion} />
      <div class="bars-grid">
        <Bars
          title={say.distribution}
          rows={DISPOSITIONS.map((key) => ({ key, count: data.by_disposition[key] }))}
          nameOf={(key) => words.disposition[key as keyof typeof words.disposition]}
        />
        <Bars title={say.reasons} rows={data.reasons} nameOf={(key) => sentences.get(key)} of={data.detections} />
        <Bars title={say.imitated} rows={data.imitated} />
        <Bars title={say.targets} rows={data.targets} of={data.detections} />
        <Bars title={say.attributes} rows={data.attributes} of={data.detections} />
        <Bars
          title={say.details(details.of)}
          of={details.of}
          rows={[
            { key: say.links, count: details.with_links },
            { key: say.attachments, count: details.with_attachments },
            { key: say.mismatch, count: details.sender_mismatch },
          ]}
        />
        <Bars title={say.fileTypes} rows={details.file_types} of={details.of} />
        <Bars
          title={say.linkSources}
          rows={details.link_sources}
          nameOf={(key) => say.linkSource[key]}
          of={details.of}
        />
      </div>
    </>
  );
}

function Confusion({ rows }: { rows: VerdictMetrics['confusion'] }) {
  const { words } = useSurroundings();
  const say = words.metrics.verdicts;
  if (rows.length === 0) return null;
  const count = (machine: string, person: string) =>
    rows.filter((row) => row.machine === machine && row.person === person).reduce((sum, row) => sum + row.count, 0);
  return (
    <section class="card">
      <h2>{say.confusion}</h2>
      <p class="quiet">{say.confusionLead}</p>
      <WideTable label={say.confusion}>
        <table class="figures confusion">
          <thead>
            <tr>
              <th scope="col">{say.machine}</th>
              {DISPOSITIONS.map((person) => (
                <th key={person} scope="col">
                  {words.disposition[person]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DISPOSITIONS.map((machine) => (
              <tr key={machine}>
                <th scope="row">{words.disposition[machine]}</th>
                {DISPOSITIONS.map((person) => (
                  <td key={person} class={machine === person ? 'agreed' : ''}>
                    {count(machine, person) || '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </section>
  );
}

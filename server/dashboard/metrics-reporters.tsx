/** How many people report, and how often they are right. */
import type { ReporterMetrics } from '../../shared/metrics.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { Bars, changeOf, percent, Tile, Tiles } from './figures.tsx';
import { visible } from './visible.ts';

export function MetricsReporters({ data }: { data: ReporterMetrics }) {
  const surroundings = useSurroundings();
  const { words, language } = surroundings;
  const say = words.metrics.reporters;
  const share = (value: number | null) => (value === null ? '–' : percent(value, language));
  return (
    <>
      <Tiles>
        <Tile
          label={say.people}
          value={data.reporters}
          hints={[changeOf(data.reporters, data.previous.reporters, surroundings)]}
        />
        <Tile label={say.participation} value={share(data.participation)} hints={[say.of(data.people)]} />
        <Tile label={say.accuracy} value={share(data.accuracy)} hints={[say.known(data.known, data.votes)]} />
        <Tile
          label={say.decided}
          value={data.decided === 0 ? '–' : share(data.decided_right / data.decided)}
          hints={[say.known(data.decided, data.votes)]}
        />
        <Tile label={say.exercise} value={data.exercise_reporters} />
      </Tiles>
      <div class="bars-grid">
        {data.best.length > 0 && (
          <section class="card bars">
            <table class="figures">
              <caption>
                <h2>{say.best}</h2>
                <p class="quiet small">{mayDecide(surroundings) ? say.bestLead : say.masked}</p>
              </caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.who}</th>
                  <th scope="col">{say.columns.votes}</th>
                  <th scope="col">{say.columns.known}</th>
                  <th scope="col">{say.columns.accuracy}</th>
                </tr>
              </thead>
              <tbody>
                {data.best.map(({ reporter, votes, known, accuracy }) => (
                  <tr key={reporter}>
                    <th scope="row">{visible(reporter)}</th>
                    <td>{votes}</td>
                    <td>{known}</td>
                    <td>{share(accuracy)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <Bars title={say.spread} rows={data.spread.map((count, at) => ({ key: say.spreads[at] ?? '', count }))} />
      </div>
    </>
  );
}

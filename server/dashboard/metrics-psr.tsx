/** What people decided about what PSR did or would have done, and what follows for the setting. */
import type { PsrPrecision, RetractionMetrics } from '../../shared/metrics.ts';
import { mayConfigure, useSurroundings } from './context.ts';
import { percent, WideTable } from './figures.tsx';
import { Link } from './router.tsx';

const TONE: Record<NonNullable<PsrPrecision['recommendation']>, string> = {
  too_few: 'plain',
  not_yet: 'info',
  errors: 'warning',
  switch_on: 'ok',
  is_on: 'ok',
};

export function MetricsPsr({ psr }: { psr: RetractionMetrics['psr'] }) {
  const surroundings = useSurroundings();
  const { words, language } = surroundings;
  const say = words.metrics.psr;
  const since = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(psr.since));
  const share = (value: number | null) => (value === null ? '–' : percent(value, language));
  return (
    <section class="card psr">
      <h2>{say.title}</h2>
      <p class="quiet">
        {say.lead} {say.since(since)}
      </p>
      {psr.rows.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <WideTable label={say.title}>
            <table class="figures">
              <thead>
                <tr>
                  {(['verdict', 'mode', 'campaigns', 'decided', 'right', 'precision', 'surely'] as const).map(
                    (column) => (
                      <th key={column} scope="col">
                        {say.columns[column]}
                      </th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody>
                {psr.rows.map((row) => (
                  <tr key={`${row.mode} ${row.disposition}`}>
                    <th scope="row">{words.disposition[row.disposition]}</th>
                    <td>{say.mode[row.mode]}</td>
                    <td>{row.campaigns}</td>
                    <td>{row.decided}</td>
                    <td>{row.right}</td>
                    <td>{share(row.precision)}</td>
                    <td>{row.low === null ? '–' : say.between(share(row.low), share(row.high))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          {psr.rows.map(
            (row) =>
              row.recommendation && (
                <p key={`${row.mode} ${row.disposition}`} class={`banner ${TONE[row.recommendation]}`}>
                  {say.advice[row.recommendation](words.disposition[row.disposition], row.needed ?? 0)}
                </p>
              ),
          )}
          {mayConfigure(surroundings) && (
            <p>
              <Link to="/settings#psr">{say.settings}</Link>
            </p>
          )}
        </>
      )}
    </section>
  );
}

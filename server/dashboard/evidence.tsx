/** Why the verdict is what it is: likelihood, findings with the passage they rest on, and what could not be checked. */
import type { Reason, SubmissionView } from '../../shared/api.ts';
import { coverageText } from '../../shared/i18n/coverage-text.ts';
import { reasonText } from '../../shared/i18n/reason-text.ts';
import { SEVERITIES } from '../../shared/verdict.ts';
import { useSurroundings } from './context.ts';
import { visible } from './visible.ts';

/** What decides comes first; a verdict rarely rests on more. */
const SHOWN = 6;

/** What is shown of a verdict, whether it came with a report or not. */
export type Judged = Pick<
  SubmissionView,
  'outcome_disposition' | 'score' | 'reasons' | 'attributes' | 'coverage_missing'
>;

export function Evidence({ view }: { view: Judged }) {
  const { words } = useSurroundings();
  if (view.outcome_disposition === null) return null;
  const reasons = [...view.reasons].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return (
    <section class="card" aria-labelledby="reasons">
      <h2 id="reasons">{words.submission.reasons}</h2>
      {view.score !== null && <Likelihood label={words.submission.likelihood} value={view.score} />}
      {reasons.length === 0 && <p class="quiet">{words.submission.noReasons}</p>}
      <Reasons reasons={reasons.slice(0, SHOWN)} />
      {reasons.length > SHOWN && (
        <details class="more-reasons">
          <summary>{words.submission.moreReasons(reasons.length - SHOWN)}</summary>
          <Reasons reasons={reasons.slice(SHOWN)} />
        </details>
      )}
      <Words title={words.submission.attributes} items={view.attributes} />
      <Gaps title={words.submission.missing} gaps={view.coverage_missing} />
    </section>
  );
}

function Reasons({ reasons }: { reasons: Reason[] }) {
  const { words, language } = useSurroundings();
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li key={`${reason.id} ${reason.evidence}`} class={reason.severity}>
          <p>
            {reasonText(reason, language)} <span class="family quiet">{words.family[reason.family]}</span>
          </p>
          {reason.evidence && (
            <code class="evidence" dir="auto">
              {visible(reason.evidence)}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}

function Likelihood({ label, value }: { label: string; value: number }) {
  const { words, language } = useSurroundings();
  // 99.95 % is not 100 %: certainty is not on offer.
  const shown = Math.min(Math.max(value, 0.001), 0.999);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(shown);
  return (
    <div class="likelihood">
      <div>
        <span>{label}</span>
        <strong>{percent}</strong>
      </div>
      <meter min={0} max={1} low={0.5} high={0.9} optimum={0} value={value} aria-label={label}>
        {words.submission.confidenceOf(percent)}
      </meter>
    </div>
  );
}

function Words({ title, items }: { title: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="tags">
        {items.map((item) => (
          <li key={item}>
            <code>{visible(item)}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Gaps({ title, gaps }: { title: string; gaps: string[] }) {
  const { language } = useSurroundings();
  if (gaps.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="gaps quiet small">
        {gaps.map((gap) => (
          <li key={gap}>{visible(coverageText(gap, language))}</li>
        ))}
      </ul>
    </>
  );
}

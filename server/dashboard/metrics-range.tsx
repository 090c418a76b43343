/** Which time: a number of days until now, or from one day until another. */
import { METRICS_DEFAULT_DAYS, METRICS_PRESETS } from '../../shared/metrics-names.ts';
import { useWords } from './context.ts';
import { go, Link } from './router.tsx';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What the API is asked, of what the address says. The last day is part of it. */
export function questionOf(query: URLSearchParams, now: Date): string {
  const [start, end] = [query.get('start') ?? '', query.get('end') ?? ''];
  const question = new URLSearchParams();
  if (DATE.test(start) && DATE.test(end)) {
    question.set('start', new Date(`${start}T00:00:00Z`).toISOString());
    question.set('end', new Date(Date.parse(`${end}T00:00:00Z`) + DAY_MS).toISOString());
  } else {
    question.set('start', new Date(now.getTime() - daysIn(query) * DAY_MS).toISOString());
    question.set('end', now.toISOString());
  }
  return question.toString();
}

function daysIn(query: URLSearchParams): number {
  const days = Number(query.get('days') ?? METRICS_DEFAULT_DAYS);
  return Number.isInteger(days) && days >= 1 && days <= 400 ? days : METRICS_DEFAULT_DAYS;
}

export function MetricsRange({ view, query }: { view: string; query: URLSearchParams }) {
  const { metrics: words } = useWords();
  const own = query.get('start') !== null;
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const span = new URLSearchParams({ start: String(form.get('start')), end: String(form.get('end')) });
    go(`/metrics/${view}?${span}`);
  };
  const today = new Date().toISOString().slice(0, 10);
  return (
    <section class="range" aria-label={words.range}>
      <ul>
        {METRICS_PRESETS.map((days) => (
          <li key={days}>
            <Link to={`/metrics/${view}?days=${days}`} current={!own && daysIn(query) === days}>
              {words.days(days)}
            </Link>
          </li>
        ))}
      </ul>
      <form onSubmit={show} key={query.toString()}>
        <label>
          <span>{words.from}</span>
          <input type="date" name="start" required max={today} defaultValue={query.get('start') ?? ''} />
        </label>
        <label>
          <span>{words.until}</span>
          <input type="date" name="end" required max={today} defaultValue={query.get('end') ?? ''} />
        </label>
        <button type="submit">{words.show}</button>
      </form>
      <p class="quiet small">{words.utc}</p>
    </section>
  );
}

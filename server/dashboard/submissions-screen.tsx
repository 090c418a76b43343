/** What was reported, newest first; filters live in the address, so that a view can be passed on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SubmissionView } from '../../shared/api.ts';
import { SUBMISSION_STATUSES } from '../../shared/submission.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { ask, type Page } from './api.ts';
import { useWords } from './context.ts';
import { FirstSteps } from './first-steps.tsx';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { ModelNotice } from './model-notice.tsx';
import { NeedsYou } from './needs-you.tsx';
import { go, Link } from './router.tsx';
import { SubmissionRow } from './submission-row.tsx';
import { Loading, Trouble } from './trouble.tsx';

const REFRESH_MS = 4_000;
const PAGE = 50;
const TYPING_PAUSE_MS = 300;

export function SubmissionsScreen({ query }: { query: URLSearchParams }) {
  const words = useWords();
  const filter = new URLSearchParams();
  for (const name of ['outcome_disposition', 'status', 'query']) {
    const value = query.get(name);
    if (value) filter.set(name, value);
  }
  const key = filter.toString();
  // How many pages somebody has asked for; every refresh reads them anew, so that old rows live too.
  const [pages, setPages] = useState(1);
  // Another filter starts with its first page.
  useEffect(() => setPages(1), [key]);
  const limit = Math.min(PAGE * pages, 1_000);
  const { data, problem } = useLive(
    `submissions?${key}&${limit}`,
    () => ask<Page<SubmissionView>>('GET', `/submissions?limit=${limit}${key ? `&${key}` : ''}`),
    REFRESH_MS,
  );
  const shown = useKept(data, key);

  // Nothing to filter before the first report.
  const blank = key === '' && shown?.items.length === 0;

  const set = (name: string, value: string, replace = false) => {
    const next = new URLSearchParams(filter);
    if (value) next.set(name, value);
    else next.delete(name);
    const text = next.toString();
    go(text ? `/submissions?${text}` : '/', { replace });
  };

  return (
    <>
      <div class="screen-head">
        <Title text={words.submissions.title} />
        <p class="quiet" role="status">
          {shown && !blank && words.submissions.count(shown.items.length, shown.next_cursor !== undefined)}
        </p>
      </div>
      <NeedsYou submissions={shown?.items ?? null} />
      <ModelNotice />
      <search class="filters" hidden={blank}>
        <Search value={query.get('query') ?? ''} onSearch={(text) => set('query', text, true)} />
        <Choice
          label={words.submissions.verdict}
          value={query.get('outcome_disposition') ?? ''}
          options={DISPOSITIONS.map((d) => [d, words.disposition[d]])}
          onChoose={(value) => set('outcome_disposition', value)}
        />
        <Choice
          label={words.submissions.status}
          value={query.get('status') ?? ''}
          options={SUBMISSION_STATUSES.map((s) => [s, words.status[s]])}
          onChoose={(value) => set('status', value)}
        />
      </search>
      <Trouble problem={problem} />
      {!shown && !problem && <Loading rows={6} />}
      {shown && shown.items.length === 0 && (key ? <NoMatch /> : <FirstSteps />)}
      {shown && shown.items.length > 0 && (
        <>
          <div class="rows-head" aria-hidden="true">
            <span>{words.submissions.columns.verdict}</span>
            <span>{words.submissions.columns.mail}</span>
            <span>{words.submissions.columns.reporter}</span>
            <span>{words.submissions.columns.retraction}</span>
            <span>{words.submissions.columns.when}</span>
          </div>
          <ul class="rows">
            {shown.items.map((view) => (
              <SubmissionRow key={view.id} view={view} />
            ))}
          </ul>
          {shown.next_cursor && (
            <button type="button" class="more" onClick={() => setPages(pages + 1)}>
              {words.more}
            </button>
          )}
        </>
      )}
    </>
  );
}

/** While a longer list of the same filter is on its way, the shorter one stays. */
function useKept<T>(data: T | null, key: string): T | null {
  const kept = useRef<{ key: string; data: T | null }>({ key, data });
  if (data !== null || kept.current.key !== key) kept.current = { key, data };
  return kept.current.data;
}

function NoMatch() {
  const words = useWords();
  return (
    <div class="empty">
      <h2>{words.submissions.noMatch.title}</h2>
      <p>
        <Link to="/">{words.submissions.noMatch.clear}</Link>
      </p>
    </div>
  );
}

function Search({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const words = useWords();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const type = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
  };
  return (
    <input
      type="search"
      aria-label={words.submissions.search}
      placeholder={words.submissions.search}
      maxLength={200}
      defaultValue={value}
      onInput={(event) => type(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [value: string, text: string][];
  onChoose: (value: string) => void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  const words = useWords();
  return (
    <select aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      <option value="">{`${label}: ${words.submissions.all}`}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}

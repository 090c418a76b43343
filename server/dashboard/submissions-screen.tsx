/** What was reported, newest first; filters live in the address, so that a view can be passed on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { ask, type Page } from './api.ts';
import { useWords } from './context.ts';
import { FirstSteps } from './first-steps.tsx';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { ModelNotice } from './model-notice.tsx';
import { NeedsYou } from './needs-you.tsx';
import { go, Link } from './router.tsx';
import { filterOf, questionOf, SubmissionFilters } from './submission-filters.tsx';
import { SubmissionRow } from './submission-row.tsx';
import { type SubmissionTab, SubmissionTabs } from './submission-tabs.tsx';
import { Loading, Trouble } from './trouble.tsx';

const REFRESH_MS = 4_000;
const PAGE = 50;

export function SubmissionsScreen({ query }: { query: URLSearchParams }) {
  const words = useWords();
  const filter = filterOf(query);
  const key = filter.toString();
  const question = questionOf(filter);
  const type = filter.get('type');
  const tab: SubmissionTab = type === 'USER' || type === 'TEAM' ? type : 'all';
  // How many pages somebody has asked for; every refresh reads them anew, so that old rows live too.
  const [pages, setPages] = useState(1);
  // Another filter starts with its first page.
  useEffect(() => setPages(1), [key]);
  const limit = Math.min(PAGE * pages, 1_000);
  const { data, problem, reload } = useLive(
    `submissions?${key}&${limit}`,
    () => ask<Page<SubmissionRecord>>('GET', `/submissions?limit=${limit}${question ? `&${question}` : ''}`),
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
      <SubmissionTabs current={tab} />
      {tab === 'all' && <NeedsYou submissions={shown?.items ?? null} />}
      {tab === 'all' && <ModelNotice />}
      <SubmissionFilters filter={filter} hidden={blank} onSet={set} />
      <Trouble problem={problem} />
      {!shown && !problem && <Loading rows={6} />}
      {shown && shown.items.length === 0 && <Empty filter={key} />}
      {shown && shown.items.length > 0 && (
        <>
          <div class="rows-head with-menu" aria-hidden="true">
            <span>{words.submissions.columns.verdict}</span>
            <span>{words.submissions.columns.mail}</span>
            <span>{words.submissions.columns.reporter}</span>
            <span>{words.submissions.columns.retraction}</span>
            <span>{words.submissions.columns.when}</span>
          </div>
          <ul class="rows">
            {shown.items.map((record) => (
              <SubmissionRow key={record.id} record={record} onChanged={reload} />
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

function Empty({ filter }: { filter: string }) {
  const { noTeam } = useWords().listFilters;
  if (filter === '') return <FirstSteps />;
  if (filter !== 'type=TEAM') return <NoMatch />;
  return (
    <div class="empty">
      <h2>{noTeam.title}</h2>
      <p class="quiet">{noTeam.lead}</p>
    </div>
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

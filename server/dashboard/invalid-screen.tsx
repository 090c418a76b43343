/** Reports that could not be judged: why, what helps, and the way to judge them after all. Its state is its address. */
import { useRef } from 'preact/hooks';
import { mailWords } from '../../shared/i18n/mail-words.ts';
import { INVALID_REASONS, type InvalidSubmission } from '../../shared/invalid.ts';
import { ask, type Page } from './api.ts';
import { useSurroundings } from './context.ts';
import { Title } from './frame.tsx';
import { InvalidReport } from './invalid-report.tsx';
import { useLive } from './live.ts';
import { go, Link } from './router.tsx';
import { SubmissionTabs } from './submission-tabs.tsx';
import { Loading, Trouble } from './trouble.tsx';

const REFRESH_MS = 10_000;
const PAGE = 50;
const MOST = 1_000;
const TYPING_PAUSE_MS = 300;
const DAY_MS = 86_400_000;
const DAYS = ['1', '7', '30', '90'];

export function InvalidScreen({ query }: { query: URLSearchParams }) {
  const { words, language } = useSurroundings();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const filter = new URLSearchParams();
  for (const name of ['query', 'reason']) if (query.get(name)) filter.set(name, query.get(name)!);
  const days = DAYS.find((known) => known === query.get('days'));
  // To the day, so that the question stays the same while somebody reads.
  const since = days ? new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - Number(days) * DAY_MS).toISOString() : '';
  if (since) filter.set('start', since);
  const limit = Math.min(Math.max(Number(query.get('shown')) || PAGE, PAGE), MOST);
  const key = filter.toString();
  const { data, problem, reload } = useLive(
    `invalid?${key}&${limit}`,
    () => ask<Page<InvalidSubmission>>('GET', `/invalid-submissions?limit=${limit}${key ? `&${key}` : ''}`),
    REFRESH_MS,
  );
  const set = (name: string, value: string, replace = false) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    const text = next.toString();
    go(text ? `/invalid?${text}` : '/invalid', { replace });
  };
  const type = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set('query', text.trim(), true), TYPING_PAUSE_MS);
  };
  const blank = key === '' && data?.items.length === 0;
  const { invalid } = words;

  return (
    <>
      <div class="screen-head">
        <Title text={invalid.title} />
        <p class="quiet" role="status">
          {data && !blank && invalid.count(data.items.length, data.next_cursor !== undefined)}
        </p>
      </div>
      <SubmissionTabs current="invalid" />
      <search class="filters" hidden={blank}>
        <input
          type="search"
          aria-label={invalid.search}
          placeholder={invalid.search}
          maxLength={200}
          defaultValue={query.get('query') ?? ''}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <select
          aria-label={invalid.reason}
          value={query.get('reason') ?? ''}
          onChange={(event) => set('reason', event.currentTarget.value)}
        >
          <option value="">{`${invalid.reason}: ${invalid.any}`}</option>
          {INVALID_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {mailWords(language).reasons[reason].title}
            </option>
          ))}
        </select>
        <select
          aria-label={invalid.since}
          value={days ?? ''}
          onChange={(event) => set('days', event.currentTarget.value)}
        >
          <option value="">{`${invalid.since}: ${invalid.ever}`}</option>
          {DAYS.map((known) => (
            <option key={known} value={known}>
              {invalid.days[known]}
            </option>
          ))}
        </select>
      </search>
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={4} />}
      {data?.items.length === 0 && (
        <div class="empty">
          <h2>{blank ? invalid.empty.title : invalid.noMatch.title}</h2>
          {blank ? (
            <p>{invalid.empty.lead}</p>
          ) : (
            <p>
              <Link to="/invalid">{invalid.noMatch.clear}</Link>
            </p>
          )}
        </div>
      )}
      {data && data.items.length > 0 && (
        <>
          <ul class="invalid-reports">
            {data.items.map((report) => (
              <InvalidReport
                key={report.id}
                report={report}
                open={query.get('open') === report.id}
                onToggle={(open) => {
                  if (open !== (query.get('open') === report.id)) set('open', open ? report.id : '', true);
                }}
                onRepaired={reload}
              />
            ))}
          </ul>
          {data.next_cursor && limit < MOST && (
            <button type="button" class="more" onClick={() => set('shown', String(limit + PAGE), true)}>
              {words.more}
            </button>
          )}
        </>
      )}
    </>
  );
}

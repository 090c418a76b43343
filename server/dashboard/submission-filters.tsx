/** What a list of submissions is narrowed by; every choice is in the address. */
import { useRef } from 'preact/hooks';
import { SUBMISSION_STATUSES } from '../../shared/submission.ts';
import { REVIEW_STATES } from '../../shared/vendor-words.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { useWords } from './context.ts';

const TYPING_PAUSE_MS = 300;
const DAY_MS = 86_400_000;
const DAYS = ['7', '30', '90', 'ever'];
const DEFAULT_DAYS = '30';
/** Names of the API's parameters that an address may have. */
const NAMES = [
  'type',
  'status',
  'customer_status',
  'original_disposition',
  'requested_disposition',
  'outcome_disposition',
  'escalated_from_user',
  'query',
  'order',
  'direction',
];

/** The part of an address that narrows the list. */
export function filterOf(query: URLSearchParams): URLSearchParams {
  const filter = new URLSearchParams();
  for (const name of [...NAMES, 'days']) {
    const value = query.get(name);
    if (value) filter.set(name, value);
  }
  return filter;
}

/** The same as the API takes it: to the day, so that the question stays the same while somebody reads. */
export function questionOf(filter: URLSearchParams, now = Date.now()): string {
  const question = new URLSearchParams(filter);
  const days = question.get('days');
  question.delete('days');
  if (days === 'ever') question.set('start', '2000-01-01T00:00:00Z');
  else if (days && DAYS.includes(days)) {
    question.set('start', new Date(Math.floor(now / DAY_MS) * DAY_MS - Number(days) * DAY_MS).toISOString());
  }
  return question.toString();
}

interface FiltersProps {
  filter: URLSearchParams;
  hidden: boolean;
  onSet: (name: string, value: string, replace?: boolean) => void;
}

export function SubmissionFilters({ filter, hidden, onSet }: FiltersProps) {
  const words = useWords();
  const { listFilters } = words;
  const choice = (name: string, label: string, options: [string, string][], all = words.submissions.all) => (
    <Choice
      label={label}
      all={all}
      value={filter.get(name) ?? ''}
      options={options}
      onChoose={(value) => onSet(name, value)}
    />
  );
  const dispositions = DISPOSITIONS.map((d): [string, string] => [d, words.disposition[d]]);
  return (
    <search class="filters" hidden={hidden}>
      <Search value={filter.get('query') ?? ''} onSearch={(text) => onSet('query', text, true)} />
      {choice('outcome_disposition', words.submissions.verdict, dispositions)}
      {choice(
        'status',
        words.submissions.status,
        SUBMISSION_STATUSES.map((s): [string, string] => [s, words.status[s]]),
      )}
      {choice(
        'customer_status',
        listFilters.review,
        REVIEW_STATES.map((s): [string, string] => [s, words.review.state[s]]),
      )}
      {choice('requested_disposition', listFilters.requested, dispositions)}
      {choice('original_disposition', listFilters.original, dispositions)}
      {filter.get('type') === 'TEAM' &&
        choice('escalated_from_user', listFilters.escalated, [
          ['true', listFilters.yes],
          ['false', listFilters.no],
        ])}
      {choice(
        'days',
        listFilters.since,
        DAYS.filter((days) => days !== DEFAULT_DAYS).map((days): [string, string] => [days, listFilters.days[days]!]),
        listFilters.days[DEFAULT_DAYS]!,
      )}
    </search>
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
  /** What the empty choice says. */
  all: string;
  value: string;
  options: [value: string, text: string][];
  onChoose: (value: string) => void;
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      <option value="">{`${label}: ${all}`}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}

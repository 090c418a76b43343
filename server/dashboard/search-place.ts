/** What a search is, as its address says it and as the API takes it. */
import { MESSAGE_ACTIONS } from '../../shared/search-query.ts';
import { DELIVERY_STATUSES } from '../../shared/vendor-words.ts';

export const RANGES = ['1', '3', '7', '30', '90', '365'] as const;
const DEFAULT_RANGE = '30';
const DAY = /^\d{4}-\d\d-\d\d$/;
/** Names of the API's parameters that others link with, such as the figures of retractions. */
const PASSED_ON: Record<string, readonly string[] | null> = {
  metric: ['total', 'success', 'fail', 'unread', 'read', 'auto', 'manual'],
  message_action: MESSAGE_ACTIONS,
  delivery_status: DELIVERY_STATUSES,
  final_disposition: null,
  sender: null,
  recipient: null,
  domain: null,
  submissions: ['true', 'false'],
};

export interface SearchPlace {
  query: string;
  /** Days back, `ever`, or `between` with from and to. */
  range: string;
  from: string;
  to: string;
  all: boolean;
  passedOn: [name: string, value: string][];
}

/** `start` and `end` may be whole moments, as other screens link. */
export function placeOf(query: URLSearchParams): SearchPlace {
  const from = query.get('start') ?? '';
  const to = query.get('end') ?? '';
  const days = query.get('days') ?? '';
  const known = days === 'ever' || (RANGES as readonly string[]).includes(days);
  return {
    query: (query.get('query') ?? '').slice(0, 1_000),
    range: known ? days : from || to ? 'between' : DEFAULT_RANGE,
    from,
    to,
    all: query.get('all') === '1',
    passedOn: Object.entries(PASSED_ON).flatMap(([name, values]): [string, string][] => {
      const value = query.get(name);
      return value && (values === null || values.includes(value)) ? [[name, value]] : [];
    }),
  };
}

export function pathOf({ query, range, from, to, all, passedOn }: SearchPlace): string {
  const params = new URLSearchParams(passedOn);
  if (query) params.set('query', query);
  if (range === 'between') {
    if (from) params.set('start', from);
    if (to) params.set('end', to);
  } else if (range !== DEFAULT_RANGE) params.set('days', range);
  if (all) params.set('all', '1');
  const text = params.toString();
  return text ? `/search?${text}` : '/search';
}

/** @param now whole minutes, so that the same search stays the same question for a while */
export function questionOf({ query, range, from, to, all, passedOn }: SearchPlace, now: Date): URLSearchParams {
  const params = new URLSearchParams(passedOn);
  if (query) params.set('query', query);
  if (range === 'between') {
    const start = momentOf(from, 'T00:00:00Z');
    const end = momentOf(to, 'T23:59:59.999Z');
    if (start) params.set('start', start);
    if (end) params.set('end', end);
  } else if (range === 'ever') params.set('start', '2000-01-01T00:00:00Z');
  else if (range !== DEFAULT_RANGE) {
    const minute = Math.floor(now.getTime() / 60_000) * 60_000;
    params.set('start', new Date(minute - Number(range) * 86_400_000).toISOString());
  }
  if (all) params.set('detections_only', 'false');
  return params;
}

function momentOf(text: string, ofDay: string): string | null {
  const at = new Date(DAY.test(text) ? text + ofDay : text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The day of a moment, for a field that takes days. */
export const dayOf = (text: string) => text.slice(0, 10);

import { PermanentError } from '../../shared/errors.ts';
import { METRICS_DEFAULT_DAYS, METRICS_MOST_DAYS, type MetricsBucket } from '../../shared/metrics-names.ts';
import type { MetricsSpan } from '../store/metrics-span.ts';
import type { MetricsQuestion } from './metrics-face.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** @throws PermanentError `invalid_span` for one that ends before it begins, or is longer than 400 days */
export function spanOf(tenant: string, { start, end }: Pick<MetricsQuestion, 'start' | 'end'>, now: Date): MetricsSpan {
  const until = end === undefined ? now : new Date(end);
  const from = start === undefined ? new Date(until.getTime() - METRICS_DEFAULT_DAYS * DAY_MS) : new Date(start);
  const lengthMs = until.getTime() - from.getTime();
  if (!(lengthMs > 0)) throw new PermanentError('invalid_span', 'start has to lie before end.');
  if (lengthMs > METRICS_MOST_DAYS * DAY_MS)
    throw new PermanentError('invalid_span', `start and end may lie ${METRICS_MOST_DAYS} days apart at most.`);
  return { tenant, start: from, end: until, bucket: bucketFor(lengthMs) };
}

/** As fine as a chart of a hundred points shows. */
function bucketFor(lengthMs: number): MetricsBucket {
  if (lengthMs <= 3 * DAY_MS) return 'hour';
  return lengthMs <= 120 * DAY_MS ? 'day' : 'week';
}

/** The span of the same length that ends where this one begins. */
export const spanBefore = ({ start, end, ...rest }: MetricsSpan): MetricsSpan => ({
  ...rest,
  start: new Date(start.getTime() - (end.getTime() - start.getTime())),
  end: start,
});

/** The span as an answer shows it. */
export const spanView = ({ start, end, bucket }: MetricsSpan) => ({
  start: start.toISOString(),
  end: end.toISOString(),
  bucket,
});

/** Every bucket of the span, with what the rows of each come to; those without rows too, so that a chart has no gaps. */
export function seriesOf<R extends { at: Date }, P>(
  span: MetricsSpan,
  found: readonly R[],
  point: (rows: readonly R[]) => P,
): (P & { at: string })[] {
  const byBucket = new Map<number, R[]>();
  for (const one of found) byBucket.set(one.at.getTime(), [...(byBucket.get(one.at.getTime()) ?? []), one]);
  return bucketsOf(span).map((at) => ({ at: new Date(at).toISOString(), ...point(byBucket.get(at) ?? []) }));
}

function bucketsOf({ start, end, bucket }: MetricsSpan): number[] {
  const step = bucket === 'hour' ? HOUR_MS : bucket === 'day' ? DAY_MS : 7 * DAY_MS;
  // Weeks begin on Monday, as PostgreSQL's do; 1970-01-05 was one.
  const origin = bucket === 'week' ? 4 * DAY_MS : 0;
  const first = Math.floor((start.getTime() - origin) / step) * step + origin;
  const buckets: number[] = [];
  for (let at = first; at < end.getTime(); at += step) buckets.push(at);
  return buckets;
}

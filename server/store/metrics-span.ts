import { sql } from 'kysely';
import type { MetricsBucket } from '../../shared/metrics-names.ts';

/** From `start` on and before `end`. */
export interface MetricsSpan {
  tenant: string;
  start: Date;
  end: Date;
  bucket: MetricsBucket;
}

export interface TallyRow {
  key: string;
  count: number;
}

/** Whether a column lies in the span. */
export const within = (column: string, { start, end }: MetricsSpan) =>
  sql<boolean>`(${sql.ref(column)} >= ${start} and ${sql.ref(column)} < ${end})`;

/** The beginning of the bucket that a moment lies in, in UTC. */
export const bucketOf = (column: string, { bucket }: MetricsSpan) =>
  sql<Date>`date_trunc(${sql.lit(bucket)}, ${sql.ref(column)}, 'UTC')`;

/** Words and bounds of the figures, apart from their schemas: the dashboard needs no validator. */
/** Days of the buttons; any other span is as good. */
export const METRICS_PRESETS = [1, 3, 7, 30, 90] as const;
export const METRICS_DEFAULT_DAYS = 30;
export const METRICS_MOST_DAYS = 400;
export const METRICS = ['retractions', 'submissions', 'reporters', 'verdicts'] as const;
export type MetricsName = (typeof METRICS)[number];

export const METRICS_BUCKETS = ['hour', 'day', 'week'] as const;
export type MetricsBucket = (typeof METRICS_BUCKETS)[number];

import type { Settings } from '../policies/face.ts';
import type { Store } from '../store/database.ts';
import type { MetricsSpan } from '../store/metrics-span.ts';
import type { Metrics, MetricsQuestion } from './metrics-face.ts';
import { spanOf } from './metrics-span.ts';
import { reporterMetrics } from './reporter-metrics.ts';
import { retractionMetrics } from './retraction-metrics.ts';
import { submissionMetrics } from './submission-metrics.ts';
import { verdictMetrics } from './verdict-metrics.ts';

export interface MetricsWorld {
  tenant: string;
  store: Store;
  settings: Pick<Settings, 'get'>;
  now: () => Date;
  randomId: (prefix: string) => string;
}

/** The figures of the dashboard, read anew for every question. */
export function openMetrics(world: MetricsWorld): Metrics {
  const answer =
    <T>(read: (world: MetricsWorld, span: MetricsSpan, question: MetricsQuestion) => Promise<T>) =>
    async (question: MetricsQuestion) =>
      read(world, spanOf(world.tenant, question, world.now()), question);
  return {
    retractions: answer(retractionMetrics),
    submissions: answer(submissionMetrics),
    reporters: answer(reporterMetrics),
    verdicts: answer(verdictMetrics),
  };
}

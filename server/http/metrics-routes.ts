/** Figures of a span of time, for everybody who may sign in. Who does not work on mail sees pseudonyms instead of names. */
import { languageOf } from '../../shared/i18n/language.ts';
import {
  MetricsQuery,
  ReporterMetrics,
  RetractionMetrics,
  SubmissionMetrics,
  VerdictMetrics,
} from '../../shared/metrics.ts';
import { METRICS, type MetricsName } from '../../shared/metrics-names.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';

const ANSWERS = {
  retractions: RetractionMetrics,
  submissions: SubmissionMetrics,
  reporters: ReporterMetrics,
  verdicts: VerdictMetrics,
};
const SUMMARIES: Record<MetricsName, string> = {
  retractions: 'How copies ended, how soon, and how often people agreed with what PSR would have done',
  submissions: 'What was reported, as what it turned out, and how soon it was answered',
  reporters: 'How many people report, and how often they are right',
  verdicts: 'What mails were, why, whom they imitated, and what people said of it',
};

export function metricsRoutes(app: App, { metrics }: HttpDeps): void {
  for (const name of METRICS)
    app.get(
      `/metrics/${name}`,
      {
        config: { access: { role: 'viewer' } },
        schema: {
          operationId: `${name}Metrics`,
          tags: ['dashboard'],
          summary: SUMMARIES[name],
          querystring: MetricsQuery,
          response: { 200: ANSWERS[name] },
        },
      },
      (request) =>
        metrics[name]({
          ...request.query,
          names: seesContent(request.actor!.role),
          language: languageOf(request.headers['accept-language'] ?? ''),
        }),
    );
}

/** What the doors may ask of the figures. Implemented by metrics.ts. */
import type { Language } from '../../shared/i18n/language.ts';
import type { ReporterMetrics, RetractionMetrics, SubmissionMetrics, VerdictMetrics } from '../../shared/metrics.ts';

export interface MetricsQuestion {
  /** ISO 8601; default 30 days before the end. */
  start?: string | undefined;
  /** ISO 8601; default now. */
  end?: string | undefined;
  /** False: people, mailboxes and folders of their own are not named. */
  names: boolean;
  /** Of the sentences. */
  language: Language;
}

/** Each throws PermanentError `invalid_span`. */
export interface Metrics {
  retractions(question: MetricsQuestion): Promise<RetractionMetrics>;
  submissions(question: MetricsQuestion): Promise<SubmissionMetrics>;
  reporters(question: MetricsQuestion): Promise<ReporterMetrics>;
  verdicts(question: MetricsQuestion): Promise<VerdictMetrics>;
}

import type { SubmissionMetrics } from '../../shared/metrics.ts';
import type { MetricsSpan } from '../store/metrics-span.ts';
import {
  answerSeconds,
  busiestReporters,
  exposureFigures,
  type SubmissionFigures,
  submissionFigures,
} from '../store/submission-metrics.ts';
import type { MetricsWorld } from './metrics.ts';
import type { MetricsQuestion } from './metrics-face.ts';
import { seriesOf, spanBefore, spanView } from './metrics-span.ts';
import { byDisposition, pseudonym, seconds, sum, tally } from './tally.ts';

const BUSIEST = 10;

/** What was reported in a span, and how soon it was answered. */
export async function submissionMetrics(
  { store: { db }, randomId }: MetricsWorld,
  span: MetricsSpan,
  { names }: MetricsQuestion,
): Promise<SubmissionMetrics> {
  const [found, before, exposure, reporters, times] = await Promise.all([
    submissionFigures(db, span),
    submissionFigures(db, spanBefore(span)),
    exposureFigures(db, span),
    busiestReporters(db, span, BUSIEST),
    answerSeconds(db, span),
  ]);
  const key = randomId('key');
  // An exercise is no mail that anybody was after.
  const judged = found.filter(({ simulation }) => !simulation);
  return {
    ...spanView(span),
    total: totalsOf(found),
    by_verdict: byDisposition(judged),
    by_type: tally(found, ({ report_type }) => report_type),
    by_status: tally(found, ({ status }) => status),
    by_psr: tally(
      judged,
      ({ psr_action: action, psr_reason: reason }) => action && (reason ? `${action} ${reason}` : action),
    ),
    invalid_reasons: tally(found, ({ invalid_reason }) => invalid_reason),
    exposure,
    clients: tally(found, ({ client }) => client),
    by_reporter: names ? reporters : reporters.map((one) => ({ ...one, key: pseudonym(key, one.key) })),
    escalated: sum(found, ({ escalated }) => escalated),
    seconds_to_verdict: seconds(times.verdict),
    seconds_to_decision: seconds(times.decision),
    decided: times.decided,
    series: seriesOf(span, judged, (rows) => ({
      verdicts: byDisposition(rows),
      open: sum(rows, ({ disposition }) => disposition === null),
    })),
    previous: totalsOf(before),
  };
}

const totalsOf = (found: readonly SubmissionFigures[]): SubmissionMetrics['total'] => ({
  all: sum(found),
  user: sum(found, ({ type }) => type === 'USER'),
  team: sum(found, ({ type }) => type === 'TEAM'),
  invalid: sum(found, ({ status }) => status === 'invalid'),
  withdrawn: sum(found, ({ status }) => status === 'withdrawn'),
  simulations: sum(found, ({ simulation }) => simulation),
});

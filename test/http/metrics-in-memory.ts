/** Figures of a quarter that somebody made up, with names where names are asked for. */
import type { Metrics, MetricsQuestion } from '../../server/investigation/metrics-face.ts';
import { seriesOf, spanOf, spanView } from '../../server/investigation/metrics-span.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { VerdictMetrics } from '../../shared/metrics.ts';

const span = (question: MetricsQuestion) => spanOf('one', question, new Date());
const verdicts = (n: number) => ({ MALICIOUS: n, SPOOF: 1, SUSPICIOUS: 2, SPAM: 3, BULK: 0, NONE: 4 * n });
const points = <P>(question: MetricsQuestion, point: (n: number) => P) => {
  let n = 0;
  return seriesOf(span(question), [], () => point(++n % 7));
};
const person = (question: MetricsQuestion, name: string) => (question.names ? name : '•••1f2e3d');
const outcomes = { copies: 120, removed: 100, nothing_to_remove: 12, failed: 3, waiting: 5 };

/** What a mailbox owner called a folder, and a name that a mail claims: both strangers' words. */
export const hostile = {
  folder: 'Inbox',
  imitated: 'microsoft.com',
  reason: 'The sender’s address could not be verified.',
  confusion: [] as VerdictMetrics['confusion'],
};

export const metricsInMemory: Metrics = {
  async retractions(question) {
    if (question.start === question.end && question.start) throw new PermanentError('invalid_span');
    return {
      ...spanView(span(question)),
      total: outcomes,
      shares: { removed: 100 / 115, nothing_to_remove: 12 / 115, failed: 3 / 115 },
      vendor_view: { success: 100 / 115, fail: 15 / 115 },
      fail_reasons: [
        { key: 'not_authorized', count: 2 },
        { key: 'no_mailbox', count: 1 },
      ],
      failed_mailboxes: [{ key: 'unreachable', count: 1 }],
      read_state: { unread: 81, read: 19 },
      triggered: { auto: 90, manual: 10 },
      causes: [
        { key: 'psr', count: 90 },
        { key: 'manual', count: 10 },
      ],
      from_folders: [{ key: person(question, hostile.folder), count: 100 }],
      destinations: [{ key: 'Quarantine', count: 100 }],
      providers: [
        { key: 'microsoft365', count: 70 },
        { key: 'google', count: 30 },
      ],
      seconds: { retractions: 12, first: { p50: 1.4, p99: 4.2 }, last: { p50: 6.5, p99: 71 } },
      retractions: { total: 14, held: 1, cancelled: 0, restored: 1 },
      restored_copies: 4,
      preview: { retractions: 5, copies: 44, mailboxes: 31, unread: 30 },
      psr: {
        since: question.start ?? '2026-01-01T00:00:00.000Z',
        rows: [
          {
            mode: 'preview',
            disposition: 'MALICIOUS',
            campaigns: 50,
            decided: 40,
            right: 40,
            precision: 1,
            low: 0.912,
            high: 1,
            recommendation: 'not_yet',
            needed: 341,
          },
        ],
      },
      series: points(question, (n) => ({ removed: n * 3, nothing_to_remove: n, failed: n === 3 ? 1 : 0 })),
      previous: { ...outcomes, removed: 80 },
    };
  },
  async submissions(question) {
    const total = { all: 60, user: 50, team: 10, invalid: 2, withdrawn: 1, simulations: 4 };
    return {
      ...spanView(span(question)),
      total,
      by_verdict: verdicts(12),
      by_type: [{ key: 'phish', count: 50 }],
      by_status: [{ key: 'concluded', count: 58 }],
      by_psr: [{ key: 'none not_malicious', count: 30 }],
      invalid_reasons: [{ key: 'no_original', count: 2 }],
      exposure: [{ key: 'clicked_link', count: 3 }],
      clients: [{ key: 'outlook', count: 50 }],
      by_reporter: [{ key: person(question, 'ana@example.org'), count: 9 }],
      escalated: 2,
      seconds_to_verdict: { p50: 2.2, p99: 9 },
      seconds_to_decision: { p50: 1_800, p99: 90_000 },
      decided: 7,
      series: points(question, (n) => ({ verdicts: verdicts(n), open: 0 })),
      previous: { ...total, all: 45 },
    };
  },
  async reporters(question) {
    return {
      ...spanView(span(question)),
      reporters: 25,
      people: 120,
      participation: 25 / 120,
      votes: 50,
      known: 40,
      right: 31,
      accuracy: 31 / 40,
      decided: 7,
      decided_right: 6,
      exercise_reporters: 4,
      best: [{ reporter: person(question, 'ana@example.org'), votes: 9, known: 8, right: 8, accuracy: 1 }],
      spread: [1, 2, 3, 9],
      previous: { reporters: 20, votes: 41, accuracy: 0.7 },
    };
  },
  async verdicts(question) {
    return {
      ...spanView(span(question)),
      total: 5_000,
      reported: 60,
      detections: 200,
      by_disposition: verdicts(100),
      reasons: [
        { key: 'url.lookalike', text: 'A link leads to a domain that imitates a well-known name.', count: 60 },
        { key: 'identity.dmarc_fail', text: hostile.reason, count: 40 },
      ],
      attributes: [{ key: 'NEW_DOMAIN_LINK', count: 12 }],
      imitated: [{ key: hostile.imitated, count: 31 }],
      targets: [{ key: person(question, 'ben@example.org'), count: 7 }],
      details: {
        of: 200,
        with_links: 180,
        with_attachments: 20,
        sender_mismatch: 61,
        file_types: [{ key: 'pdf', count: 12 }],
        link_sources: [{ key: 'html', count: 170 }],
      },
      confusion: [
        { machine: 'MALICIOUS', person: 'MALICIOUS', count: 9 },
        { machine: 'SUSPICIOUS', person: 'NONE', count: 2 },
        ...hostile.confusion,
      ],
      drift: { looked_at: '2026-08-01T09:00:00.000Z', alarm: true },
      series: points(question, (n) => ({ verdicts: verdicts(n) })),
      previous: { total: 4_000, by_disposition: verdicts(80) },
    };
  },
};

/** Schemas of the figures of the dashboard. Shares are 0 to 1, and null where there is nothing to take a share of. */
import Type, { type Static } from 'typebox';
import { METRICS_BUCKETS } from './metrics-names.ts';
import { DISPOSITIONS } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Share = nullable(Type.Number({ minimum: 0, maximum: 1 }));
/** Largest first. */
const Tally = Type.Array(Type.Object({ key: Type.String(), count: Count }));
const Disposition = Type.Enum([...DISPOSITIONS]);
/** Seconds. */
const Seconds = nullable(Type.Object({ p50: Type.Number(), p99: Type.Number() }));

export const MetricsQuery = Type.Object({
  start: Type.Optional(Type.String({ format: 'date-time', description: 'Default: 30 days before the end.' })),
  end: Type.Optional(
    Type.String({ format: 'date-time', description: 'Default: now. At most 400 days after the start.' }),
  ),
});

const span = {
  start: Time,
  end: Time,
  /** What a point of a series stands for: it begins at `at`, in UTC. */
  bucket: Type.Enum([...METRICS_BUCKETS]),
};

/** How copies ended. `waiting` has no outcome yet, or nobody has let it move. */
const Outcomes = Type.Object({
  copies: Count,
  removed: Count,
  nothing_to_remove: Count,
  failed: Count,
  waiting: Count,
});
export type Outcomes = Static<typeof Outcomes>;

/** How often a person agreed with what PSR did, or would have done; one count a campaign. */
export const PsrPrecision = Type.Object({
  mode: Type.Enum(['preview', 'acted']),
  disposition: Disposition,
  campaigns: Count,
  decided: Count,
  right: Count,
  precision: Share,
  /** Wilson interval, 95 %. */
  low: Share,
  high: Share,
  /**
   * Of the preview: `too_few` decisions; `not_yet` sure enough; `errors`: more of them than 1 % allows; `switch_on`: sure
   * that fewer than one in a hundred would be wrong; `is_on` already. null: PSR acts.
   */
  recommendation: nullable(Type.Enum(['too_few', 'not_yet', 'errors', 'switch_on', 'is_on'])),
  /** Further decisions, all of them right, after which it could be switched on; null where none are needed. */
  needed: nullable(Count),
});
export type PsrPrecision = Static<typeof PsrPrecision>;

export const RetractionMetrics = Type.Object({
  ...span,
  total: Outcomes,
  /** Of the copies that have an outcome. */
  shares: Type.Object({ removed: Share, nothing_to_remove: Share, failed: Share }),
  /** As the vendor counts: whatever was not removed has failed. */
  vendor_view: Type.Object({ success: Share, fail: Share }),
  fail_reasons: Tally,
  /** Mailboxes that could not be searched, by reason. */
  failed_mailboxes: Tally,
  /** At the moment of the move. */
  read_state: Type.Object({ unread: Count, read: Count }),
  triggered: Type.Object({ auto: Count, manual: Count }),
  causes: Tally,
  from_folders: Tally,
  destinations: Tally,
  providers: Tally,
  /** From the report that began it to the first and the last copy that was removed; retractions that waited for a person left out. */
  seconds: Type.Object({ retractions: Count, first: Seconds, last: Seconds }),
  retractions: Type.Object({ total: Count, held: Count, cancelled: Count, restored: Count }),
  restored_copies: Count,
  preview: Type.Object({ retractions: Count, copies: Count, mailboxes: Count, unread: Count }),
  psr: Type.Object({ since: Time, rows: Type.Array(PsrPrecision) }),
  series: Type.Array(Type.Object({ at: Time, removed: Count, nothing_to_remove: Count, failed: Count })),
  /** The span of the same length before. */
  previous: Outcomes,
});
export type RetractionMetrics = Static<typeof RetractionMetrics>;

const ByDisposition = Type.Object(
  Object.fromEntries(DISPOSITIONS.map((disposition) => [disposition, Count])) as Record<
    (typeof DISPOSITIONS)[number],
    typeof Count
  >,
);
const SubmissionTotals = Type.Object({
  all: Count,
  user: Count,
  team: Count,
  invalid: Count,
  withdrawn: Count,
  simulations: Count,
});

export const SubmissionMetrics = Type.Object({
  ...span,
  total: SubmissionTotals,
  by_verdict: ByDisposition,
  by_type: Tally,
  by_status: Tally,
  /** `action` or `action reason`. */
  by_psr: Tally,
  invalid_reasons: Tally,
  exposure: Tally,
  clients: Tally,
  /** Names for analysts; for others pseudonyms that hold within one answer. */
  by_reporter: Tally,
  escalated: Count,
  seconds_to_verdict: Seconds,
  /** Until a person decided about the mail. */
  seconds_to_decision: Seconds,
  decided: Count,
  series: Type.Array(Type.Object({ at: Time, verdicts: ByDisposition, open: Count })),
  previous: SubmissionTotals,
});
export type SubmissionMetrics = Static<typeof SubmissionMetrics>;

export const ReporterMetrics = Type.Object({
  ...span,
  /** People who reported anything. */
  reporters: Count,
  people: Count,
  /** Reporters among the people of the directory. */
  participation: Share,
  /** Reports of phishing that count as a vote, those known to be right or wrong, and how right they were. */
  votes: Count,
  known: Count,
  right: Type.Number(),
  accuracy: Share,
  /** Of what people of the team decided alone. */
  decided: Count,
  decided_right: Type.Number(),
  /** People who reported a registered exercise. */
  exercise_reporters: Count,
  /** The surest first, at most 10, with three known reports or more. */
  best: Type.Array(
    Type.Object({ reporter: Type.String(), votes: Count, known: Count, right: Type.Number(), accuracy: Share }),
  ),
  /** How many people are how often right: up to 25 %, 50 %, 75 % and above, of those with three known reports. */
  spread: Type.Array(Count),
  previous: Type.Object({ reporters: Count, votes: Count, accuracy: Share }),
});
export type ReporterMetrics = Static<typeof ReporterMetrics>;

export const VerdictMetrics = Type.Object({
  ...span,
  /** Mails judged, reported and seen on delivery. */
  total: Count,
  reported: Count,
  detections: Count,
  by_disposition: ByDisposition,
  /** Ids of findings in detections, each with its sentence in the language of the request. */
  reasons: Type.Array(Type.Object({ key: Type.String(), text: Type.String(), count: Count })),
  attributes: Tally,
  /** Names that detections imitate. */
  imitated: Tally,
  /** Of detections, the mailboxes they were for; names for analysts, for others pseudonyms. */
  targets: Tally,
  /** Of the newest detections. */
  details: Type.Object({
    of: Count,
    with_links: Count,
    with_attachments: Count,
    /** RFC5321.MailFrom of another domain than RFC5322.From. */
    sender_mismatch: Count,
    file_types: Tally,
    link_sources: Tally,
  }),
  /** What the machine had said of mails that people decided about. */
  confusion: Type.Array(Type.Object({ machine: Disposition, person: Disposition, count: Count })),
  /** null: nobody has looked yet. */
  drift: nullable(Type.Object({ looked_at: Time, alarm: Type.Boolean() })),
  series: Type.Array(Type.Object({ at: Time, verdicts: ByDisposition })),
  previous: Type.Object({ total: Count, by_disposition: ByDisposition }),
});
export type VerdictMetrics = Static<typeof VerdictMetrics>;

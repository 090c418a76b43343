/** A submission as lists answer it: the view, and the field names of the vendor's record beside it. */
import Type, { type Static } from 'typebox';
import { SubmissionView } from './api.ts';
import { SUBMISSION_STATUSES } from './submission.ts';
import { REVIEW_STATES, SUBMISSION_KEYWORDS, SUBMISSION_TYPE_WORDS } from './vendor-words.ts';
import { DISPOSITIONS } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Disposition = Type.Enum([...DISPOSITIONS]);

/** What became of the mail, in one word. */
export const OUTCOMES = [
  'pending',
  'invalid',
  'withdrawn',
  'left',
  'previewed',
  'held',
  'retracted',
  'cancelled',
  'restored',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SubmissionRecord = Type.Intersect([
  SubmissionView,
  Type.Object({
    /** The same as `id`. */
    submission_id: Type.String(),
    type: Type.Enum([SUBMISSION_TYPE_WORDS.USER.record, SUBMISSION_TYPE_WORDS.TEAM.record]),
    /** What the mail was judged to be before this submission; null: nobody had judged it. */
    original_disposition: nullable(Disposition),
    /** Equal for mails of one campaign: sender and subject without what is personal, hashed. */
    original_edf_hash: nullable(Type.String()),
    outcome: Type.Enum([...OUTCOMES]),
    customer_status: Type.Enum([...REVIEW_STATES]),
    escalated_at: nullable(Time),
    escalated_by: nullable(Type.String()),
    /** What whoever escalated believes it is. */
    escalated_as: nullable(Disposition),
    /** Of a user's report the team's submission about it; of a team's submission the user's report it answers. */
    escalated_submission_id: nullable(Type.String()),
    keywords: Type.Array(Type.Enum([...SUBMISSION_KEYWORDS])),
    /** Sentences of the verdict where it is phish, otherwise `phish submission` alone. */
    detection_reasons: Type.Array(Type.String()),
  }),
]);
export type SubmissionRecord = Static<typeof SubmissionRecord>;

export const SUBMISSION_ORDERS = [
  'requested_at',
  'submission_id',
  'subject',
  'original_disposition',
  'requested_disposition',
  'outcome_disposition',
] as const;
export type SubmissionOrder = (typeof SUBMISSION_ORDERS)[number];

/** Days a list goes back when it is not told otherwise. */
export const DEFAULT_DAYS = 30;

export const SubmissionFilters = {
  type: Type.Optional(Type.Enum(['USER', 'TEAM'])),
  status: Type.Optional(
    Type.Enum([...SUBMISSION_STATUSES, ...REVIEW_STATES], {
      description: 'How far the analysis is, or whether a person has looked (`customer_status`): the words of both.',
    }),
  ),
  customer_status: Type.Optional(Type.Enum([...REVIEW_STATES])),
  original_disposition: Type.Optional(Disposition),
  requested_disposition: Type.Optional(Disposition),
  outcome_disposition: Type.Optional(Disposition),
  escalated_from_user: Type.Optional(
    Type.Boolean({ description: 'Team submissions that answer the report of a user, or those that do not.' }),
  ),
  query: Type.Optional(Type.String({ maxLength: 200, description: 'Part of subject, sender or reporter.' })),
  submission_id: Type.Optional(Type.String({ maxLength: 64 })),
  start: Type.Optional(Type.String({ format: 'date-time', description: `Default: ${DEFAULT_DAYS} days ago.` })),
  end: Type.Optional(Type.String({ format: 'date-time' })),
  order: Type.Optional(
    Type.Enum([...SUBMISSION_ORDERS], { description: 'Default requested_at. Dispositions go by severity.' }),
  ),
  direction: Type.Optional(Type.Enum(['asc', 'desc'], { description: 'Default desc.' })),
};
const Filters = Type.Object(SubmissionFilters);
export type SubmissionFilters = Static<typeof Filters>;

export const EscalateRequest = Type.Object(
  {
    // PostgreSQL keeps no U+0000.
    comment: Type.Optional(Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' })),
    as: Type.Optional(Disposition),
  },
  { additionalProperties: false },
);
export type EscalateRequest = Static<typeof EscalateRequest>;

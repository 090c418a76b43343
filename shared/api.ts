/**
 * Request and response schemas of the HTTP API: the one source for server validation, OpenAPI and the clients' types.
 * Panes import types only, so that no schema code reaches a bundle.
 */
import Type, { type Static } from 'typebox';
import { PaneBrand } from './branding.ts';
import { PurgeConfirmation } from './effects.ts';
import { PANE_TONES } from './pane.ts';
import {
  AUTOMATIC_DESTINATIONS,
  COPY_STATES,
  DESTINATIONS,
  PROVIDERS,
  PSR_REASONS,
  RETRACTION_CAUSES,
  RETRACTION_SCOPES,
  RETRACTION_STATES,
} from './retraction.ts';
import { EXPOSURES, FIDELITIES, ORIGINALS, REPORT_TYPES, SUBMISSION_STATUSES } from './submission.ts';
import { REVIEW_STATES } from './vendor-words.ts';
import { DISPOSITIONS, FAMILIES, SEVERITIES } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const strict = { additionalProperties: false };

export const SubmissionRequest = Type.Object(
  {
    provider: Type.Enum([...PROVIDERS]),
    mailbox: Type.String({ minLength: 3, maxLength: 320, description: 'The mailbox the mail lies in.' }),
    provider_message_id: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    internet_message_id: Type.Optional(Type.String({ maxLength: 2000 })),
    type: Type.Enum([...REPORT_TYPES]),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
    exposure: Type.Optional(Type.Array(Type.Enum([...EXPOSURES]), { maxItems: EXPOSURES.length })),
    raw_message: Type.Optional(Type.String({ description: 'base64 of the RFC 5322 bytes' })),
    fidelity: Type.Optional(Type.Enum([...FIDELITIES])),
    client: Type.Optional(
      Type.Object(
        {
          name: Type.String({ maxLength: 40 }),
          version: Type.String({ maxLength: 40 }),
          host: Type.Optional(Type.String({ maxLength: 80 })),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type SubmissionRequest = Static<typeof SubmissionRequest>;

export const Reason = Type.Object({
  id: Type.String(),
  family: Type.Enum([...FAMILIES]),
  severity: Type.Enum([...SEVERITIES]),
  text: Type.String(),
  evidence: Type.String(),
});
export type Reason = Static<typeof Reason>;

export const Mailboxes = Type.Object({
  searched: Count,
  total: Count,
  /** Cannot be searched. */
  failed: Type.Optional(Count),
  /** Searched for the judged mail, but not for its campaign. */
  message_only: Type.Optional(Count),
});
export const Copies = Type.Object({
  found: Count,
  retracted: Count,
  already_there: Count,
  gone: Count,
  failed: Count,
  unknown: Count,
  review: Count,
  unread: Count,
  restored: Count,
  purged: Type.Optional(Count),
});

export const RetractionProgress = Type.Object({
  id: Type.String(),
  state: Type.Enum([...RETRACTION_STATES]),
  /** Copies are found and recorded, and none is moved. */
  preview: Type.Optional(Type.Boolean()),
  scope: Type.Optional(Type.Enum([...RETRACTION_SCOPES])),
  /** Why it waits, or why it was cancelled without anybody deciding. */
  reason: Type.Optional(Type.Enum([...PSR_REASONS])),
  mailboxes: Mailboxes,
  copies: Copies,
});
export type RetractionProgress = Static<typeof RetractionProgress>;

export const PaneViewSchema = Type.Object({
  title: Type.String(),
  tone: Type.Enum([...PANE_TONES]),
  lines: Type.Array(Type.String()),
  steps: Type.Optional(Type.Array(Type.String(), { description: 'What the reporter should do now, in order.' })),
  brand: Type.Optional(PaneBrand),
});

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const SubmissionView = Type.Object({
  id: Type.String(),
  submission_type: Type.Enum(['USER', 'TEAM']),
  status: Type.Enum([...SUBMISSION_STATUSES]),
  requested_disposition: Type.Enum([...DISPOSITIONS]),
  requested_at: Time,
  requested_by: Type.String(),
  subject: Type.String(),
  header_from: Type.String(),
  internet_message_id: nullable(Type.String()),
  /** For `/messages/{id}/...`; absent until there is a verdict. */
  message: Type.Optional(Type.String()),
  original: nullable(Type.Enum([...ORIGINALS])),
  outcome_disposition: nullable(Type.Enum([...DISPOSITIONS])),
  score: nullable(Type.Number()),
  margin: nullable(Type.Number()),
  spam_score: nullable(Type.Number()),
  reporter_unit: nullable(Type.Number()),
  model: nullable(Type.String()),
  reasons: Type.Array(Reason),
  attributes: Type.Array(Type.String()),
  coverage_missing: Type.Array(Type.String()),
  psr: nullable(
    Type.Object({
      action: Type.Enum(['retract', 'hold', 'preview', 'none']),
      reason: Type.Optional(Type.Enum([...PSR_REASONS])),
    }),
  ),
  retraction: nullable(RetractionProgress),
  simulation: Type.Boolean(),
  /** Only an invalid submission has one: why it could not be judged. */
  invalid_reason: Type.Optional(Type.String()),
  /** The reporter took the report back and an analyst must decide what becomes of what has been moved. */
  review_requested: Type.Optional(Type.Boolean()),
  /** Whether a person of the team looks at it, or has. Absent: not asked for. */
  customer_status: Type.Optional(Type.Enum([...REVIEW_STATES])),
  /** What the team said it is. */
  team_answer: Type.Optional(Type.Object({ disposition: Type.Enum([...DISPOSITIONS]), at: Time })),
  pane: PaneViewSchema,
});
export type SubmissionView = Static<typeof SubmissionView>;

/** What an analyst sees beyond the view: how the mail came in, what the reporter said, and what was done when. */
export const SubmissionDetail = Type.Object({
  submission_id: Type.String(),
  mailbox: Type.String(),
  comment: Type.String(),
  exposure: Type.Array(Type.Enum([...EXPOSURES])),
  client: nullable(Type.Object({ name: Type.String(), version: Type.String(), host: Type.Optional(Type.String()) })),
  /** RFC 8601 result words; null where the headers said nothing that may be believed. */
  authentication: nullable(
    Type.Object({
      spf: nullable(Type.String()),
      dkim: nullable(Type.String()),
      dmarc: nullable(Type.String()),
      /** What the sender's domain asks for: none, quarantine, reject. */
      dmarc_policy: nullable(Type.String()),
      source: Type.Enum(['trusted_header', 'recomputed', 'none']),
    }),
  ),
  /** Oldest first, at most 200. */
  timeline: Type.Array(
    Type.Object({
      at: Time,
      /** Such as `submission.received`, `retraction.restoring`. */
      action: Type.String(),
      /** `reporter`, `reelback`, or the name of a person of the dashboard. */
      actor: Type.String(),
    }),
  ),
});
export type SubmissionDetail = Static<typeof SubmissionDetail>;

export const WithdrawAnswer = Type.Object({
  withdrawn: Type.Boolean(),
  restore: Type.Enum(['started', 'review', 'none']),
});
export type WithdrawAnswer = Static<typeof WithdrawAnswer>;

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    /** JSON pointer of the culprit, where there is one. */
    pointer: Type.Optional(Type.String()),
    /** An unreadable report is kept: its id. */
    submission_id: Type.Optional(Type.String()),
    /** With `confirmation_required` and `confirmation_outdated`: what will be deleted for good, and the token that does it. */
    confirmation: Type.Optional(PurgeConfirmation),
    /** With `invalid_csv`: the lines that are wrong, the first 50. */
    lines: Type.Optional(Type.Array(Type.Object({ line: Type.Integer(), detail: Type.String() }))),
    /** With `counting`: the preview that counts what would be deleted. */
    retraction_id: Type.Optional(Type.String()),
  },
  { description: 'RFC 9457 problem' },
);
export type Problem = Static<typeof Problem>;

export const RetractionView = Type.Object({
  id: Type.String(),
  state: Type.Enum([...RETRACTION_STATES]),
  cause: Type.Enum([...RETRACTION_CAUSES]),
  /** Copies are found and recorded, and none is moved. */
  preview: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Type.Enum([...PSR_REASONS])),
  submission_id: Type.Optional(Type.String()),
  /** The Message-ID, for people to read. */
  message_id: nullable(Type.String()),
  /** The judged mail, for `/messages/{id}/...`. */
  message: Type.Optional(Type.String()),
  /** What counts as a copy: the judged mail alone, or its campaign (which takes a higher margin and the setting). */
  scope: Type.Optional(Type.Enum([...RETRACTION_SCOPES])),
  subject: Type.String(),
  destination: Type.Enum([...DESTINATIONS]),
  requested_by: Type.String(),
  requested_at: Time,
  completed_at: Type.Optional(Time),
  /** Of one retraction only, while it waits for a person: when it is cancelled. */
  expires_at: Type.Optional(Time),
  mailboxes: Mailboxes,
  copies: Copies,
  /** Of one retraction only: mailboxes that were not searched, or not for the campaign, the first 50 and why. */
  mailbox_troubles: Type.Optional(Type.Array(Type.Object({ mailbox: Type.String(), reason: Type.String() }))),
});
export type RetractionView = Static<typeof RetractionView>;

export const RetractionCopy = Type.Object({
  mailbox: Type.String(),
  provider: Type.Enum([...PROVIDERS]),
  provider_message_id: Type.String(),
  state: Type.Enum([...COPY_STATES]),
  reason: Type.Optional(Type.String()),
  was_read: Type.Boolean(),
  from_folder: Type.String(),
  labels: Type.Optional(Type.Array(Type.String())),
  destination: Type.Enum([...DESTINATIONS]),
  first_seen_at: Time,
  acted_at: Type.Optional(Time),
  confirmed_at: Type.Optional(Time),
});
export type RetractionCopy = Static<typeof RetractionCopy>;

/** The retraction of the first message, and of all of them in the order of the request. */
export const MoveAnswer = Type.Intersect([RetractionView, Type.Object({ items: Type.Array(RetractionView) })]);
export type MoveAnswer = Static<typeof MoveAnswer>;

/** A page of a list. */
export const Page = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next_cursor: Type.Optional(Type.String()) });

export const DispositionDestinations = Type.Object(
  {
    MALICIOUS: Type.Enum(AUTOMATIC_DESTINATIONS),
    SUSPICIOUS: Type.Enum(AUTOMATIC_DESTINATIONS),
    SPOOF: Type.Enum(AUTOMATIC_DESTINATIONS),
    SPAM: Type.Enum(AUTOMATIC_DESTINATIONS),
    BULK: Type.Enum(AUTOMATIC_DESTINATIONS),
  },
  strict,
);

export const RetractionSettings = Type.Object(
  {
    destinations: DispositionDestinations,
    paused: Type.Boolean(),
    /** Permanent deletion wants the confirmation of a second person; absent: false. */
    second_person: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type RetractionSettings = Static<typeof RetractionSettings>;

export const PsrSettings = Type.Object(
  {
    mode: Type.Enum(['on', 'preview', 'off']),
    scope: Type.Enum([...RETRACTION_SCOPES]),
    /** How long before and after the judged mail its campaign is looked for; 72 when it is not given. */
    window_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 336 })),
    dispositions: Type.Array(Type.Enum(['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK']), { minItems: 1 }),
  },
  strict,
);
export type PsrSettings = Static<typeof PsrSettings>;

export const GuardSettings = Type.Object(
  {
    max_mailboxes: Type.Integer({ minimum: 1 }),
    max_share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** Goes first in every retraction; a failure there makes the rest wait for a person. */
    canary_mailbox: nullable(Type.String({ minLength: 3, maxLength: 320 })),
    /** What waits for a person longer is cancelled; 72 when it is not given. */
    hold_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
    /** So many retractions put back by people within 24 hours pause everything; absent: never. */
    pause_after_restores: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  strict,
);
export type GuardSettings = Static<typeof GuardSettings>;

/** Who may report from a mailbox that is not their own: people by address, groups by address or id. */
export const SharedMailboxSettings = Type.Object(
  {
    mailboxes: Type.Array(
      Type.Object(
        {
          address: Type.String({ minLength: 3, maxLength: 320 }),
          people: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 1000 }),
          groups: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 100 }),
        },
        strict,
      ),
      { maxItems: 1000 },
    ),
  },
  strict,
);
export type SharedMailboxSettings = Static<typeof SharedMailboxSettings>;

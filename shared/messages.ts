/** Searching messages and looking at one: what `/api/v1/messages` takes and answers. Names of fields are the vendor's where it has them. */
import Type, { type Static } from 'typebox';
import { DESTINATIONS, PROVIDERS } from './retraction.ts';
import { MESSAGE_ACTIONS } from './search-query.ts';
import { DELIVERY_STATUSES } from './vendor-words.ts';
import { DISPOSITIONS, FAMILIES, SEVERITIES } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = (maxLength: number, description?: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) }));

export const DELIVERY_MODES = [
  'DIRECT',
  'BCC',
  'JOURNAL',
  'API',
  'RETRO_SCAN',
  'REVIEW_SUBMISSION',
  'SIMULATION_SUBMISSION',
] as const;

/** What the card of retractions counts, mail by mail. */
export const COPY_METRICS = ['total', 'success', 'fail', 'unread', 'read', 'auto', 'manual'] as const;
export type CopyMetric = (typeof COPY_METRICS)[number];

/** What to look for; every given field must hold. */
export const SearchParams = {
  query: Type.Optional(
    Type.String({ maxLength: 1_000, description: 'Words, "phrases", field:value; see the documentation.' }),
  ),
  start: Type.Optional(Type.String({ format: 'date-time', description: 'Became known; default 30 days ago.' })),
  end: Type.Optional(Time),
  detections_only: Type.Optional(
    Type.Boolean({
      description: 'Default true, unless the search names NONE, one message, or what was reported.',
    }),
  ),
  sender: Text(320, 'Address or domain.'),
  recipient: Text(320, 'Address or domain.'),
  domain: Text(253, 'Of sender, recipient or link.'),
  subject: Text(400, 'Words of it.'),
  exact_subject: Text(998),
  final_disposition: Type.Optional(Type.Enum([...DISPOSITIONS])),
  alert_id: Text(200),
  message_id: Text(1_000, 'The Message-ID.'),
  smtp_helo_ip: Text(45),
  message_action: Type.Optional(Type.Enum([...MESSAGE_ACTIONS])),
  delivery_status: Type.Optional(Type.Enum([...DELIVERY_STATUSES])),
  metric: Type.Optional(
    Type.Enum([...COPY_METRICS], { description: 'What was retracted between start and end, whenever it came in.' }),
  ),
  submissions: Type.Optional(Type.Boolean({ description: 'true: only what was reported; false: only what was not.' })),
};
const SearchObject = Type.Object(SearchParams);
export type MessageSearch = Static<typeof SearchObject>;

export const MessageResult = Type.Object({
  /** For `/messages/{id}`. */
  id: Type.String(),
  alert_id: Type.String(),
  message_id: nullable(Type.String()),
  /** The vendor's queue id; we are no queue. */
  postfix_id: Type.Null(),
  /** What mails of one campaign share. */
  edf_hash: nullable(Type.String()),
  subject: Type.String(),
  from: Type.String(),
  from_name: Type.String(),
  replyto: Type.String(),
  envelope_from: Type.String(),
  to: Type.Array(Type.String()),
  to_name: Type.Array(Type.String()),
  envelope_to: Type.Array(Type.String()),
  sent_at: nullable(Time),
  /** When it became known here. */
  received_at: Time,
  /** When it was judged last. */
  scanned_at: nullable(Time),
  /** null: not judged yet. */
  final_disposition: nullable(Type.Enum([...DISPOSITIONS])),
  smtp_helo_server_ip: nullable(Type.String()),
  smtp_previous_hop_ip: nullable(Type.String()),
  x_originating_ip: nullable(Type.String()),
  detection_reasons: Type.Array(Type.String()),
  threat_categories: Type.Array(Type.Enum([...FAMILIES])),
  attributes: Type.Array(Type.String()),
  delivery_mode: Type.Enum([...DELIVERY_MODES]),
  delivery_status: Type.Enum([...DELIVERY_STATUSES]),
  is_quarantined: Type.Boolean(),
  is_phish_submission: Type.Boolean(),
  post_delivery_operations: Type.Array(Type.Enum(['PREVIEW', 'QUARANTINE_RELEASE', 'SUBMISSION', 'MOVE'])),
  /** Reports of it. */
  reports: Count,
  size: Count,
});
export type MessageResult = Static<typeof MessageResult>;

export const MessagePage = Type.Object({
  items: Type.Array(MessageResult),
  /** With fewer items than asked for: more may lie further back; ask again with it. */
  next_cursor: Type.Optional(Type.String()),
  /** All matches from this page on, where they could be counted; absent: more than are counted. */
  count: Type.Optional(Count),
  /** What was searched: defaults filled in. `start` null: from the beginning. */
  scope: Type.Object({ start: nullable(Time), end: nullable(Time), detections_only: Type.Boolean() }),
  /** Words that are too short or too common to look for. */
  ignored: Type.Array(Type.String()),
});
export type MessagePage = Static<typeof MessagePage>;

const Person = Type.Object({ name: Type.String(), address: Type.String() });
const ResultWord = nullable(Type.String());

export const MessageFinding = Type.Object({
  detection: Type.String(),
  /** Where it was found: family of the finding. */
  field: Type.Enum([...FAMILIES]),
  severity: Type.Enum([...SEVERITIES]),
  /** The sentence, in the reader's language. */
  reason: Type.String(),
  /** The passage it rests on, defanged. */
  detail: Type.String(),
});
export type MessageFinding = Static<typeof MessageFinding>;

export const MessageDetail = Type.Intersect([
  MessageResult,
  Type.Object({
    verdict: nullable(
      Type.Object({
        disposition: Type.Enum([...DISPOSITIONS]),
        score: Type.Number(),
        margin: Type.Number(),
        spam_score: Type.Number(),
        reporter_unit: Type.Number(),
        definitive: Type.Boolean(),
        model: Type.String(),
        engine: Type.String(),
        judged_at: Time,
        coverage_missing: Type.Array(Type.String()),
      }),
    ),
    findings: Type.Array(MessageFinding),
    /** RFC 8601 result words; null where nothing may be believed. */
    validation: Type.Object({
      spf: ResultWord,
      dkim: ResultWord,
      dmarc: ResultWord,
      /** What the sender's domain asks for. */
      dmarc_policy: ResultWord,
      /** Where the words come from. */
      comment: Type.Enum(['trusted_header', 'recomputed', 'none']),
    }),
    sender_info: Type.Object({
      ip: nullable(Type.String()),
      server_name: nullable(Type.String()),
      /** Registrable domain of the sender. */
      pld: nullable(Type.String()),
      /** Nobody is asked about addresses, so nobody knows. */
      as_number: Type.Null(),
      as_name: Type.Null(),
      geo: Type.Null(),
    }),
    recipients: Type.Object({ to: Type.Array(Person), cc: Type.Array(Person) }),
    /** At most 100; `href` is defanged. */
    links: Type.Array(
      Type.Object({ href: Type.String(), host: Type.String(), text: Type.String(), source: Type.String() }),
    ),
    attachments: Type.Array(
      Type.Object({
        filename: Type.String(),
        content_type: Type.String(),
        file_type: Type.String(),
        size: Count,
        encrypted: Type.Boolean(),
        executable: Type.Boolean(),
        macros: Type.Boolean(),
        sha256: Type.String(),
        /** Only while the body is kept. */
        sha1: nullable(Type.String()),
        md5: nullable(Type.String()),
        /** What our verdict says of files like it. */
        detection: nullable(Type.Enum(['executable', 'macros', 'encrypted'])),
      }),
    ),
    mime_structure: Type.String(),
    /** Header fields as written, at most 200; [] without a body. */
    headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    /** Whether the bytes are kept: raw message and preview need them. */
    body: Type.Object({
      kept: Type.Boolean(),
      /** Why not. */
      reason: nullable(Type.Enum(['undetected', 'deleted'])),
      sha256: Type.String(),
      size: Count,
    }),
    /** Who has it, at most 200: seen on delivery, or found by a retraction. */
    copies: Type.Array(
      Type.Object({
        mailbox: Type.String(),
        provider: nullable(Type.Enum([...PROVIDERS])),
        delivery_mode: nullable(Type.String()),
        delivered_at: nullable(Time),
        /** State of its newest retraction, such as `retracted`; null: none has met it. */
        state: nullable(Type.String()),
        retraction_id: nullable(Type.String()),
      }),
    ),
    copies_complete: Type.Boolean(),
    submissions: Type.Array(
      Type.Object({
        id: Type.String(),
        type: Type.Enum(['USER', 'TEAM']),
        status: Type.String(),
        requested_disposition: Type.Enum([...DISPOSITIONS]),
        requested_by: Type.String(),
        requested_at: Time,
      }),
    ),
    retractions: Type.Array(
      Type.Object({
        id: Type.String(),
        cause: Type.String(),
        state: Type.String(),
        preview: Type.Boolean(),
        destination: Type.Enum([...DESTINATIONS]),
        requested_by: Type.String(),
        requested_at: Time,
      }),
    ),
    decisions: Type.Array(
      Type.Object({ disposition: Type.Enum([...DISPOSITIONS]), decided_by: Type.String(), decided_at: Time }),
    ),
  }),
]);
export type MessageDetail = Static<typeof MessageDetail>;

export const ACTION_OPERATIONS = [
  'MOVE',
  'RELEASE',
  'RECLASSIFY',
  'SUBMISSION',
  'QUARANTINE_RELEASE',
  'PREVIEW',
] as const;

export const ActionLog = Type.Object({
  /** Newest first, at most 1,000. */
  items: Type.Array(
    Type.Object({
      completed_at: nullable(Time),
      operation: Type.Enum([...ACTION_OPERATIONS]),
      /** Such as `retracted`, `failed`, `MALICIOUS`. */
      status: Type.String(),
      folder: nullable(Type.String()),
      destination: nullable(Type.String()),
      recipient: nullable(Type.String()),
      requested_by: Type.String(),
      retraction_id: nullable(Type.String()),
      submission_id: nullable(Type.String()),
    }),
  ),
  complete: Type.Boolean(),
});
export type ActionLog = Static<typeof ActionLog>;

const TraceLines = Type.Object({
  lines: Type.Array(Type.Object({ lineno: Count, ts: nullable(Time), message: Type.String() })),
  pending: Type.Boolean(),
});

export const MailTrace = Type.Object({
  /** The way here, oldest first, as the Received fields tell it; only what our own servers wrote can be believed. */
  inbound: TraceLines,
  /** Into the mailboxes, as far as they were seen. */
  outbound: TraceLines,
});
export type MailTrace = Static<typeof MailTrace>;

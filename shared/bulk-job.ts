/** Schemas of bulk jobs: one action over every message a search finds, or over messages that were chosen. */
import Type, { type Static } from 'typebox';
import { SearchParams } from './messages.ts';
import { Comment, Ids } from './reclassify.ts';
import { CHOOSABLE_DESTINATIONS, PROVIDERS } from './retraction.ts';
import { BULK_ACTIONS, BULK_JOB_STATUSES, BULK_MESSAGE_STATUSES } from './vendor-words.ts';
import { DISPOSITIONS } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const strict = { additionalProperties: false };
const Destination = Type.Enum([...CHOOSABLE_DESTINATIONS]);
const Disposition = Type.Enum([...DISPOSITIONS]);

/** What `GET /api/v1/messages` takes. */
const Search = Type.Object(SearchParams, strict);

const Asked = {
  action: Type.Enum([...BULK_ACTIONS]),
  ids: Type.Optional(Ids),
  search_params: Type.Optional(Search),
  /** Of MOVE. */
  destination: Type.Optional(Destination),
  /** Of RECLASSIFY. */
  disposition: Type.Optional(Disposition),
};

export const BulkPreviewRequest = Type.Object(Asked, strict);
export type BulkPreviewRequest = Static<typeof BulkPreviewRequest>;
export const BulkJobRequest = Type.Object({ ...Asked, comment: Type.Optional(Comment) }, strict);
export type BulkJobRequest = Static<typeof BulkJobRequest>;

/** What the job would do, before anybody starts it. */
export const BulkPreview = Type.Object({
  messages: Count,
  /** False: there are more than are counted before a start. */
  complete: Type.Boolean(),
  /** Of these: submissions and exercises, which no job touches. */
  skipped: Count,
  /** Of these: already taken back, which a MOVE leaves as they are and a RELEASE puts back. */
  retracted: Count,
  /** As far as copies have been seen. */
  providers: Type.Array(Type.Object({ provider: Type.Enum([...PROVIDERS]), mailboxes: Count, copies: Count })),
  /** Mailboxes with the most known copies, at most 20. */
  mailboxes: Type.Array(Type.Object({ mailbox: Type.String(), copies: Count })),
});
export type BulkPreview = Static<typeof BulkPreview>;

export const BulkJob = Type.Object({
  job_id: Type.String(),
  action_type: Type.Enum([...BULK_ACTIONS]),
  action_params: Type.Object({ destination: Type.Optional(Destination), disposition: Type.Optional(Disposition) }),
  /** null: the messages were named. */
  search_params: Type.Union([Search, Type.Null()]),
  comment: Type.String(),
  status: Type.Enum([...BULK_JOB_STATUSES]),
  status_message: Type.Union([Type.String(), Type.Null()]),
  created_by: Type.String(),
  created_at: Time,
  started_at: Type.Union([Time, Type.Null()]),
  completed_at: Type.Union([Time, Type.Null()]),
  /** Always the sum of the five below. */
  total_messages_discovered: Count,
  /** Waiting, or under way. */
  messages_pending: Count,
  messages_successful: Count,
  messages_failed: Count,
  messages_skipped: Count,
  messages_cancelled: Count,
  /** The job that this one takes back, and the one that takes this one back. */
  undo_of: Type.Union([Type.String(), Type.Null()]),
  undone_by: Type.Union([Type.String(), Type.Null()]),
  /** There is something that an undo would bring back. */
  undoable: Type.Boolean(),
});
export type BulkJob = Static<typeof BulkJob>;

export const BulkMessage = Type.Object({
  message: Type.String(),
  subject: Type.String(),
  header_from: Type.String(),
  status: Type.Enum([...BULK_MESSAGE_STATUSES]),
  retry_count: Count,
  retry_after: Type.Union([Time, Type.Null()]),
  /** A stable word: why it was skipped or failed, or what it waits for. */
  status_message: Type.Union([Type.String(), Type.Null()]),
  processed_at: Type.Union([Time, Type.Null()]),
  retraction_id: Type.Union([Type.String(), Type.Null()]),
  submission_id: Type.Union([Type.String(), Type.Null()]),
});
export type BulkMessage = Static<typeof BulkMessage>;

export const TERMINAL_JOB_STATUSES = ['COMPLETED', 'FAILED', 'CANCELLED'] as const;

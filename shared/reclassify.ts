/** Schemas of what a team says a mail is, and of giving back what was taken away. */
import Type, { type Static } from 'typebox';
import { CHOOSABLE_DESTINATIONS } from './retraction.ts';
import { DISPOSITIONS } from './verdict.ts';

const strict = { additionalProperties: false };
/** As we make them; nothing else reaches the database. */
const MessageId = Type.String({ maxLength: 64, pattern: '^msg_[A-Za-z0-9_-]{1,60}$' });
const SubmissionId = Type.String({ maxLength: 64, pattern: '^sub_[A-Za-z0-9_-]{1,60}$' });
export const Comment = Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' });

/** Messages of one request that is answered at once; more are a bulk job. */
export const MOST_AT_ONCE = 1_000;
export const Ids = Type.Array(MessageId, { minItems: 1, maxItems: MOST_AT_ONCE, uniqueItems: true });

export const ReclassifyRequest = Type.Object(
  {
    ids: Type.Optional(Ids),
    eml: Type.Optional(Type.String({ minLength: 1, description: 'base64 of the RFC 5322 bytes, instead of `ids`.' })),
    disposition: Type.Enum([...DISPOSITIONS]),
    comment: Type.Optional(Comment),
    escalated_submission_id: Type.Optional(SubmissionId),
    restore: Type.Optional(Type.Boolean({ description: 'Also puts back what was taken away of it.' })),
    destination: Type.Optional(
      Type.Enum([...CHOOSABLE_DESTINATIONS], { description: 'Also takes every copy back to there.' }),
    ),
  },
  strict,
);
export type ReclassifyRequest = Static<typeof ReclassifyRequest>;

/** What became of one message of the request. */
export const ReclassifyResult = Type.Object({
  /** null: uploaded, and not judged yet. */
  message: Type.Union([Type.String(), Type.Null()]),
  success: Type.Boolean(),
  /** The team's submission that says it. */
  submission_id: Type.Optional(Type.String()),
  /** What is moved or put back in the same step. */
  retraction_id: Type.Optional(Type.String()),
  /** Why it was not done: a stable word. */
  reason: Type.Optional(Type.String()),
  /** It was said, and yet nothing was moved or put back: a stable word. */
  move_refused: Type.Optional(Type.String()),
});
export type ReclassifyResult = Static<typeof ReclassifyResult>;
export const ReclassifyAnswer = Type.Object({ items: Type.Array(ReclassifyResult) });
export type ReclassifyAnswer = Static<typeof ReclassifyAnswer>;

export const ReleaseRequest = Type.Object({ ids: Ids, comment: Type.Optional(Comment) }, strict);
export type ReleaseRequest = Static<typeof ReleaseRequest>;

/** Mailboxes, at most 1,000 of each; asking again says how far it is. */
export const ReleaseResult = Type.Object({
  id: Type.String(),
  retraction_id: Type.Optional(Type.String()),
  /** Put back. */
  delivered: Type.Array(Type.String()),
  /** On their way back. */
  undelivered: Type.Array(Type.String()),
  /** Cannot be put back: deleted by their owner or for good, or refused by the provider. */
  failed: Type.Array(Type.String()),
  /** Why nothing was done: a stable word such as `nothing_to_restore`. */
  reason: Type.Optional(Type.String()),
});
export type ReleaseResult = Static<typeof ReleaseResult>;
export const ReleaseAnswer = Type.Object({ items: Type.Array(ReleaseResult) });
export type ReleaseAnswer = Static<typeof ReleaseAnswer>;

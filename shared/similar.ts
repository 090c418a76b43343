/** What `GET /api/v1/messages/{id}/similar` answers: mail of the same kind among what was judged and, on request, in the mailboxes. */
import Type, { type Static } from 'typebox';
import { PROVIDERS } from './retraction.ts';
import { DISPOSITIONS } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** One judged mail that is near. */
export const SimilarMessage = Type.Object({
  /** For `/messages/{id}/...` again. */
  id: Type.String(),
  subject: Type.String(),
  header_from: Type.String(),
  internet_message_id: nullable(Type.String()),
  /** When it was first reported. */
  first_seen_at: Time,
  /** 0 to 1: how much of the text is the same (estimated Jaccard index of runs of five words). Likeness alone moves nothing. */
  similarity: Type.Number({ minimum: 0, maximum: 1 }),
  /** Equal but for what is personal to its recipient: what a retraction of scope `campaign` would take. */
  same_campaign: Type.Boolean(),
  disposition: nullable(Type.Enum([...DISPOSITIONS])),
  score: nullable(Type.Number()),
  /** Reports of this very mail. */
  reports: Count,
  /** The newest of them; null when it was withdrawn. */
  submission_id: nullable(Type.String()),
  retraction_id: nullable(Type.String()),
});
export type SimilarMessage = Static<typeof SimilarMessage>;

/** A mail found live by sender, subject and time; nobody has looked into it. */
export const FoundMail = Type.Object({
  mailbox: Type.String(),
  provider: Type.Enum([...PROVIDERS]),
  provider_message_id: Type.String(),
  internet_message_id: Type.String(),
  subject: Type.String(),
  received_at: nullable(Time),
  is_read: Type.Boolean(),
});
export type FoundMail = Static<typeof FoundMail>;

export const MailboxSearch = Type.Object({
  since: Time,
  until: Time,
  /** One for each connected suite. */
  providers: Type.Array(
    Type.Object({
      provider: Type.Enum([...PROVIDERS]),
      mailboxes: Type.Object({ total: Count, searched: Count, failed: Count }),
      /** Mails found, and in how many mailboxes. */
      found: Count,
      found_in: Count,
      /** False when time ran out, a mailbox did not answer or had too many candidates. */
      complete: Type.Boolean(),
    }),
  ),
  /** Newest first, at most 200. */
  mails: Type.Array(FoundMail),
});
export type MailboxSearch = Static<typeof MailboxSearch>;

export const SimilarMessages = Type.Object({
  /** Same campaign first, then by similarity; at most 100. */
  items: Type.Array(SimilarMessage),
  /** False when there were more candidates than are compared at once. */
  complete: Type.Boolean(),
  /** Only with `?search=mailboxes`. */
  mailboxes: Type.Optional(MailboxSearch),
});
export type SimilarMessages = Static<typeof SimilarMessages>;

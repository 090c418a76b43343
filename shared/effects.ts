/** Schemas of what an analyst is shown before copies move, and of the decisions that follow. */
import Type, { type Static } from 'typebox';
import { CHOOSABLE_DESTINATIONS, DESTINATIONS, PROVIDERS } from './retraction.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const strict = { additionalProperties: false };
/** As we make them; nothing else reaches the database. */
const MESSAGE_ID = 'msg_[A-Za-z0-9_-]{1,60}';
const Token = Type.String({ maxLength: 64, pattern: '^del_[A-Za-z0-9_-]{1,60}$' });
export const MessageIds = Type.String({
  description: 'Ids of judged messages, separated by commas, at most 100.',
  maxLength: 6_500,
  pattern: `^${MESSAGE_ID}(,${MESSAGE_ID}){0,99}$`,
});

/** What a destination means in one provider's mailboxes, and how many copies it would reach there as far as is known. */
export const ProviderEffect = Type.Object({
  provider: Type.Enum([...PROVIDERS]),
  /** False: the provider has no such place; `text` says so. */
  supported: Type.Boolean(),
  undo: Type.Enum(['exact', 'limited', 'none'], { description: 'limited: as long as the provider keeps the copy' }),
  /** Days until the provider deletes the copy by itself; null: never, or unknown. */
  undo_days: Type.Union([Count, Type.Null()]),
  text: Type.String({ description: 'One or two sentences in the language of Accept-Language.' }),
  mailboxes: Type.Object({ with_copies: Count, searched: Count, total: Count }),
  /** Copies that would be moved now. */
  copies: Count,
  /** Of these, copies in protected mailboxes: they move only when a person approves. */
  protected: Count,
});
export type ProviderEffect = Static<typeof ProviderEffect>;

export const Effects = Type.Object({
  destination: Type.Enum([...DESTINATIONS]),
  /** False: it would be refused; `refusal` says why. */
  allowed: Type.Boolean(),
  refusal: Type.Optional(Type.String()),
  mailboxes: Count,
  copies: Count,
  providers: Type.Array(ProviderEffect),
});
export type Effects = Static<typeof Effects>;

export const ApproveRequest = Type.Object(
  { destination: Type.Optional(Type.Enum([...CHOOSABLE_DESTINATIONS])) },
  strict,
);
export type ApproveRequest = Static<typeof ApproveRequest>;

export const MoveRequest = Type.Object(
  {
    ids: Type.Array(Type.String({ maxLength: 64, pattern: `^${MESSAGE_ID}$` }), {
      minItems: 1,
      maxItems: 1_000,
      uniqueItems: true,
      description: 'Ids of judged messages; more are a bulk job.',
    }),
    destination: Type.Enum([...DESTINATIONS], { description: 'Inbox puts back what was taken away.' }),
    // jsonb cannot hold U+0000.
    comment: Type.Optional(Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' })),
    /** Permanent deletion only. */
    confirmation: Type.Optional(Token),
  },
  strict,
);
export type MoveRequest = Static<typeof MoveRequest>;

/** What permanent deletion would destroy. The token is good for one use, by whoever may, until it expires. */
export const PurgeConfirmation = Type.Object({
  token: Type.String(),
  expires_at: Time,
  retraction_id: Type.String(),
  /** Who asked first; with the second-person setting somebody else must confirm. */
  requested_by: Type.String(),
  second_person: Type.Boolean(),
  mailboxes: Count,
  copies: Count,
  providers: Type.Array(
    Type.Object({ provider: Type.Enum([...PROVIDERS]), mailboxes: Count, copies: Count, text: Type.String() }),
  ),
});
export type PurgeConfirmation = Static<typeof PurgeConfirmation>;

export const PurgeRequest = Type.Object({ confirmation: Type.Optional(Token) }, strict);
export type PurgeRequest = Static<typeof PurgeRequest>;

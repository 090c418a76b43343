/** Schemas of delivered mail: which mailboxes are watched, and what becomes of mail that turns out to be bad. */
import Type, { type Static } from 'typebox';
import { PROVIDERS } from './retraction.ts';

const strict = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0 });

export const PdrSettings = Type.Object(
  {
    mode: Type.Enum(['on', 'preview', 'off'], {
      description:
        'on: delivered mail is taken back when its verdict says so. preview: its copies are found and counted, none is moved. off: only an entry in the audit log.',
    }),
  },
  strict,
);
export type PdrSettings = Static<typeof PdrSettings>;

export const WatchSettings = Type.Object(
  {
    mailboxes: Type.Array(
      Type.String({
        pattern: '^(\\*|[^\\s@]{1,64}@[^\\s@]{1,253})$',
        description: 'An address, or * for every mailbox of the directory.',
      }),
      { maxItems: 10_000, uniqueItems: true },
    ),
    every_seconds: Type.Integer({
      minimum: 1,
      maximum: 3_600,
      description: 'How often each mailbox is asked for new mail.',
    }),
    look_back_hours: Type.Integer({
      minimum: 0,
      maximum: 720,
      description: 'How far back a mailbox is read when its watching begins.',
    }),
  },
  strict,
);
export type WatchSettings = Static<typeof WatchSettings>;

export const WatchStatus = Type.Object({
  /** Mailboxes that are watched, and of them those that have been asked at least once. */
  mailboxes: Count,
  begun: Count,
  failing: Type.Array(
    Type.Object({
      mailbox: Type.String(),
      provider: Type.Enum(PROVIDERS),
      reason: Type.String({ description: 'Such as not_authorized, no_mailbox or what the provider answered.' }),
      since: Type.String({ format: 'date-time' }),
    }),
    { description: 'At most 50, the longest failing first.' },
  ),
  /** When a mailbox was last asked with success; null: never. */
  looked_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  /** Mails seen on their delivery in the last 24 hours, and of them the detected ones. */
  seen_today: Count,
  detected_today: Count,
  /** A look at stored mail because a list, the model or a case has changed. */
  sweep: Type.Union([
    Type.Object({
      reason: Type.Enum(['model', 'lists', 'case']),
      begun_at: Type.String({ format: 'date-time' }),
      ended_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      looked_at: Count,
      changed: Count,
    }),
    Type.Null(),
  ]),
});
export type WatchStatus = Static<typeof WatchStatus>;

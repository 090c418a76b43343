/** Schemas of mail to people: what is told to whom, and how the sending goes. */
import Type, { type Static } from 'typebox';
import { LANGUAGES } from './i18n/language.ts';

export const MAIL_KINDS = [
  'team_verdict',
  'user_verdict',
  'mail_removed',
  'mail_restored',
  'invalid_submission',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

const strict = { additionalProperties: false };

export const NotificationSettings = Type.Object(
  {
    from_name: Type.String({
      maxLength: 80,
      pattern: '^[^\\r\\n\\u0000-\\u001f]*$',
      description: 'The name before the address that answers come from; empty: the name of REELBACK_MAIL_FROM.',
    }),
    language: Type.Enum([...LANGUAGES], { description: 'For people of whom no language is known.' }),
    team_verdict: Type.Boolean({ description: 'The sender of a team submission learns the verdict.' }),
    user_verdicts: Type.Object(
      {
        MALICIOUS: Type.Boolean(),
        SUSPICIOUS: Type.Boolean(),
        SPOOF: Type.Boolean(),
        SPAM: Type.Boolean(),
        BULK: Type.Boolean(),
        NONE: Type.Boolean(),
      },
      { ...strict, description: 'Reporters learn verdicts of these classes by mail, beside the pane.' },
    ),
    mail_removed: Type.Boolean({ description: 'Whoever had a copy that was retracted is told.' }),
    mail_restored: Type.Boolean({ description: 'Whoever got a copy back is told.' }),
    invalid_submission: Type.Boolean({ description: 'Who sent a report that cannot be judged is told why.' }),
  },
  strict,
);
export type NotificationSettings = Static<typeof NotificationSettings>;

/** Who may report for the team by mail. */
export const IntakeSettings = Type.Object(
  {
    team_members: Type.Array(Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\s@<>]+@[^\\s@<>]+$' }), {
      maxItems: 1_000,
      description: 'Addresses of people and groups; empty: everybody of the organisation.',
    }),
  },
  strict,
);
export type IntakeSettings = Static<typeof IntakeSettings>;

const Time = Type.String({ format: 'date-time' });

export const MailStanding = Type.Object({
  /** false: REELBACK_MAIL_URL is not set, and nothing is ever sent. */
  configured: Type.Boolean(),
  /** The address answers come from; null while nothing is sent. */
  from: Type.Union([Type.String(), Type.Null()]),
  waiting: Type.Integer({ minimum: 0 }),
  /** What the mail server said last, while something waits because of it. */
  trouble: Type.Union([Type.String(), Type.Null()]),
  last_sent_at: Type.Union([Time, Type.Null()]),
  /** Given up, newest first, at most 20. */
  failed: Type.Array(
    Type.Object({ recipient: Type.String(), kind: Type.Enum([...MAIL_KINDS]), failed_at: Time, error: Type.String() }),
  ),
  /** Where mail comes in; null: off. */
  intake: Type.Union([
    Type.Object({
      address: Type.String({ description: 'account@domain of the service addresses' }),
      examples: Type.Array(Type.String()),
    }),
    Type.Null(),
  ]),
});
export type MailStanding = Static<typeof MailStanding>;

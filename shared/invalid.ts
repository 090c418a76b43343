/** Reports that could not be judged: why, how they are listed, and how an analyst repairs one. */
import Type, { type Static } from 'typebox';
import { DISPOSITIONS } from './verdict.ts';

/**
 * Every reason has a title and a way out in i18n/invalid-words.ts. The first group is about the mail that came, the second
 * about who sent it, the third about what was found later.
 */
export const INVALID_REASONS = [
  'no_eml',
  'wrong_extension',
  'outlook_msg',
  'several_messages',
  'unreadable',
  'too_large',
  'wrong_alias',
  'unknown_tenant',
  'sender_not_verified',
  'reporter_not_allowed',
  'team_not_allowed',
  'mailbox_not_allowed',
  'no_original',
  'analysis_failed',
] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

export const CHANNELS = ['add_in', 'mail', 'dashboard'] as const;
export type Channel = (typeof CHANNELS)[number];

const Time = Type.String({ format: 'date-time' });

export const InvalidSubmission = Type.Object({
  id: Type.String(),
  submission_type: Type.Enum(['USER', 'TEAM']),
  status: Type.Literal('invalid'),
  requested_disposition: Type.Enum([...DISPOSITIONS]),
  requested_at: Time,
  requested_by: Type.String(),
  subject: Type.String(),
  header_from: Type.String(),
  channel: Type.Enum([...CHANNELS]),
  invalid_reason: Type.Enum([...INVALID_REASONS]),
  /** Of what came and is kept, in bytes; null: nothing is kept. */
  kept_bytes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
});
export type InvalidSubmission = Static<typeof InvalidSubmission>;

export const InvalidRepair = Type.Object(
  { eml: Type.String({ minLength: 4, description: 'base64 of the RFC 5322 bytes of the reported mail' }) },
  { additionalProperties: false },
);
export type InvalidRepair = Static<typeof InvalidRepair>;

/**
 * Rows of the log exports and webhooks, with the field names of Cloudflare's `email_security_alerts` and
 * `email_security_post_delivery_events`, so that existing parsers read them. What is not known is '' (or `unset`, `none`).
 * @see https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/account/email_security_alerts/
 */
import Type, { type Static } from 'typebox';
import {
  LOG_DELIVERY_MODES,
  LOG_DISPOSITIONS,
  LOG_DKIM,
  LOG_DMARC,
  LOG_DMARC_POLICIES,
  LOG_OPERATIONS,
  LOG_ORIGINS,
  LOG_SPF,
} from './log-words.ts';

const Time = Type.String({ format: 'date-time' });

export const AlertRow = Type.Object({
  AlertID: Type.String(),
  AlertReasons: Type.Array(Type.String()),
  Attachments: Type.Array(
    Type.Object({
      Md5: Type.String(),
      Sha1: Type.String(),
      Sha256: Type.String(),
      Ssdeep: Type.String(),
      Name: Type.String(),
      ContentTypeProvided: Type.String(),
      ContentTypeComputed: Type.String(),
      Encrypted: Type.Boolean(),
      Decrypted: Type.Boolean(),
    }),
  ),
  BCC: Type.String(),
  CC: Type.String(),
  CCName: Type.String(),
  DKIMResult: Type.Enum([...LOG_DKIM]),
  DMARCPolicy: Type.Enum([...LOG_DMARC_POLICIES]),
  DMARCResult: Type.Enum([...LOG_DMARC]),
  FinalDisposition: Type.Enum([...LOG_DISPOSITIONS]),
  From: Type.String(),
  FromName: Type.String(),
  /** At most 100, defanged. */
  Links: Type.Array(Type.String(), { maxItems: 100 }),
  MessageDeliveryMode: Type.Enum([...LOG_DELIVERY_MODES]),
  MessageID: Type.String(),
  Origin: Type.Enum([...LOG_ORIGINS]),
  OriginalSender: Type.String(),
  ReplyTo: Type.String(),
  ReplyToName: Type.String(),
  SMTPEnvelopeFrom: Type.String(),
  SMTPEnvelopeTo: Type.Array(Type.String()),
  SMTPHeloServerIP: Type.String(),
  SMTPHeloServerIPAsName: Type.String(),
  SMTPHeloServerIPAsNumber: Type.String(),
  SMTPHeloServerIPGeo: Type.String(),
  SMTPHeloServerName: Type.String(),
  SPFResult: Type.Enum([...LOG_SPF]),
  Subject: Type.String(),
  ThreatCategories: Type.Array(Type.String()),
  Timestamp: Time,
  To: Type.String(),
  ToName: Type.String(),
});
export type AlertRow = Static<typeof AlertRow>;

/** One mailbox each: what was moved, put back or reported there. */
export const PostDeliveryRow = Type.Object({
  AlertID: Type.String(),
  CompletedAt: Time,
  /** As it was asked for, such as Quarantine; '' for a submission. */
  Destination: Type.String(),
  FinalDisposition: Type.Enum([...LOG_DISPOSITIONS]),
  /** Where it lies now, as the provider names it; '' without success. */
  Folder: Type.String(),
  From: Type.String(),
  FromName: Type.String(),
  MessageID: Type.String(),
  MessageTimestamp: Time,
  MicrosoftTenantID: Type.String(),
  Operation: Type.Enum([...LOG_OPERATIONS]),
  PostfixID: Type.String(),
  Reasons: Type.Array(Type.String()),
  Recipient: Type.String(),
  RequestedAt: Time,
  RequestedBy: Type.String(),
  /** Of a submission; else `unset`. */
  RequestedDisposition: Type.Enum([...LOG_DISPOSITIONS]),
  /** `OK`, or why not. */
  Status: Type.String(),
  Subject: Type.String(),
  Success: Type.Boolean(),
  To: Type.Array(Type.String()),
  // Ours.
  outcome: Type.String(),
  mode: Type.Enum(['auto', 'manual']),
  provider: Type.String(),
  job_id: Type.String(),
  report_id: Type.String(),
  generation: Type.Integer(),
  attempt: Type.Integer(),
  folder_before: Type.String(),
  folder_after: Type.String(),
  is_read_before: Type.Boolean(),
  request_id: Type.String(),
  error_code: Type.String(),
});
export type PostDeliveryRow = Static<typeof PostDeliveryRow>;

export const LOG_DATASETS = {
  alerts: 'email_security_alerts',
  'post-delivery': 'email_security_post_delivery_events',
} as const;
export type LogDataset = keyof typeof LOG_DATASETS;

/** Targets that are told of alerts and of what was moved, as the HTTP API takes and gives them. */
import Type, { type Static } from 'typebox';
import { LANGUAGES } from './i18n/language.ts';

const Time = Type.String({ format: 'date-time' });
const strict = { additionalProperties: false };
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const WEBHOOK_FORMATS = ['json', 'slack', 'teams', 'splunk'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];
/** A chat takes alerts only: one line a mailbox would bury it. */
export const WEBHOOK_EVENTS = ['alerts', 'post_delivery'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
export const ALERTED_DISPOSITIONS = ['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const;

const fields = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  url: Type.String({ minLength: 8, maxLength: 2000, description: 'https; no redirect is followed' }),
  format: Type.Enum([...WEBHOOK_FORMATS]),
  events: Type.Array(Type.Enum([...WEBHOOK_EVENTS]), { minItems: 1, maxItems: 2, uniqueItems: true }),
  /** Alerts of these verdicts. */
  dispositions: Type.Array(Type.Enum([...ALERTED_DISPOSITIONS]), { minItems: 1, maxItems: 5, uniqueItems: true }),
  /** Of what a chat shows. */
  language: Type.Enum([...LANGUAGES]),
  enabled: Type.Boolean(),
};

export const Webhook = Type.Object({
  id: Type.String(),
  ...fields,
  /** Whether a token of Splunk's HTTP Event Collector is stored; it is never shown. */
  has_token: Type.Boolean(),
  created_by: Type.String(),
  created_at: Time,
  /** Events that wait for this target, counted to 10,000. */
  waiting: Type.Integer({ minimum: 0 }),
  /** Events that were given up after a day of trying, in the last seven days. */
  given_up: Type.Integer({ minimum: 0 }),
  last_delivered_at: nullable(Time),
  /** Since when it has been failing; null: it works, or was never tried. */
  failing_since: nullable(Time),
  last_error: nullable(Type.String()),
});
export type Webhook = Static<typeof Webhook>;

export const NewWebhook = Type.Object(
  {
    name: fields.name,
    url: fields.url,
    format: fields.format,
    events: Type.Optional(fields.events),
    dispositions: Type.Optional(fields.dispositions),
    language: Type.Optional(fields.language),
    enabled: Type.Optional(fields.enabled),
    /** Of Splunk's HTTP Event Collector. */
    token: Type.Optional(Type.String({ maxLength: 500, pattern: '^[\\x21-\\x7e]*$' })),
  },
  strict,
);
export type NewWebhook = Static<typeof NewWebhook>;

/** What is given replaces what was; the rest stays. */
export const WebhookChange = Type.Partial(NewWebhook);
export type WebhookChange = Static<typeof WebhookChange>;

/** The key is shown this once. */
export const WebhookWithSecret = Type.Intersect([Webhook, Type.Object({ secret: Type.String() })]);
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

/** What the target answered to a test. */
export const WebhookTest = Type.Object({
  delivered: Type.Boolean(),
  /** null: no answer came. */
  status: nullable(Type.Integer()),
  error: nullable(Type.String()),
});
export type WebhookTest = Static<typeof WebhookTest>;

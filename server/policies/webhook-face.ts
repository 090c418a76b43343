import type { NewWebhook, Webhook, WebhookChange, WebhookTest, WebhookWithSecret } from '../../shared/webhook.ts';

/** Targets of alerts, as the doors ask for them. Implemented by webhooks.ts. */
export interface Webhooks {
  list(): Promise<Webhook[]>;
  get(id: string): Promise<Webhook | null>;
  /** @throws PermanentError `invalid_webhook` (says what is accepted) */
  add(webhook: NewWebhook, actor: string): Promise<WebhookWithSecret>;
  /** @returns null when there is none. @throws PermanentError as add does */
  change(id: string, change: WebhookChange, actor: string): Promise<Webhook | null>;
  /** What was signed with the old key before is not signed anew. */
  rotate(id: string, actor: string): Promise<WebhookWithSecret | null>;
  remove(id: string, actor: string): Promise<boolean>;
  /** One event that says it is a test, now, and what the target answered. */
  test(id: string, actor: string): Promise<WebhookTest | null>;
}

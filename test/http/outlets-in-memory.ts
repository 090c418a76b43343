import type { Exports } from '../../server/investigation/export-face.ts';
import type { Webhooks } from '../../server/policies/webhook-face.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { NewWebhook, Webhook, WebhookChange } from '../../shared/webhook.ts';

/** Webhooks in memory, which deliver nothing; `http://` is refused. */
export class WebhooksInMemory implements Webhooks {
  readonly all: Webhook[] = [];
  async list() {
    return this.all;
  }
  async get(id: string) {
    return this.all.find((one) => one.id === id) ?? null;
  }
  async add({ token, ...draft }: NewWebhook, actor: string) {
    if (!draft.url.startsWith('https:'))
      throw new PermanentError('invalid_webhook', 'The address must begin with https://.');
    const webhook: Webhook = {
      id: `whk_${this.all.length + 1}`,
      events: ['alerts'],
      dispositions: ['MALICIOUS', 'SUSPICIOUS', 'SPOOF'],
      language: 'en',
      enabled: true,
      ...draft,
      has_token: token !== undefined,
      created_by: actor,
      created_at: '2026-08-01T09:00:00Z',
      waiting: 0,
      given_up: 0,
      last_delivered_at: null,
      failing_since: null,
      last_error: null,
    };
    this.all.push(webhook);
    return { ...webhook, secret: 'whs_shown-once' };
  }
  async change(id: string, { token: _, ...change }: WebhookChange) {
    const found = await this.get(id);
    return found && Object.assign(found, change);
  }
  async rotate(id: string) {
    const found = await this.get(id);
    return found && { ...found, secret: 'whs_another' };
  }
  async remove(id: string) {
    const at = this.all.findIndex((one) => one.id === id);
    return at !== -1 && this.all.splice(at, 1).length === 1;
  }
  async test(id: string) {
    return (await this.get(id)) && { delivered: false, status: 404, error: 'http_404' };
  }
}

export class ExportsInMemory implements Exports {
  async log() {
    return (async function* () {
      yield '{"AlertID":"1"}\n';
    })();
  }
  async bundle(_of: string, id: string) {
    return id.endsWith('none') ? null : { name: `reelback-${id}.zip`, zip: Buffer.from('PK') };
  }
}

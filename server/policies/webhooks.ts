import { randomBytes } from 'node:crypto';
import { PermanentError } from '../../shared/errors.ts';
import type { NewWebhook, Webhook } from '../../shared/webhook.ts';
import { isNamedHost } from '../lookups/guarded-connection.ts';
import { type BodyContext, webhookBody } from '../notify/webhook-body.ts';
import { type Post, send } from '../notify/webhook-sender.ts';
import { audit } from '../store/audit.ts';
import type { Db, Store } from '../store/database.ts';
import {
  deleteWebhook,
  insertWebhook,
  updateWebhook,
  type WebhookState,
  webhookById,
  webhooksOf,
} from '../store/webhooks.ts';
import type { Webhooks } from './webhook-face.ts';

export interface WebhooksWorld {
  tenant: string;
  store: Store;
  post: Post;
  context(): Promise<BodyContext>;
  /** REELBACK_WEBHOOK_PRIVATE: targets in this network, in plain http too. */
  anywhere: boolean;
  now(): Date;
  randomId(prefix: string): string;
}

/** More would be a distribution list. */
const MOST_WEBHOOKS = 50;

export function openWebhooks(world: WebhooksWorld): Webhooks {
  const { store, tenant } = world;
  /** The host is what people recognise; the rest of an address is often its password. */
  const told = (trx: Db, what: string, actor: string, id: string, url: string, detail: object = {}) =>
    audit(trx, {
      tenant,
      actor,
      action: `webhook.${what}`,
      subjectId: id,
      detail: { host: new URL(url).hostname, ...detail },
    });
  const stateOf = (db: Db, id: string) => webhookById(db, tenant, id, world.now());

  return {
    list: async () => (await webhooksOf(store.db, tenant, world.now())).map(viewOf),
    get: async (id) => {
      const found = await stateOf(store.db, id);
      return found && viewOf(found);
    },
    add: (draft, actor) =>
      store.inTransaction(async (trx) => {
        const checked = checkedWebhook(draft, world.anywhere);
        if ((await webhooksOf(trx, tenant, world.now())).length >= MOST_WEBHOOKS)
          throw refused(`There are ${MOST_WEBHOOKS} webhooks already.`);
        const id = world.randomId('whk');
        const secret = newSecret();
        await insertWebhook(trx, {
          id,
          tenant,
          ...checked,
          secret,
          created_by: actor,
          created_at: world.now(),
        });
        await told(trx, 'added', actor, id, checked.url, { format: checked.format, events: checked.events });
        return { ...viewOf((await stateOf(trx, id))!), secret };
      }),
    change: (id, change, actor) =>
      store.inTransaction(async (trx) => {
        const standing = await stateOf(trx, id);
        if (!standing) return null;
        // A token belongs to the target it was given for: to another one it is not sent.
        const keep = change.url === undefined || sameHost(change.url, standing.url);
        const draft = { ...draftOf(standing), ...(keep ? {} : { token: '' }), ...change };
        const checked = checkedWebhook(draft, world.anywhere);
        await updateWebhook(trx, { id, ...checked, secret: standing.secret });
        await told(trx, 'changed', actor, id, checked.url, { fields: Object.keys(change) });
        return viewOf((await stateOf(trx, id))!);
      }),
    rotate: (id, actor) =>
      store.inTransaction(async (trx) => {
        const standing = await stateOf(trx, id);
        if (!standing) return null;
        const secret = newSecret();
        await updateWebhook(trx, { ...standing, secret });
        await told(trx, 'rotated', actor, id, standing.url);
        return { ...viewOf((await stateOf(trx, id))!), secret };
      }),
    remove: (id, actor) =>
      store.inTransaction(async (trx) => {
        const standing = await stateOf(trx, id);
        if (!standing || !(await deleteWebhook(trx, tenant, id))) return false;
        await told(trx, 'removed', actor, id, standing.url);
        return true;
      }),
    test: async (id, actor) => {
      const standing = await stateOf(store.db, id);
      if (!standing) return null;
      await store.inTransaction((trx) => told(trx, 'tested', actor, id, standing.url));
      const body = webhookBody(standing, null, await world.context(), world.now());
      const { status, error } = await send(world, standing, body, world.randomId('whd'));
      return { delivered: error === null, status, error };
    },
  };
}

const newSecret = () => `whs_${randomBytes(32).toString('base64url')}`;

const draftOf = ({
  name,
  url,
  format,
  events,
  dispositions,
  language,
  enabled,
  token,
}: WebhookState): Required<NewWebhook> => ({
  name,
  url,
  format,
  events,
  dispositions: dispositions as Required<NewWebhook>['dispositions'],
  language,
  enabled,
  token,
});

/** @throws PermanentError `invalid_webhook` */
function checkedWebhook(draft: NewWebhook, anywhere: boolean): Required<NewWebhook> {
  const { format } = draft;
  const chat = format === 'slack' || format === 'teams';
  const events = draft.events ?? (chat ? ['alerts'] : ['alerts', 'post_delivery']);
  const dispositions = draft.dispositions ?? ['MALICIOUS', 'SUSPICIOUS', 'SPOOF'];
  if (chat && events.includes('post_delivery'))
    throw refused('A chat takes alerts only: one line a mailbox would bury it. Choose JSON or Splunk for the rest.');
  const token = draft.token ?? '';
  if (token !== '' && format !== 'splunk') throw refused('Only Splunk takes a token.');
  return {
    name: draft.name.trim() || draft.format,
    url: checkedUrl(draft.url, anywhere),
    format,
    events: [...events],
    dispositions: [...dispositions],
    language: draft.language ?? 'en',
    enabled: draft.enabled ?? true,
    token,
  };
}

function checkedUrl(text: string, anywhere: boolean): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null) throw refused('The address is not a full one, such as https://hooks.example.com/services/1.');
  if (url.protocol !== 'https:' && !(anywhere && url.protocol === 'http:'))
    throw refused('The address must begin with https://.');
  if (url.username !== '' || url.password !== '') throw refused('The address must not carry a name or a password.');
  // Numbers are judged when they are connected to, as names are.
  if (!anywhere && !isNamedHost(url.hostname.replace(/\.$/, '')))
    throw refused(
      'The address must name a host of the internet. For one of your own network the server has to be started with REELBACK_WEBHOOK_PRIVATE=1.',
    );
  url.hash = '';
  return url.href;
}

const sameHost = (a: string, b: string) => URL.canParse(a) && new URL(a).host === new URL(b).host;

const refused = (text: string) => new PermanentError('invalid_webhook', text);

function viewOf(w: WebhookState): Webhook {
  return {
    id: w.id,
    name: w.name,
    url: w.url,
    format: w.format,
    events: w.events,
    dispositions: w.dispositions as Webhook['dispositions'],
    language: w.language,
    enabled: w.enabled,
    has_token: w.token !== '',
    created_by: w.created_by,
    created_at: w.created_at.toISOString(),
    waiting: w.waiting,
    given_up: w.given_up,
    last_delivered_at: w.last_delivered_at?.toISOString() ?? null,
    failing_since: w.failing_since?.toISOString() ?? null,
    last_error: w.last_error,
  };
}

/** What leaves the house to other programs: webhooks, and the names that their lines are written with. */
import type { Configuration } from './configuration.ts';
import { dnsResolve } from './lookups/dns.ts';
import { guardedPost } from './lookups/guarded-post.ts';
import { isStrangersAddress } from './lookups/public-address.ts';
import type { BodyContext } from './notify/webhook-body.ts';
import { createWebhookSender, type SenderWorld, type WebhookSender } from './notify/webhook-sender.ts';
import type { Webhooks } from './policies/webhook-face.ts';
import { openWebhooks } from './policies/webhooks.ts';
import type { Changes } from './store/changes.ts';
import type { Store } from './store/database.ts';

export interface Outlets {
  webhooks: Webhooks;
  sender: WebhookSender;
  context(): Promise<BodyContext>;
}

export interface OutletsWorld {
  tenant: string;
  store: Store;
  changes: Changes;
  ownDomains(): Promise<string[]>;
  now(): Date;
  randomId(prefix: string): string;
  log: SenderWorld['log'];
}

export function openOutlets(configuration: Configuration, world: OutletsWorld): Outlets {
  const { dns, webhookPrivate, microsoft, publicUrl } = configuration;
  const post = guardedPost({
    // An administrator has named the target: it is looked up also where nothing of a mail is.
    resolve: dnsResolve({ servers: Array.isArray(dns) ? dns : undefined }),
    isAllowed: isStrangersAddress,
    anywhere: webhookPrivate,
  });
  const context = async () => ({
    ownDomains: await world.ownDomains(),
    microsoftTenantId: microsoft[0]?.tenantId ?? '',
    publicUrl,
  });
  return {
    webhooks: openWebhooks({ ...world, post, context, anywhere: webhookPrivate }),
    sender: createWebhookSender({ ...world, post, context }),
    context,
  };
}

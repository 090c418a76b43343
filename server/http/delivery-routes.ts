/** How the watching of mailboxes goes, beside its setting. */
import { WatchStatus } from '../../shared/delivery.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';

export function deliveryRoutes(app: App, { deliveries }: HttpDeps): void {
  app.get(
    '/watching',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'get_watching',
        tags: ['settings'],
        summary: 'Watched mailboxes, those that cannot be read and why, and what delivered mail has been seen',
        response: { 200: WatchStatus },
      },
    },
    () => deliveries.watching(),
  );
}

/** How far this server is set up. */
import { Setup } from '../../shared/setup.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';

export function setupRoutes(app: App, { setups }: HttpDeps): void {
  app.get(
    '/setup',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'setup',
        tags: ['settings'],
        summary: 'What is done of the first hour, told from what is there',
        response: { 200: Setup },
      },
    },
    () => setups.setup(),
  );
}

/** The organisation's logo, for both panes and their hosts. */
import { pictureOf } from '../policies/checked-branding.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

export function brandRoutes(app: App, { settings }: HttpDeps): void {
  // Its address changes with the picture: a browser may keep it.
  app.get(
    '/addins/brand/logo',
    { config: { access: { open: true } }, schema: { hide: true } },
    async (_request, reply) => {
      const { logo } = await settings.get('branding');
      if (logo === null) throw notFound();
      const { type, bytes } = pictureOf(logo);
      return reply.header('cache-control', 'public, max-age=86400').type(type).send(bytes);
    },
  );
}

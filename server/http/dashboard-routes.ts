/** The dashboard's page and bundle. Its screens have addresses of their own, all answered with the one page. */
import type { App } from './app.ts';
import type { HttpOptions } from './options.ts';
import { sendBuiltFile } from './static-files.ts';

const open = { config: { access: { open: true } }, schema: { hide: true } } as const;

export function dashboardRoutes(app: App, { folders }: HttpOptions): void {
  for (const from of ['/', '/dashboard'])
    app.get(from, open, async (_request, reply) => reply.redirect('/dashboard/', 302));

  app.get<{ Params: { '*': string } }>('/dashboard/*', open, (request, reply) => {
    const path = request.params['*'];
    const isScreen = !/\.[a-z0-9]+$/.test(path);
    return sendBuiltFile(request, reply, folders.dashboard, isScreen ? 'index.html' : path);
  });
}

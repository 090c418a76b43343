/** What the Gmail add-on points people and Google to: its logo, and the page about what happens with a report. */
import type { App } from './app.ts';
import type { HttpOptions } from './options.ts';
import { notFound } from './problem.ts';
import { sendBuiltFile } from './static-files.ts';

const open = { config: { access: { open: true } }, schema: { hide: true } } as const;

/** The same files as Outlook's, which is not there where only a Workspace is connected. */
export function gmailRoutes(app: App, { folders }: HttpOptions): void {
  app.get<{ Params: { '*': string } }>('/addins/gmail/*', open, (request, reply) => {
    const path = request.params['*'];
    if (!/^(about\.html|pane\.css|icons\/icon-\d+\.png)$/.test(path)) throw notFound();
    return sendBuiltFile(request, reply, folders.outlookAddin, path);
  });
}

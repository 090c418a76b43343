/** Mail of the same kind as a judged one. */
import Type from 'typebox';
import { SimilarMessages } from '../../shared/similar.ts';
import type { App } from './app.ts';
import { IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

export function similarRoutes(app: App, { investigations }: HttpDeps): void {
  app.get(
    '/messages/:id/similar',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'similarMessages',
        tags: ['dashboard'],
        summary: 'Judged mails that are like one, same campaign first',
        description:
          'With `search=mailboxes` also mails in the mailboxes of every suite by sender, subject and time, looked for now: ' +
          'that takes up to ten seconds.',
        params: IdParams,
        querystring: Type.Object({ search: Type.Optional(Type.Enum(['mailboxes'])) }),
        response: { 200: SimilarMessages },
      },
    },
    async (request) => {
      const searchMailboxes = request.query.search === 'mailboxes';
      const found = await investigations.similar(request.params.id, { searchMailboxes });
      if (!found) throw notFound();
      return found;
    },
  );
}

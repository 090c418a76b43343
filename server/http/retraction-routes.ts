/** Retractions for the dashboard: what was taken back from where, and the three decisions about it. */
import Type from 'typebox';
import { Page, RetractionCopy, RetractionView } from '../../shared/api.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { IdParams, PageQuery, pageOf } from './lists.ts';
import { maskRetraction } from './mask.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

const DECISIONS = {
  approve: 'Let a held retraction run',
  cancel: 'Stop what has not happened; what has stays',
  restore: 'Put every copy back where it was',
} as const;

export function retractionRoutes(app: App, { retractions }: HttpDeps): void {
  app.get(
    '/retractions',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'retractions',
        tags: ['dashboard'],
        summary: 'Retractions, newest first',
        querystring: Type.Object(PageQuery),
        response: { 200: Page(RetractionView) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await pageOf(limit, (bounded) => retractions.list({ cursor, limit: bounded }));
      return seesContent(request.actor!.role) ? page : { ...page, items: page.items.map(maskRetraction) };
    },
  );

  app.get(
    '/retractions/:id',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'retraction',
        tags: ['dashboard'],
        summary: 'One retraction',
        params: IdParams,
        response: { 200: RetractionView },
      },
    },
    async (request) => {
      const view = await retractions.get(request.params.id);
      if (!view) throw notFound();
      return view;
    },
  );

  app.get(
    '/retractions/:id/copies',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'retractionCopies',
        tags: ['dashboard'],
        summary: 'Its copies, mailbox by mailbox',
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: Page(RetractionCopy) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await pageOf(limit, (bounded) => retractions.copies(request.params.id, { cursor, limit: bounded }));
      if (!page) throw notFound();
      return page;
    },
  );

  for (const decision of ['approve', 'cancel', 'restore'] as const) {
    app.post(
      `/retractions/:id/${decision}`,
      {
        config: { access: { role: 'soc_analyst' } },
        schema: {
          operationId: decision,
          tags: ['dashboard'],
          summary: DECISIONS[decision],
          params: IdParams,
          response: { 200: RetractionView },
        },
      },
      async (request) => {
        const view = await retractions[decision](request.params.id, request.actor!);
        if (!view) throw notFound();
        return view;
      },
    );
  }
}

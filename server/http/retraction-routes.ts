/** Retractions for the dashboard: what was taken back from where, and the three decisions about it. */
import Type from 'typebox';
import { Page, RetractionCopy, RetractionView } from '../../shared/api.ts';
import { ApproveRequest, Effects } from '../../shared/effects.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import { DESTINATIONS } from '../../shared/retraction.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { bodyIsOptional, IdParams, PageQuery, pageOf } from './lists.ts';
import { maskRetraction } from './mask.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

const DECISIONS = {
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

  app.get(
    '/retractions/:id/effects',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'retractionEffects',
        tags: ['dashboard'],
        summary: 'What a decision would do in each suite: how many copies, and what the destination means there',
        params: IdParams,
        querystring: Type.Object({
          destination: Type.Optional(Type.Enum([...DESTINATIONS], { description: 'Default: its own.' })),
        }),
        response: { 200: Effects },
      },
    },
    async (request) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const effects = await retractions.effects(request.params.id, request.query.destination ?? null, language);
      if (!effects) throw notFound();
      return effects;
    },
  );

  app.post(
    '/retractions/:id/approve',
    {
      preValidation: bodyIsOptional,
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'approve',
        tags: ['dashboard'],
        summary:
          'Let a held retraction run, or make a preview the real thing; another destination while nothing has moved',
        params: IdParams,
        body: ApproveRequest,
        response: { 200: RetractionView },
      },
    },
    async (request) => {
      const view = await retractions.approve(request.params.id, request.actor!, {
        ...request.body,
        language: languageOf(request.headers['accept-language'] ?? ''),
      });
      if (!view) throw notFound();
      return view;
    },
  );

  for (const decision of ['cancel', 'restore'] as const) {
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

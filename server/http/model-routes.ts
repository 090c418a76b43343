/** The model that judges: its card, its versions, what it could learn from, and the three things a person may do. */
import { ModelView, PromoteRequest } from '../../shared/model.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

export function modelRoutes(app: App, { models }: HttpDeps): void {
  app.get(
    '/model',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'model',
        tags: ['settings'],
        summary: 'The model that judges: card, versions, learning queue, drift',
        response: { 200: ModelView },
      },
    },
    () => models.view(),
  );

  app.post(
    '/model/retrain',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'retrain',
        tags: ['settings'],
        summary: 'Trains a version on the labels of now, in the background, and measures it beside what judges',
        response: { 202: ModelView },
      },
    },
    async (request, reply) => reply.code(202).send(await models.retrain(request.actor!.id)),
  );

  app.post(
    '/model/promote',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'promote',
        tags: ['settings'],
        summary: 'Lets a version judge that was measured and found better',
        body: PromoteRequest,
        response: { 200: ModelView },
      },
    },
    async (request) => {
      const view = await models.promote(request.body.version, request.actor!.id);
      if (!view) throw notFound();
      return view;
    },
  );

  app.post(
    '/model/rollback',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'rollback',
        tags: ['settings'],
        summary: 'What judged before judges again',
        response: { 200: ModelView },
      },
    },
    (request) => models.rollBack(request.actor!.id),
  );
}

/** Allow policies, blocked senders and protected mailboxes: lists that the verdict and PSR read. */
import Type from 'typebox';
import { ListEntry, NewListEntry, Page } from '../../shared/api.ts';
import { LIST_NAMES } from '../policies/face.ts';
import type { App } from './app.ts';
import { IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

export function listRoutes(app: App, { lists }: HttpDeps): void {
  for (const name of LIST_NAMES) {
    const shown = name.replace('_', ' ');
    app.get(
      `/settings/${name}`,
      {
        config: { access: { role: 'config_admin' } },
        schema: {
          operationId: `get_${name}`,
          tags: ['settings'],
          summary: `The ${shown}`,
          response: { 200: Page(ListEntry) },
        },
      },
      async () => ({ items: await lists.entries(name) }),
    );
    app.post(
      `/settings/${name}`,
      {
        config: { access: { role: 'config_admin' } },
        schema: {
          operationId: `add_${name}`,
          tags: ['settings'],
          summary: `Adds to the ${shown}`,
          body: NewListEntry,
          response: { 201: ListEntry },
        },
      },
      async (request, reply) => {
        const { value, comment } = request.body;
        return reply.code(201).send(await lists.add(name, value, comment ?? '', request.actor!.id));
      },
    );
    app.delete(
      `/settings/${name}/:id`,
      {
        config: { access: { role: 'config_admin' } },
        schema: {
          operationId: `remove_${name}`,
          tags: ['settings'],
          summary: `Removes from the ${shown}`,
          params: IdParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        if (!(await lists.remove(name, request.params.id, request.actor!.id))) throw notFound();
        return reply.code(204).send(null);
      },
    );
  }
}

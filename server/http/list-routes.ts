/** Policies that the verdict and PSR read: allowed and blocked senders, trusted domains, names, exercises, mailboxes. */
import Type from 'typebox';
import { Page } from '../../shared/api.ts';
import { ListEntry, ListEntryChange, ListImport, NewListEntry } from '../../shared/list-entry.ts';
import { LIST_NAMES } from '../policies/face.ts';
import type { App } from './app.ts';
import { IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

/** As the vendor of the field's model has it: a few thousand entries. */
const CSV_BYTES = 150 * 1024;

export function listRoutes(app: App, { lists }: HttpDeps): void {
  app.addContentTypeParser(
    'text/csv',
    { parseAs: 'string', bodyLimit: CSV_BYTES },
    async (_request: unknown, body: string) => body,
  );
  const access = { access: { role: 'config_admin' } } as const;
  for (const name of LIST_NAMES) {
    const shown = name.replaceAll('_', ' ');
    const url = `/settings/${name}`;
    const schema = (operation: string, summary: string) => ({
      operationId: `${operation}_${name}`,
      tags: ['settings'],
      summary,
    });
    app.get(
      url,
      { config: access, schema: { ...schema('get', `The ${shown}`), response: { 200: Page(ListEntry) } } },
      async () => ({ items: await lists.entries(name) }),
    );
    app.post(
      url,
      {
        config: access,
        schema: { ...schema('add', `Adds to the ${shown}`), body: NewListEntry, response: { 201: ListEntry } },
      },
      async (request, reply) => reply.code(201).send(await lists.add(name, request.body, request.actor!.id)),
    );
    app.patch(
      `${url}/:id`,
      {
        config: access,
        schema: {
          ...schema('change', `Changes an entry of the ${shown}`),
          params: IdParams,
          body: ListEntryChange,
          response: { 200: ListEntry },
        },
      },
      async (request) => {
        const entry = await lists.change(name, request.params.id, request.body, request.actor!.id);
        if (!entry) throw notFound();
        return entry;
      },
    );
    app.delete(
      `${url}/:id`,
      {
        config: access,
        schema: {
          ...schema('remove', `Removes from the ${shown}`),
          params: IdParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        if (!(await lists.remove(name, request.params.id, request.actor!.id))) throw notFound();
        return reply.code(204).send(null);
      },
    );
    app.get(
      `${url}/csv`,
      { config: access, schema: schema('export', `The ${shown} as CSV with a header row`) },
      async (_request, reply) =>
        reply
          .header('content-disposition', `attachment; filename="${name}.csv"`)
          .type('text/csv; charset=utf-8')
          .send(await lists.exportCsv(name)),
    );
    app.post(
      `${url}/csv`,
      {
        config: access,
        schema: {
          ...schema('import', `Adds and changes ${shown} from a CSV with a header row: all lines or none`),
          body: Type.String(),
          consumes: ['text/csv'],
          response: { 200: ListImport },
        },
      },
      (request) => lists.importCsv(name, request.body, request.actor!.id),
    );
  }
}

/** Bulk jobs: one action over every message of a search, or over messages that were chosen. */
import Type from 'typebox';
import { Page } from '../../shared/api.ts';
import { BulkJob, BulkJobRequest, BulkMessage, BulkPreview, BulkPreviewRequest } from '../../shared/bulk-job.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import { BULK_JOB_STATUSES, BULK_MESSAGE_STATUSES } from '../../shared/vendor-words.ts';
import type { SearchTrouble } from '../investigation/face.ts';
import type { App } from './app.ts';
import { IdParams, PageQuery, pageOf } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { invalid, notFound } from './problem.ts';

const access = { role: 'soc_analyst' } as const;

export function bulkRoutes(app: App, { casework }: HttpDeps): void {
  const { bulk } = casework;
  const by = (request: { actor: { id: string } | null; headers: Record<string, string | string[] | undefined> }) => ({
    id: request.actor!.id,
    language: languageOf(String(request.headers['accept-language'] ?? '')),
  });

  app.post(
    '/bulk-jobs/preview',
    {
      config: { access },
      schema: {
        operationId: 'previewBulkJob',
        tags: ['dashboard'],
        summary: 'What a job would do, before it begins',
        description: 'Counts at most 10,000 messages; `complete` says whether that is all of them.',
        body: BulkPreviewRequest,
        response: { 200: BulkPreview },
      },
    },
    async (request) => {
      askedFully(request.body);
      return answered(await bulk.preview(request.body));
    },
  );

  app.post(
    '/bulk-jobs',
    {
      config: { access },
      schema: {
        operationId: 'startBulkJob',
        tags: ['dashboard'],
        summary: 'One action over many messages',
        description:
          'With `search_params` the set is closed at this moment. Guard, pause and protected mailboxes hold as for single ' +
          'messages; mails that were only handed in, and exercises, are skipped. Deleting for good takes one message at a time.',
        body: BulkJobRequest,
        response: { 202: BulkJob },
      },
    },
    async (request, reply) => {
      askedFully(request.body);
      return reply.code(202).send(answered(await bulk.start(request.body, by(request))));
    },
  );

  app.get(
    '/bulk-jobs',
    {
      config: { access },
      schema: {
        operationId: 'bulkJobs',
        tags: ['dashboard'],
        summary: 'Bulk jobs, newest first',
        querystring: Type.Object({ ...PageQuery, status: Type.Optional(Type.Enum([...BULK_JOB_STATUSES])) }),
        response: { 200: Page(BulkJob) },
      },
    },
    ({ query: { limit, ...query } }) => pageOf(limit, (bounded) => bulk.list({ ...query, limit: bounded })),
  );

  app.get(
    '/bulk-jobs/:id',
    {
      config: { access },
      schema: {
        operationId: 'bulkJob',
        tags: ['dashboard'],
        summary: 'One bulk job and how far it is',
        params: IdParams,
        response: { 200: BulkJob },
      },
    },
    async (request) => answered(await bulk.get(request.params.id)),
  );

  app.get(
    '/bulk-jobs/:id/messages',
    {
      config: { access },
      schema: {
        operationId: 'bulkJobMessages',
        tags: ['dashboard'],
        summary: 'The messages of a bulk job and what became of each',
        params: IdParams,
        querystring: Type.Object({ ...PageQuery, status: Type.Optional(Type.Enum([...BULK_MESSAGE_STATUSES])) }),
        response: { 200: Page(BulkMessage) },
      },
    },
    async (request) => {
      const { limit, ...query } = request.query;
      return answered(await pageOf(limit, (bounded) => bulk.messages(request.params.id, { ...query, limit: bounded })));
    },
  );

  app.post(
    '/bulk-jobs/:id/cancel',
    {
      config: { access },
      schema: {
        operationId: 'cancelBulkJob',
        tags: ['dashboard'],
        summary: 'What waits does not begin; what is under way goes on',
        params: IdParams,
        response: { 200: BulkJob },
      },
    },
    async (request) => answered(await bulk.cancel(request.params.id, by(request))),
  );

  app.post(
    '/bulk-jobs/:id/undo',
    {
      config: { access },
      schema: {
        operationId: 'undoBulkJob',
        tags: ['dashboard'],
        summary: 'A job that brings back exactly what this one moved; once',
        params: IdParams,
        response: { 202: BulkJob },
      },
    },
    async (request, reply) => reply.code(202).send(answered(await bulk.undo(request.params.id, by(request)))),
  );

  app.delete(
    '/bulk-jobs/:id',
    {
      config: { access },
      schema: {
        operationId: 'deleteBulkJob',
        tags: ['dashboard'],
        summary: 'Forgets a job that is over; what it did stands',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      if (!(await bulk.remove(request.params.id, by(request)))) throw notFound();
      return reply.code(204).send(null);
    },
  );
}

/** @throws Problem 404, or 400 for a search that cannot be understood */
function answered<T extends object>(answer: T | { trouble: SearchTrouble } | null): T {
  if (answer === null) throw notFound();
  if ('trouble' in answer) {
    const { code, at, what } = answer.trouble as SearchTrouble;
    throw invalid(code, `In the search, at ${at}: ${what || 'it'} cannot be understood.`, '/search_params/query');
  }
  return answer as T;
}

/** What the schema of one object cannot say: which of its fields belong together. @throws Problem 400 */
function askedFully(asked: BulkPreviewRequest): void {
  if ((asked.ids === undefined) === (asked.search_params === undefined))
    throw invalid('invalid_value', 'In the body, either /ids or /search_params says which messages.', '/ids');
  const needed = { MOVE: 'destination', RELEASE: null, RECLASSIFY: 'disposition' } as const;
  for (const name of ['destination', 'disposition'] as const) {
    const wanted = needed[asked.action] === name;
    if (wanted && asked[name] === undefined)
      throw invalid('missing_field', `In the body, /${name} is missing.`, `/${name}`);
    if (!wanted && asked[name] !== undefined)
      throw invalid('unknown_field', `In the body, /${name} does not belong to ${asked.action}.`, `/${name}`);
  }
}

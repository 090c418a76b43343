/** Reading submissions, following one, and "I was wrong". */

import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Page, SubmissionDetail, SubmissionView, WithdrawAnswer } from '../../shared/api.ts';
import { type Language, languageOf } from '../../shared/i18n/language.ts';
import { SUBMISSION_STATUSES } from '../../shared/submission.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { IdParams, PageQuery, pageOf } from './lists.ts';
import { maskSubmission } from './mask.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';
import type { EventStreams } from './submission-events.ts';

export function submissionRoutes(app: App, deps: HttpDeps, streams: EventStreams): void {
  const { submissions } = deps;

  /** The view that this caller may have; null when there is none for them. */
  async function viewFor(request: FastifyRequest, id: string, language: Language): Promise<SubmissionView | null> {
    if (request.reporter) return submissions.viewForReporter(id, request.reporter, language);
    const view = await submissions.view(id, language);
    return view && !seesContent(request.actor!.role) ? maskSubmission(view) : view;
  }

  app.get(
    '/submissions/:id',
    {
      config: { access: { reporter: true, role: 'viewer' } },
      schema: {
        operationId: 'submission',
        tags: ['add-ins', 'dashboard'],
        summary: 'One submission',
        params: IdParams,
        response: { 200: SubmissionView },
      },
    },
    async (request) => {
      const view = await viewFor(request, request.params.id, languageOf(request.headers['accept-language'] ?? ''));
      if (!view) throw notFound();
      return view;
    },
  );

  app.get(
    '/submissions/:id/detail',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'submissionDetail',
        tags: ['dashboard'],
        summary: 'What an analyst sees beyond the view',
        params: IdParams,
        response: { 200: SubmissionDetail },
      },
    },
    async (request) => {
      const detail = await submissions.detail(request.params.id);
      if (!detail) throw notFound();
      return detail;
    },
  );

  app.get(
    '/submissions/:id/events',
    {
      config: { access: { reporter: true, role: 'viewer' } },
      schema: {
        operationId: 'submissionEvents',
        tags: ['add-ins', 'dashboard'],
        summary: 'The same as text/event-stream: `event: view`, until nothing more will happen by itself',
        params: IdParams,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const language = languageOf(request.headers['accept-language'] ?? '');
      if (!(await viewFor(request, id, language))) throw notFound();
      await streams.serve(request, reply, {
        view: () => viewFor(request, id, language),
        changed: (timeoutMs, signal) => submissions.changed(id, timeoutMs, signal),
      });
    },
  );

  app.post(
    '/submissions/:id/withdraw',
    {
      config: { access: { reporter: true } },
      schema: {
        operationId: 'withdraw',
        tags: ['add-ins'],
        summary: 'I was wrong',
        params: IdParams,
        response: { 200: WithdrawAnswer },
      },
    },
    async (request) => {
      const answer = await submissions.withdraw(request.params.id, request.reporter!);
      if (!answer) throw notFound();
      return answer;
    },
  );

  app.get(
    '/submissions',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'submissions',
        tags: ['dashboard'],
        summary: 'Submissions, newest first',
        querystring: Type.Object({
          ...PageQuery,
          type: Type.Optional(Type.Enum(['USER', 'TEAM'])),
          status: Type.Optional(Type.Enum([...SUBMISSION_STATUSES])),
          outcome_disposition: Type.Optional(Type.Enum([...DISPOSITIONS])),
          query: Type.Optional(Type.String({ maxLength: 200, description: 'Part of subject, sender or reporter.' })),
        }),
        response: { 200: Page(SubmissionView) },
      },
    },
    (request) => list(request, request.query),
  );

  app.get(
    '/invalid-submissions',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'invalidSubmissions',
        tags: ['dashboard'],
        summary: 'Reports that could not be judged, newest first',
        querystring: Type.Object(PageQuery),
        response: { 200: Page(SubmissionView) },
      },
    },
    (request) => list(request, { ...request.query, status: 'invalid' }),
  );

  type ListQuery = Omit<Parameters<typeof submissions.list>[0], 'limit' | 'language'> & { limit?: number };

  async function list(request: FastifyRequest, { limit, ...query }: ListQuery) {
    const masked = !seesContent(request.actor!.role);
    // Searching what one may not see would tell it letter by letter.
    const { query: text, ...rest } = query;
    const page = await pageOf(limit, (bounded) =>
      submissions.list({
        ...rest,
        ...(masked || !text ? {} : { query: text }),
        limit: bounded,
        language: languageOf(request.headers['accept-language'] ?? ''),
      }),
    );
    return masked ? { ...page, items: page.items.map(maskSubmission) } : page;
  }
}

/** Reading submissions, following one, and "I was wrong". */

import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Page, SubmissionDetail, SubmissionView, WithdrawAnswer } from '../../shared/api.ts';
import { type Language, languageOf } from '../../shared/i18n/language.ts';
import { EscalateRequest, SubmissionFilters, SubmissionRecord } from '../../shared/submission-record.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { bodyIsOptional, IdParams, PageQuery, pageOf } from './lists.ts';
import { maskRecord } from './mask.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';
import type { EventStreams } from './submission-events.ts';

export function submissionRoutes(app: App, deps: HttpDeps, streams: EventStreams): void {
  const { submissions } = deps;

  /** The view that this caller may have; null when there is none for them. */
  async function viewFor(request: FastifyRequest, id: string, language: Language): Promise<SubmissionView | null> {
    if (request.reporter) return submissions.viewForReporter(id, request.reporter, language);
    const record = await submissions.record(id, language);
    return record && !seesContent(request.actor!.role) ? maskRecord(record) : record;
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
        summary: 'Submissions, filtered and in order',
        description:
          'Of the last 30 days where no `start` is given; every order can be walked with `cursor`. `status` takes the words of ' +
          "the analysis and those of the review, which is the record's `customer_status`.",
        querystring: Type.Object({ ...PageQuery, ...SubmissionFilters }),
        response: { 200: Page(SubmissionRecord) },
      },
    },
    (request) => list(request, request.query),
  );

  app.post(
    '/submissions/:id/escalate',
    {
      preValidation: bodyIsOptional,
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'escalate',
        tags: ['dashboard'],
        summary: "A user's report goes to the team",
        params: IdParams,
        body: EscalateRequest,
        response: { 200: SubmissionRecord },
      },
    },
    async (request) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const record = await submissions.escalate(request.params.id, request.body, request.actor!, language);
      if (!record) throw notFound();
      return record;
    },
  );

  type ListQuery = Omit<Parameters<typeof submissions.list>[0], 'limit' | 'language'> & { limit?: number };

  async function list(request: FastifyRequest, { limit, ...query }: ListQuery) {
    const masked = !seesContent(request.actor!.role);
    // Searching what one may not see would tell it letter by letter, and so would its order.
    const { query: text, order, ...rest } = query;
    const ordered = masked && order === 'subject' ? {} : { order };
    const page = await pageOf(limit, (bounded) =>
      submissions.list({
        ...rest,
        ...ordered,
        ...(masked || !text ? {} : { query: text }),
        limit: bounded,
        language: languageOf(request.headers['accept-language'] ?? ''),
      }),
    );
    return masked ? { ...page, items: page.items.map(maskRecord) } : page;
  }
}

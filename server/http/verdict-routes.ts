/** A verdict to take along: with everything it rests on, replayed, recomputed, and as header fields on the mail itself. */
import Type from 'typebox';
import { languageOf } from '../../shared/i18n/language.ts';
import { VerdictExport } from '../../shared/verdict-export.ts';
import type { App } from './app.ts';
import { IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

export function verdictRoutes(app: App, { submissions }: HttpDeps): void {
  const config = { access: { role: 'soc_analyst' } } as const;
  app.get(
    '/submissions/:id/verdict',
    {
      config,
      schema: {
        operationId: 'verdict',
        tags: ['dashboard'],
        summary: 'The verdict, replayed from its evidence; with recompute=1 also what it would be today, and why',
        params: IdParams,
        querystring: Type.Object({ recompute: Type.Optional(Type.Enum(['0', '1'])) }),
        response: { 200: VerdictExport },
      },
    },
    async (request) => {
      const verdict = await submissions.verdict(request.params.id, {
        recompute: request.query.recompute === '1',
        language: languageOf(request.headers['accept-language'] ?? ''),
      });
      if (!verdict) throw notFound();
      return verdict;
    },
  );

  app.get(
    '/submissions/:id/eml',
    {
      config,
      schema: {
        operationId: 'judgedMail',
        tags: ['dashboard'],
        summary: 'The judged mail with X-Area1Security-Disposition and -Attribute on top, as a file',
        params: IdParams,
      },
    },
    async (request, reply) => {
      const mail = await submissions.judgedMail(request.params.id);
      if (!mail) throw notFound();
      return reply
        .header('content-disposition', `attachment; filename="${request.params.id}.eml"`)
        .type('message/rfc822')
        .send(Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength));
    },
  );
}

/** What leaves the house as files: log lines for a SIEM, and the evidence of one case. */
import { Readable } from 'node:stream';
import Type from 'typebox';
import { languageOf } from '../../shared/i18n/language.ts';
import { LOG_DATASETS, type LogDataset } from '../../shared/log-rows.ts';
import type { App } from './app.ts';
import { IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { invalid, notFound } from './problem.ts';

const DAY_MS = 24 * 3_600_000;

const Span = Type.Object({
  start: Type.Optional(Type.String({ format: 'date-time', description: 'Inclusive; default 30 days before the end.' })),
  end: Type.Optional(Type.String({ format: 'date-time', description: 'Exclusive; default now.' })),
});

export function exportRoutes(app: App, { exports, now }: HttpDeps): void {
  const config = { access: { role: 'soc_analyst' } } as const;
  for (const dataset of Object.keys(LOG_DATASETS) as LogDataset[]) {
    app.get(
      `/exports/${dataset}`,
      {
        config,
        schema: {
          operationId: `export_${dataset.replace('-', '_')}`,
          tags: ['exports'],
          summary: `JSON lines of ${LOG_DATASETS[dataset]}, oldest first`,
          querystring: Span,
        },
      },
      async (request, reply) => {
        const end = request.query.end === undefined ? now() : new Date(request.query.end);
        const start =
          request.query.start === undefined ? new Date(end.getTime() - 30 * DAY_MS) : new Date(request.query.start);
        if (start >= end) throw invalid('invalid_value', 'In the query, start must be before end.');
        const lines = await exports.log(dataset, { start, end }, request.actor!);
        return reply
          .header('content-disposition', `attachment; filename="${LOG_DATASETS[dataset]}.jsonl"`)
          .type('application/x-ndjson; charset=utf-8')
          .send(Readable.from(lines, { objectMode: true }));
      },
    );
  }
  for (const kind of ['submission', 'retraction'] as const) {
    app.get(
      `/${kind}s/:id/bundle`,
      {
        config,
        schema: {
          operationId: `${kind}Bundle`,
          tags: ['exports'],
          summary: `All that proves a ${kind}: the mail, the verdict, what was done in which mailbox, the audit lines; a zip`,
          params: IdParams,
        },
      },
      async (request, reply) => {
        const language = languageOf(request.headers['accept-language'] ?? '');
        const bundle = await exports.bundle(kind, request.params.id, request.actor!, language);
        if (!bundle) throw notFound();
        return reply
          .header('content-disposition', `attachment; filename="${bundle.name}"`)
          .type('application/zip')
          .send(bundle.zip);
      },
    );
  }
}

/** The audit log: read, verified, and handed out as lines that anybody can recompute. */
import { Readable } from 'node:stream';
import Type from 'typebox';
import { Page } from '../../shared/api.ts';
import { AUDIT_TYPES, AuditEntry, AuditVerification } from '../../shared/audit.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { PageQuery, pageOf } from './lists.ts';
import type { HttpDeps } from './options.ts';

const config = { access: { role: 'config_admin' } } as const;
const Words = Type.String({ minLength: 1, maxLength: 300 });
const Time = Type.String({ format: 'date-time' });
const From = Type.Optional(Type.Integer({ minimum: 1, description: 'Position in the chain to begin at; default 1.' }));

export function auditRoutes(app: App, { auditLog }: HttpDeps): void {
  app.get(
    '/audit-log',
    {
      config,
      schema: {
        operationId: 'auditLog',
        tags: ['audit'],
        summary: 'What was done, by whom, newest first',
        querystring: Type.Object({
          type: Type.Optional(Type.Enum([...AUDIT_TYPES])),
          actor: Type.Optional(Words),
          action: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Or its part up to a dot.' })),
          subject: Type.Optional(Words),
          start: Type.Optional(Time),
          end: Type.Optional(Time),
          ...PageQuery,
        }),
        response: { 200: Page(AuditEntry) },
      },
    },
    ({ query, actor }) =>
      pageOf(query.limit, (limit) => auditLog.list({ ...query, limit, remarks: seesContent(actor!.role) })),
  );

  app.get(
    '/audit-log/verify',
    {
      config,
      schema: {
        operationId: 'verifyAuditLog',
        tags: ['audit'],
        summary: 'Recomputes the chain and names the first line that is not as it was',
        querystring: Type.Object({
          from: From,
          head: Type.Optional(
            Type.String({
              pattern: '^[0-9]{1,15}:[0-9a-f]{64}$',
              description: '`position:hash` of an earlier verification.',
            }),
          ),
        }),
        response: { 200: AuditVerification },
      },
    },
    ({ query: { from, head } }) => auditLog.verify({ ...(from && { from }), known: headOf(head) }),
  );

  app.get(
    '/audit-log/export',
    {
      config,
      schema: {
        operationId: 'exportAuditLog',
        tags: ['audit'],
        summary: 'The chain as JSON lines, oldest first: pseudonyms and hashes, nobody is named',
        querystring: Type.Object({ from: From }),
      },
    },
    async ({ query }, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="audit-log.jsonl"')
        .type('application/x-ndjson; charset=utf-8')
        .send(Readable.from(auditLog.export(query), { objectMode: true })),
  );
}

/** `position:hash`; null for none. */
export function headOf(text: string | undefined): { position: number; hash: string } | null {
  const [position = '', hash = ''] = text?.split(':') ?? [];
  return text === undefined ? null : { position: Number(position), hash };
}

/** Reports that could not be judged: the queue, what came with them, and their repair; and how mail to people goes. */
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Page, SubmissionView } from '../../shared/api.ts';
import { PermanentError } from '../../shared/errors.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import { INVALID_REASONS, InvalidRepair, InvalidSubmission } from '../../shared/invalid.ts';
import { MailStanding } from '../../shared/mail.ts';
import { seesContent } from './access.ts';
import type { App } from './app.ts';
import { decodeBase64 } from './base64.ts';
import { IdParams, PageQuery, pageOf } from './lists.ts';
import { maskAddress } from './mask.ts';
import type { HttpDeps, Limits } from './options.ts';
import { invalid, notFound, Problem } from './problem.ts';
import { UploadGate } from './upload-gate.ts';

const SLACK_BYTES = 16 * 1024;
const Moment = Type.String({ format: 'date-time', maxLength: 40 });

export function invalidRoutes(app: App, { submissions, mail, options }: HttpDeps, limits: Limits): void {
  app.get(
    '/invalid-submissions',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'invalidSubmissions',
        tags: ['dashboard'],
        summary: 'Reports that could not be judged, newest first',
        querystring: Type.Object({
          ...PageQuery,
          start: Type.Optional(Moment),
          end: Type.Optional(Moment),
          submitted_by: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the sender’s address.' })),
          query: Type.Optional(
            Type.String({ maxLength: 200, description: 'An id, or part of an address or subject.' }),
          ),
          reason: Type.Optional(Type.Enum([...INVALID_REASONS])),
        }),
        response: { 200: Page(InvalidSubmission) },
      },
    },
    async (request: FastifyRequest<{ Querystring: Record<string, string> }>) => {
      const { limit, start, end, ...rest } = request.query as { limit?: number } & Record<string, string | undefined>;
      const masked = !seesContent(request.actor!.role);
      // Searching what one may not see would tell it letter by letter.
      const { query, submitted_by, reason, cursor } = rest;
      const page = await pageOf(limit, (bounded) =>
        submissions.listInvalid({
          ...(masked || !query ? {} : { query }),
          ...(masked || !submitted_by ? {} : { submitted_by }),
          ...(reason ? { reason: reason as InvalidSubmission['invalid_reason'] } : {}),
          ...(start ? { start: new Date(start) } : {}),
          ...(end ? { end: new Date(end) } : {}),
          ...(cursor ? { cursor } : {}),
          limit: bounded,
        }),
      );
      return masked ? { ...page, items: page.items.map(maskInvalid) } : page;
    },
  );

  app.get(
    '/invalid-submissions/:id/bytes',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'invalidBytes',
        tags: ['dashboard'],
        summary: 'What came with an invalid report, as a file; every reading is in the audit log',
        params: IdParams,
      },
    },
    async (request, reply) => {
      const bytes = await submissions.invalidBytes(request.params.id, request.actor!.id);
      if (!bytes) throw notFound();
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', `attachment; filename="${request.params.id}.eml"`)
        .send(Buffer.from(bytes));
    },
  );

  const gate = new UploadGate(limits.uploadBytes, limits.uploadBytesOfCaller);
  const bodyLimit = Math.ceil(options.maxMessageBytes / 3) * 4 + SLACK_BYTES;
  app.post(
    '/invalid-submissions/:id/eml',
    {
      config: { access: { role: 'soc_analyst' } },
      bodyLimit,
      onRequest: async (request, reply) => {
        gate.enter(request, reply, bodyLimit);
      },
      schema: {
        operationId: 'repairInvalidSubmission',
        tags: ['dashboard'],
        summary: 'Judges an invalid report with the mail that an analyst has; nothing moves on an upload alone',
        params: IdParams,
        body: InvalidRepair,
        response: { 202: SubmissionView },
      },
    },
    async (request, reply) => {
      const eml = decodeBase64(request.body.eml);
      if (eml === null || eml.length === 0)
        throw invalid('invalid_base64', 'In the body, /eml must be base64 (RFC 4648 section 4).', '/eml');
      if (eml.length > options.maxMessageBytes)
        throw new Problem(413, 'too_large', 'The message is too large to upload.', { pointer: '/eml' });
      const language = languageOf(request.headers['accept-language'] ?? '');
      const view = await repaired(() => submissions.repairInvalid(request.params.id, eml, request.actor!.id, language));
      if (!view) throw notFound();
      return reply.code(202).send(view);
    },
  );

  app.get(
    '/mail',
    {
      config: { access: { role: 'config_admin' } },
      schema: {
        operationId: 'mailStanding',
        tags: ['settings'],
        summary: 'How mail to people goes, what could not be sent, and where reports by mail come in',
        response: { 200: MailStanding },
      },
    },
    () => mail.standing(),
  );
}

const maskInvalid = (row: InvalidSubmission): InvalidSubmission => ({
  ...row,
  subject: '•••',
  header_from: '•••',
  requested_by: maskAddress(row.requested_by),
});

async function repaired<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'unreadable')
      throw new Problem(422, 'unreadable', 'The file is not an email message.', { pointer: '/eml' });
    if (error instanceof PermanentError && error.code === 'wrong_state')
      throw new Problem(409, 'wrong_state', error.message);
    throw error;
  }
}

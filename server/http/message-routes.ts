/** Searching messages, and looking at one. Whoever reads content leaves a line in the audit log. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { languageOf } from '../../shared/i18n/language.ts';
import {
  ActionLog,
  MailTrace,
  MessageDetail,
  MessagePage,
  type MessageSearch,
  SearchParams,
} from '../../shared/messages.ts';
import { SEARCH_FIELD_NAMES } from '../../shared/search-query.ts';
import type { SearchTrouble } from '../investigation/face.ts';
import { PREVIEW_POLICY } from '../message/preview.ts';
import type { App } from './app.ts';
import { IdParams, PageQuery, pageOf } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { invalid, notFound, Problem } from './problem.ts';

const config = { access: { role: 'soc_analyst' } } as const;
/** Of the vendor's: an id of a submission leads to the mail it was judged by in any case. */
const SampleQuery = Type.Object({ submission: Type.Optional(Type.Boolean()) });

export function messageRoutes(app: App, { investigations }: HttpDeps): void {
  app.get(
    '/messages',
    {
      config,
      schema: {
        operationId: 'messages',
        tags: ['dashboard'],
        summary: 'Messages that were reported or seen on their delivery, newest first',
        description:
          'By default what was found to be anything, of the last 30 days. A page may have fewer items than `limit` and a ' +
          '`next_cursor` all the same: the search goes on where it stopped.',
        querystring: Type.Object({ ...SearchParams, ...PageQuery }, { additionalProperties: false }),
        response: { 200: MessagePage },
      },
    },
    async (request) => {
      const { limit, cursor, ...search } = request.query;
      const language = languageOf(request.headers['accept-language'] ?? '');
      return pageOf(limit, async (bounded) =>
        understood(await investigations.search(search, { ...(cursor ? { cursor } : {}), limit: bounded, language })),
      );
    },
  );

  app.get(
    '/messages.csv',
    {
      config,
      schema: {
        operationId: 'exportMessages',
        tags: ['dashboard'],
        summary: 'The same as CSV, at most a million rows; formulas are written as text',
        querystring: Type.Object(SearchParams, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const search: MessageSearch = request.query;
      const pieces = understood(await investigations.exportCsv(search, request.actor!, language));
      return reply
        .header('content-disposition', 'attachment; filename="messages.csv"')
        .header('cache-control', 'no-store')
        .type('text/csv; charset=utf-8')
        .send(Readable.from(pieces));
    },
  );

  app.get(
    '/messages/:id',
    {
      config,
      schema: {
        operationId: 'message',
        tags: ['dashboard'],
        summary: 'Everything that is known of one message',
        params: IdParams,
        querystring: SampleQuery,
        response: { 200: MessageDetail },
      },
    },
    async (request) =>
      there(await investigations.detail(request.params.id, languageOf(request.headers['accept-language'] ?? ''))),
  );

  app.get(
    '/messages/:id/action-log',
    {
      config,
      schema: {
        operationId: 'messageActionLog',
        tags: ['dashboard'],
        summary: 'What was done with it, mailbox by mailbox, newest first',
        params: IdParams,
        response: { 200: ActionLog },
      },
    },
    async (request) => there(await investigations.actionLog(request.params.id)),
  );

  app.get(
    '/messages/:id/trace',
    {
      config,
      schema: {
        operationId: 'messageTrace',
        tags: ['dashboard'],
        summary: 'The way it came, and into which mailboxes',
        params: IdParams,
        response: { 200: MailTrace },
      },
    },
    async (request) => there(await investigations.trace(request.params.id)),
  );

  app.get(
    '/messages/:id/raw',
    {
      config,
      schema: {
        operationId: 'rawMessage',
        tags: ['dashboard'],
        summary: 'The message as it came, as a file; 404 `body_not_kept` where it is not kept',
        params: IdParams,
      },
    },
    async (request, reply) => {
      const raw = kept(there(await investigations.raw(request.params.id, request.actor!)));
      return reply
        .header('content-disposition', `attachment; filename="${request.params.id}.eml"`)
        .header('cache-control', 'no-store')
        .type('message/rfc822')
        .send(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
    },
  );

  app.get(
    '/messages/:id/preview',
    {
      config,
      schema: {
        operationId: 'messagePreview',
        tags: ['dashboard'],
        summary: 'A page that shows it, written anew: nothing live, for a frame without rights',
        params: IdParams,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      return page(reply, kept(there(await investigations.preview(request.params.id, request.actor!, language))));
    },
  );
}

/** Shown by our own dashboard only, and even there without an origin, scripts, forms or network. */
function page(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .header('content-security-policy', PREVIEW_POLICY)
    .header('x-frame-options', 'SAMEORIGIN')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** @throws Problem 404 */
function there<T>(found: T | null): T {
  if (found === null) throw notFound();
  return found;
}

const NOT_KEPT = {
  undetected:
    'The body of this message is not kept, because nothing was found in it when it was delivered. Report it, or upload the EML, to have it analysed.',
  deleted: 'The body of this message has been deleted, as the settings for retention and privacy say.',
};

/** @throws Problem 404 that says why */
function kept<T extends string | Uint8Array>(found: T | { notKept: keyof typeof NOT_KEPT }): T {
  if (typeof found === 'object' && 'notKept' in found) throw new Problem(404, 'body_not_kept', NOT_KEPT[found.notKept]);
  return found;
}

/** @throws Problem 400 that says where and what to do */
function understood<T extends object>(found: T | { trouble: SearchTrouble }): T {
  if (!('trouble' in found)) return found;
  const { code, at, what, expected } = found.trouble;
  const where = `at character ${at + 1} of the query`;
  switch (code) {
    case 'query_too_long':
      throw invalid(code, 'The query is longer than 1000 characters.', '/query');
    case 'query_too_many':
      throw invalid(code, 'The query has more than 40 conditions.', '/query');
    case 'query_unclosed_quote':
      throw invalid(code, `The quote that opens ${where} is never closed.`, '/query');
    case 'query_empty_value':
      throw invalid(code, `The field "${what}" ${where} has no value behind its colon.`, '/query');
    case 'query_unknown_field':
      throw invalid(
        code,
        `There is no field "${what}" (${where}). Fields are ${SEARCH_FIELD_NAMES.join(', ')}; put text with a colon in quotes.`,
        '/query',
      );
    case 'query_bad_value':
      throw invalid(code, `The field "${what}" ${where} takes ${expected.join(', ')}.`, '/query');
    case 'cursor_invalid':
      throw invalid(code, 'This cursor is not one of ours: begin again without it.', '/cursor');
  }
}

/** POST /api/v1/submissions: a report comes in. */
import Type from 'typebox';
import { Problem as ProblemSchema, SubmissionRequest, SubmissionView } from '../../shared/api.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import type { Receipt, Report, Reporter } from '../submission/face.ts';
import type { App } from './app.ts';
import { callerKey } from './authenticate.ts';
import { decodeBase64 } from './base64.ts';
import type { HttpDeps, Limits } from './options.ts';
import { invalid, Problem } from './problem.ts';
import { limitBy } from './rate-limits.ts';
import { type Passage, UploadGate } from './upload-gate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What a report on its way holds of the upload gate. */
    passage: Passage | null;
  }
}

/** Beside the message: ids of 1 KB, a comment of 2,000 characters, names. */
const BODY_SLACK_BYTES = 64 * 1024;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

/** @param stopping aborts when the server stops: whoever waits for a verdict gets the receipt instead. */
export function reportRoutes(app: App, deps: HttpDeps, limits: Limits, stopping: AbortSignal): void {
  const { submissions, options } = deps;
  const reports = limitBy(app, callerKey, limits.reports);
  const gate = new UploadGate(limits.uploadBytes, limits.uploadBytesOfCaller);
  const bodyLimit = Math.ceil(options.maxMessageBytes / 3) * 4 + BODY_SLACK_BYTES;
  app.decorateRequest('passage', null);
  app.post(
    '/submissions',
    {
      config: { access: { reporter: true } },
      bodyLimit,
      onRequest: async (request, reply) => {
        await reports(request);
        request.passage = gate.enter(request, reply, bodyLimit);
      },
      schema: {
        operationId: 'report',
        tags: ['add-ins'],
        summary: 'Report a message',
        querystring: Type.Object({
          wait: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 30, description: 'Seconds to hold the answer for the verdict.' }),
          ),
        }),
        headers: Type.Object({
          'idempotency-key': Type.Optional(
            Type.String({ maxLength: 200, description: 'One per press of the button; repeats get the first answer.' }),
          ),
        }),
        body: SubmissionRequest,
        response: {
          200: SubmissionView,
          201: SubmissionView,
          202: SubmissionView,
          422: ProblemSchema,
        },
      },
    },
    async (request, reply) => {
      const reporter = request.reporter!;
      const language = languageOf(request.headers['accept-language'] ?? '');
      const report = reportOf(request.body, {
        key: request.headers['idempotency-key'],
        maxMessageBytes: options.maxMessageBytes,
        language,
      });
      if (request.body.provider !== reporter.provider)
        throw invalid(
          'provider_mismatch',
          'In the body, /provider is not the one that signed the reporter in.',
          '/provider',
        );
      const receipt = await submissions.receive(reporter, report);
      // Stored: while the verdict is awaited, nobody needs the bytes.
      request.body.raw_message = undefined;
      request.passage?.leave();
      // Not AbortSignal.any: Node 20 may collect such a signal while somebody waits for it.
      const ends = new AbortController();
      const end = () => ends.abort();
      stopping.addEventListener('abort', end);
      reply.raw.once('close', () => {
        stopping.removeEventListener('abort', end);
        end();
      });
      const settled = await awaitVerdict(deps, receipt, reporter, language, request.query.wait ?? 0, ends.signal);
      if (settled.view.status === 'invalid') throw unreadable(settled);
      const status = settled.state === 'known' ? 200 : isPending(settled) ? 202 : 201;
      return reply.code(status).header('location', `/api/v1/submissions/${settled.view.id}`).send(settled.view);
    },
  );
}

interface Reading {
  key: string | undefined;
  maxMessageBytes: number;
  language: string;
}

/** @throws Problem 400, 413 */
function reportOf(body: SubmissionRequest, { key, maxMessageBytes, language }: Reading): Report {
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key))
    throw invalid('invalid_idempotency_key', 'Idempotency-Key takes 1 to 200 printable ASCII characters.');
  // A bare address: no display name, no white space, no control characters.
  if (!/^[^\s@<>,;:"\p{Cc}]+@[^\s@<>,;:"\p{Cc}]+$/u.test(body.mailbox))
    throw invalid('invalid_value', 'In the body, /mailbox must be an address.', '/mailbox');
  let rawMessage: Uint8Array | null = null;
  if (body.raw_message !== undefined && body.raw_message !== '') {
    rawMessage = decodeBase64(body.raw_message);
    if (rawMessage === null)
      throw invalid('invalid_base64', 'In the body, /raw_message must be base64 (RFC 4648 section 4).', '/raw_message');
    if (rawMessage.byteLength > maxMessageBytes)
      throw new Problem(413, 'too_large', 'The message is too large to upload; report it by its id.', {
        pointer: '/raw_message',
      });
  }
  return {
    mailbox: body.mailbox.toLowerCase(),
    providerMessageId: body.provider_message_id ?? null,
    internetMessageId: body.internet_message_id ?? null,
    type: body.type,
    comment: body.comment ?? '',
    exposure: [...new Set(body.exposure ?? [])],
    rawMessage,
    fidelity: body.fidelity ?? 'exact',
    client: body.client ?? null,
    idempotencyKey: key ?? null,
    language,
  };
}

const isPending = ({ view }: Receipt) => view.status === 'received' || view.status === 'analysing';

/** The receipt with the newest view, once judged or after the seconds the client wants to wait. */
async function awaitVerdict(
  { submissions, now }: HttpDeps,
  receipt: Receipt,
  reporter: Reporter,
  language: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Receipt> {
  const until = now().getTime() + seconds * 1_000;
  let current = receipt;
  while (isPending(current) && !signal.aborted) {
    const left = until - now().getTime();
    if (left <= 0) break;
    // Asked for before the view is read, so that no change falls between reading and waiting.
    const change = submissions.changed(receipt.view.id, left, signal);
    change.catch(() => {});
    const view = await submissions.viewForReporter(receipt.view.id, reporter, language);
    if (!view) break;
    current = { ...current, view };
    if (isPending(current)) await change;
  }
  return current;
}

/** 422: the mail could not be read, and is kept for a person to repair. The text is the pane's, in the reporter's language. */
function unreadable({ view }: Receipt): Problem {
  const detail = [view.pane.title, ...view.pane.lines, ...(view.pane.steps ?? [])].join(' ');
  return new Problem(422, view.invalid_reason ?? 'unreadable', detail, { submissionId: view.id });
}

/** What may be written to the log about a request: never content, subjects, addresses or tokens. */
import { isNativeError } from 'node:util/types';
import type { FastifyInstance } from 'fastify';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';

/** Takes addresses, tokens, query strings and long opaque words out of a text; at most 500 characters. */
export function redact(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/eyJ[\w-]*\.[\w-]*\.?[\w-]*/g, '[token]')
    .replace(/[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/g, '[address]')
    .replace(/\?[^\s"')]+/g, '?[query]')
    .replace(/[\w+/=-]{60,}/g, '[opaque]')
    .slice(0, 500);
}

/** An error as a log line may carry it. Stacks name files of ours, and their first line repeats the message. */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!isNativeError(error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code: redact(code) } : {}),
    message: redact(error.message),
    ...(error instanceof TemporaryError ? { outcomeUnknown: error.outcomeUnknown } : {}),
    ...(error instanceof TemporaryError || error instanceof PermanentError
      ? {}
      : {
          stack: (error.stack ?? '')
            .split('\n')
            .slice(1, 8)
            .map((line) => line.trim()),
        }),
    ...(isNativeError(error.cause) ? { cause: { type: error.cause.name, message: redact(error.cause.message) } } : {}),
  };
}

/** One line a request: method, the route's pattern (never the address with its ids and query), status, duration. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      by: request.reporter ? 'reporter' : (request.actor?.role ?? 'nobody'),
    };
    if (reply.statusCode >= 500) request.log.warn(line, 'request');
    else request.log.info(line, 'request');
  });
}

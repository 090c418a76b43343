/** The one place where errors become answers. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { problemOf } from './failure.ts';
import { errorForLog } from './log.ts';
import { notFound, Problem } from './problem.ts';

/** @param closing whether the server is stopping. */
export function answerErrors(app: App, closing: () => boolean): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, closing()));
  app.setNotFoundHandler((request, reply) => sendProblem(notFound(), request, reply, closing()));
}

export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  closing = false,
): FastifyReply {
  const problem = problemOf(error, closing);
  const cause = error instanceof Problem ? error.options.cause : error;
  if (problem.status >= 500) request.log.error({ code: problem.code, error: errorForLog(cause ?? error) }, 'failed');
  else request.log.info({ code: problem.code, status: problem.status }, 'refused');
  return reply
    .code(problem.status)
    .headers(problem.headers())
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.toBody()));
}

/** Bytes that are not HTTP, headers over 16 KB, a request that never ends: answered before there is a request. */
export function answerBrokenClient(error: FastifyError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem(431, 'headers_too_large', 'The header fields are too large.')
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new Problem(408, 'request_timeout', 'The request took too long to arrive.')
        : new Problem(400, 'bad_request', 'The request is not HTTP.');
  const { title } = problem.toBody();
  const body = JSON.stringify(problem.toBody());
  socket.end(
    `HTTP/1.1 ${problem.status} ${title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

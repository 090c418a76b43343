/** HTTP to Google's token endpoint and issuer, and back. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults } from '../faults.ts';
import { retryAfter } from '../graph/throttle.ts';
import { decodeJwt } from '../identity/jwt.ts';
import type { RequestLog } from '../log.ts';
import type { Handler } from '../simulator.ts';
import { type Answer, json, type Lost, readBody, writeAnswer } from '../wire.ts';
import { answerIssuer } from './issuer.ts';
import type { TokenDesk } from './token-desk.ts';

export interface GoogleLogin {
  desk: TokenDesk;
  faults: Faults;
  log: RequestLog;
  now: () => number;
  /** ms, read at every request. */
  latencyMs: () => number;
  issuerUrl: string;
  tokenUrl: string;
}

export function createIssuerDoor({ issuerUrl, tokenUrl }: GoogleLogin): Handler {
  const prefix = new URL(issuerUrl).pathname;
  return (request, response, url) =>
    writeAnswer(
      response,
      answerIssuer(issuerUrl, tokenUrl, request.method ?? 'GET', url.pathname.slice(prefix.length)),
    );
}

/** The log's mailbox of a token request is the address the assertion asks to act as. */
export function createTokenDoor({ desk, faults, log, now, latencyMs }: GoogleLogin): Handler {
  return async (request, response) => {
    const at = now();
    const started = performance.now();
    const form = new URLSearchParams((await readBody(request, 1024 * 1024)).toString('utf8'));
    const subject = decodeJwt(form.get('assertion') ?? '')?.claims.sub;
    const mailbox = typeof subject === 'string' ? subject.toLowerCase() : null;
    const fault = faults.take('googleToken', mailbox);
    const delay = latencyMs() + (fault && 'delayMs' in fault ? fault.delayMs : 0);
    if (delay > 0) await wait(delay, undefined, { ref: false });
    const answer: Answer | Lost =
      (fault && insteadOf(fault, now())) ?? (request.method === 'POST' ? desk.answer(form) : { status: 405 });
    if (log.on)
      log.add({
        at,
        ms: performance.now() - started,
        method: request.method ?? '',
        url: '/token',
        route: 'googleToken',
        mailbox,
        batch: null,
        status: 'lost' in answer ? answer.lost : answer.status,
        requestHeaders: {},
        requestBody: undefined,
        responseHeaders: {},
        responseBody: undefined,
      });
    writeAnswer(response, answer);
  };
}

function insteadOf(fault: Fault, now: number): Answer | Lost | null {
  if ('lost' in fault) return { lost: fault.lost };
  if (!('status' in fault)) return null;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': retryAfter(fault.retryAfter, now) };
  const error = fault.code ?? (fault.status >= 500 ? 'internal_failure' : 'rate_limit_exceeded');
  return { ...json(fault.status, { error, error_description: fault.message ?? '' }), headers };
}

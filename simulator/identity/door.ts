/** HTTP to the token issuer and back. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults } from '../faults.ts';
import { retryAfter } from '../graph/throttle.ts';
import type { RequestLog } from '../log.ts';
import type { Handler } from '../simulator.ts';
import { type Answer, type Lost, readBody, writeAnswer } from '../wire.ts';
import type { Issuer } from './issuer.ts';

export interface LoginWorld {
  issuer: Issuer;
  faults: Faults;
  log: RequestLog;
  now: () => number;
}

export function createLoginDoor(world: LoginWorld): Handler {
  return async (request, response, url) => {
    const at = world.now();
    const method = request.method ?? 'GET';
    const form = new URLSearchParams(
      method === 'POST' ? (await readBody(request, 1024 * 1024)).toString('utf8') : url.search,
    );
    const path = url.pathname.slice('/login'.length);
    const fault = path.endsWith('/token') ? world.faults.take('token', null) : null;
    if (fault && 'delayMs' in fault) await wait(fault.delayMs, undefined, { ref: false });
    const answer = (fault && insteadOf(fault, world.now())) ?? world.issuer.answer(method, path, form);
    const status = 'lost' in answer ? answer.lost : answer.status;
    const { authorization: _, ...requestHeaders } = request.headers as Record<string, string | undefined>;
    world.log.add({
      at,
      ms: world.now() - at,
      method,
      url: path,
      route: 'token',
      mailbox: null,
      batch: null,
      status,
      requestHeaders,
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
  const body = { error: fault.code ?? 'temporarily_unavailable', error_description: fault.message ?? '' };
  return { status: fault.status, headers, body };
}

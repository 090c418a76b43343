/** Many requests to many mailboxes as $batch posts of at most 20. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, type Purpose, troubleOf } from './answer.ts';
import { type BatchTask as BatchTaskOf, runTasks } from './batches.ts';
import { noteMeaning, pausedFor } from './graph-call.ts';
import { type GraphRequest, PREFER_IMMUTABLE } from './graph-client.ts';
import { type Meaning, meaningOf } from './graph-errors.ts';
import { addressed, type GraphTenant } from './graph-tenant.ts';
import type { Slot } from './throttle.ts';

/** Graph refuses a batch of more. */
export const BATCH_SIZE = 20;

export interface BatchTask extends BatchTaskOf<Meaning> {
  request: () => GraphRequest;
}

/** Runs every task until it is settled. */
export function runBatches(tenant: GraphTenant, tasks: readonly BatchTask[], purpose: Purpose): Promise<void> {
  const { throttle, effects, retryForMs } = tenant;
  return runTasks<Meaning, BatchTask>(tasks, {
    size: BATCH_SIZE,
    throttle,
    effects,
    patienceMs: purpose === 'write' ? 0 : retryForMs,
    tenantPatienceMs: retryForMs,
    waitMs: ({ mailbox }) => throttle.waitMs(mailbox),
    admit: ({ mailbox }) => (purpose === 'write' ? throttle.writeWaitMs(mailbox) : 0),
    send: (group, slot) => send(tenant, group, slot, purpose),
    paused: pausedFor,
  });
}

async function send(tenant: GraphTenant, group: BatchTask[], slot: Slot, purpose: Purpose) {
  const { client, effects, throttle } = tenant;
  const requests = group.map((task, at) =>
    batchItem(addressed(tenant, task.mailbox, task.request()), String(at + 1), effects.randomId()),
  );
  let outer: Meaning;
  try {
    const answer = await client.send({ method: 'POST', url: '/$batch', body: { requests }, purpose });
    outer = meaningOf(answer, purpose, effects.now());
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) {
      throttle.leave(slot, null);
      throw error;
    }
    outer = { is: 'refused', error };
  }
  throttle.leave(slot, troubleOf(outer));
  if (outer.is !== 'done') return { meanings: group.map(() => outer), lost: true };
  const meanings = meaningsOf(outer.answer, group.length, purpose, effects.now());
  for (const [at, task] of group.entries()) noteMeaning(tenant, task.mailbox, meanings[at] as Meaning);
  return { meanings, lost: false };
}

function batchItem(request: GraphRequest, id: string, requestId: string) {
  const headers: Record<string, string> = {
    Prefer: PREFER_IMMUTABLE,
    'client-request-id': requestId,
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...request.headers,
  };
  return { id, method: request.method, url: request.url, headers, body: request.body };
}

/** Answers come in any order, so the id tells which is which; an item without an answer is a lost reply. */
function meaningsOf(outer: Answer, count: number, purpose: Purpose, nowMs: number): Meaning[] {
  const lost: Meaning = {
    is: 'refused',
    error: new TemporaryError('graph: no answer in the batch', { outcomeUnknown: purpose === 'write' }),
  };
  const meanings = new Array<Meaning>(count).fill(lost);
  for (const answer of answersIn(outer.body)) {
    const at = Number(answer.id) - 1;
    if (at >= 0 && at < count) meanings[at] = meaningOf(answer, purpose, nowMs);
  }
  return meanings;
}

function answersIn(body: unknown): (Answer & { id: string })[] {
  const answers = typeof body === 'object' && body !== null && 'responses' in body ? body.responses : null;
  if (!Array.isArray(answers)) return [];
  return answers
    .filter((answer) => typeof answer?.id === 'string' && typeof answer.status === 'number')
    .map(({ id, status, headers, body: inner }) => ({ id, status, headers: lowerCased(headers), body: inner ?? null }));
}

function lowerCased(headers: unknown): Record<string, string> {
  const entries = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Many requests to many mailboxes as $batch posts of at most 20. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { noteMeaning, pausedFor, troubleOf } from './graph-call.ts';
import { type GraphRequest, PREFER_IMMUTABLE } from './graph-client.ts';
import { type GraphAnswer, type Meaning, meaningOf, type Purpose } from './graph-errors.ts';
import { addressed, type GraphTenant } from './graph-tenant.ts';
import type { Slot } from './throttle.ts';

/** Graph refuses a batch of more. */
export const BATCH_SIZE = 20;
/** A mailbox whose lanes are taken is looked at again after this; lanes are taken for one round trip. */
const LANE_POLL_MS = 20;
/** A sleep that lost its race keeps the process alive, so none is longer. */
const LONGEST_SLEEP_MS = 250;

export interface BatchTask {
  mailbox: string;
  /** Not sent before this time, ms since the epoch. */
  notBefore: number;
  request: () => GraphRequest;
  /**
   * Takes what came of it; a number asks to be sent again then (ms since the epoch).
   * @param lost the batch as a whole got no answer, so that another of its items may be to blame
   */
  settle: (meaning: Meaning, lost: boolean) => Promise<number | null> | number | null;
}

/** Runs every task until it is settled, as many batches at a time as the tenant's window allows. */
export async function runBatches(tenant: GraphTenant, tasks: readonly BatchTask[], purpose: Purpose): Promise<void> {
  const { throttle, effects } = tenant;
  const running = new Set<Promise<void>>();
  const later: BatchTask[] = [];
  let next = 0;
  let refusal: Meaning | null = null;

  const refuse = (task: BatchTask, retryAfterMs: number): true => {
    void task.settle(pausedFor(retryAfterMs), false);
    return true;
  };

  const take = (): BatchTask[] => {
    const group: BatchTask[] = [];
    const now = effects.now();
    const offer = (task: BatchTask): boolean => {
      const paused = throttle.waitMs(task.mailbox);
      // A write does not wait here, and a read not for long: their caller has rows with a not-before.
      if (paused > (purpose === 'write' ? 0 : tenant.retryForMs)) return refuse(task, paused);
      task.notBefore = Math.max(task.notBefore, now + paused);
      if (task.notBefore > now) return false;
      if (!throttle.tryLane(task.mailbox)) {
        task.notBefore = now + LANE_POLL_MS;
        return false;
      }
      const tired = purpose === 'write' ? throttle.writeWaitMs(task.mailbox) : 0;
      if (tired === 0) return group.push(task) > 0;
      throttle.freeLane(task.mailbox);
      return refuse(task, tired);
    };
    for (let at = 0; at < later.length && group.length < BATCH_SIZE; ) {
      if (offer(later[at] as BatchTask)) later.splice(at, 1);
      else at++;
    }
    for (; next < tasks.length && group.length < BATCH_SIZE; next++) {
      const task = tasks[next] as BatchTask;
      if (!offer(task)) later.push(task);
    }
    return group;
  };

  const run = async (group: BatchTask[], slot: Slot) => {
    const { meanings, lost } = await send(tenant, group, slot, purpose);
    for (const task of group) throttle.freeLane(task.mailbox);
    // What refuses a whole batch for good (no token, no consent) would refuse the next one as well.
    if (lost && meanings[0]?.is === 'refused' && meanings[0].error instanceof PermanentError) refusal = meanings[0];
    await Promise.all(
      group.map(async (task, at) => {
        const again = await task.settle(meanings[at] as Meaning, lost);
        if (again === null) return;
        task.notBefore = again;
        later.push(task);
      }),
    );
  };

  const refuseTheRest = async (meaning: Meaning) => {
    for (const task of [...later.splice(0), ...tasks.slice(next)]) await task.settle(meaning, true);
    next = tasks.length;
  };

  while (next < tasks.length || later.length > 0 || running.size > 0) {
    if (refusal) await refuseTheRest(refusal);
    const group = take();
    if (group.length > 0) {
      const slot = await throttle.enter('last', tenant.retryForMs);
      if (slot === null || refusal) {
        if (slot) throttle.leave(slot, null);
        for (const task of group) throttle.freeLane(task.mailbox);
        later.push(...group);
        continue;
      }
      const job: Promise<void> = run(group, slot).finally(() => running.delete(job));
      // The race below sees what fails first; what fails after it has been left must not end the process.
      job.catch(() => undefined);
      running.add(job);
      continue;
    }
    if (next >= tasks.length && later.length === 0 && running.size === 0) break;
    const soonest = Math.min(...later.map((task) => task.notBefore)) - effects.now();
    const pause = Math.min(Math.max(soonest, 1), LONGEST_SLEEP_MS);
    await Promise.race(later.length > 0 ? [...running, effects.sleep(pause)] : running);
  }
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
function meaningsOf(outer: GraphAnswer, count: number, purpose: Purpose, nowMs: number): Meaning[] {
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

function answersIn(body: unknown): (GraphAnswer & { id: string })[] {
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

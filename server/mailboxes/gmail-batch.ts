/** Many requests to many mailboxes in batches of 50, each part with the token of its own mailbox. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, type Purpose, type Refused, troubleOf } from './answer.ts';
import { type BatchTask as BatchTaskOf, runTasks } from './batches.ts';
import { noteMeaning, pausedFor } from './gmail-call.ts';
import { type Meaning, meaningOf } from './gmail-errors.ts';
import type { GmailRequest } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { Slot } from './throttle.ts';

/** Google takes 100 and recommends not more than 50. */
export const BATCH_SIZE = 50;
/** Whether one batch may span users is nowhere promised: where it is refused, requests go out one by one for so long. */
const REFUSED_FOR_MS = 3_600_000;

export interface BatchTask extends BatchTaskOf<Meaning> {
  request: () => GmailRequest;
}

/** Runs every task until it is settled. */
export function runBatches(tenant: GmailTenant, tasks: readonly BatchTask[], purpose: Purpose): Promise<void> {
  const { throttle, quota, effects, retryForMs } = tenant;
  return runTasks<Meaning, BatchTask>(tasks, {
    get size() {
      return maySpan(tenant) ? BATCH_SIZE : 1;
    },
    throttle,
    effects,
    patienceMs: purpose === 'write' ? 0 : retryForMs,
    tenantPatienceMs: retryForMs,
    waitMs: (task) => Math.max(throttle.waitMs(task.mailbox), quota.userWaitMs(task.mailbox, task.request().units)),
    admit: (task) => {
      quota.spendOfUser(task.mailbox, task.request().units);
      return 0;
    },
    send: (group, slot) => send(tenant, group, slot, purpose),
    paused: pausedFor,
  });
}

function maySpan(tenant: GmailTenant): boolean {
  const since = tenant.batchesRefusedAt;
  return since === null || tenant.effects.now() - since > REFUSED_FOR_MS;
}

async function send(tenant: GmailTenant, group: BatchTask[], slot: Slot, purpose: Purpose) {
  const { effects, throttle, quota } = tenant;
  const wait = quota.reserveOfProject(group.reduce((units, task) => units + task.request().units, 0));
  if (wait > 0) await effects.sleep(wait);
  let sent: { meanings: Meaning[]; lost: boolean };
  try {
    sent = await meaningsOf(tenant, group, purpose);
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) {
      throttle.leave(slot, null);
      throw error;
    }
    sent = { meanings: group.map(() => ({ is: 'refused', error })), lost: true };
  }
  throttle.leave(slot, sent.lost && sent.meanings[0] ? troubleOf(sent.meanings[0]) : null);
  if (!sent.lost)
    for (const [at, task] of group.entries()) noteMeaning(tenant, task.mailbox, sent.meanings[at] as Meaning);
  return sent;
}

async function meaningsOf(tenant: GmailTenant, group: BatchTask[], purpose: Purpose) {
  const { client, effects } = tenant;
  const items = group.map((task) => ({ subject: task.mailbox, request: task.request() }));
  const read = (answer: Answer) => meaningOf(answer, purpose, effects.now());
  const [only] = items;
  if (only && items.length === 1) {
    const meaning = await client.send(only).then(read, asRefusal);
    return { meanings: [meaning], lost: false };
  }
  const answer = await client.sendBatch(items, purpose);
  if ('whole' in answer) return { meanings: group.map(() => wholeRefused(tenant, read(answer.whole))), lost: true };
  const strangers = answer.each.filter((one) => one && 'status' in one && one.status === 401).length;
  const meanings = await Promise.all(
    answer.each.map((one, at): Meaning | Promise<Meaning> => {
      if (one === null) return lostIn(purpose);
      if (one instanceof Error) return { is: 'refused', error: one };
      if (one.status !== 401) return read(one);
      // Not carried out. The token may be a revoked one, or the batch may not speak for several users.
      return client.send(items[at]!, { fresh: true }).then((again) => {
        if (again.status < 300 && strangers > 1) tenant.batchesRefusedAt = effects.now();
        return read(again);
      }, asRefusal);
    }),
  );
  return { meanings, lost: false };
}

/** A batch that Google does not take at all was not carried out; its items are sent one by one. */
function wholeRefused(tenant: GmailTenant, meaning: Meaning): Refused {
  if (meaning.is === 'refused' && meaning.error instanceof TemporaryError) return meaning;
  tenant.batchesRefusedAt = tenant.effects.now();
  return { is: 'refused', error: new TemporaryError('gmail: the batch was refused') };
}

function lostIn(purpose: Purpose): Refused {
  const error = new TemporaryError('gmail: no answer in the batch', { outcomeUnknown: purpose === 'write' });
  return { is: 'refused', error };
}

function asRefusal(error: unknown): Refused {
  if (error instanceof TemporaryError || error instanceof PermanentError) return { is: 'refused', error };
  throw error;
}

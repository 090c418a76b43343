/** Many tasks, each for one mailbox, sent in groups: the scheduler that both adapters' batches share. */
import { PermanentError } from '../../shared/errors.ts';
import type { Refused } from './answer.ts';
import type { Slot, Throttle } from './throttle.ts';

/** A mailbox whose lanes are taken is looked at again after this; lanes are taken for one round trip. */
const LANE_POLL_MS = 20;
/** A sleep that lost its race keeps the process alive, so none is longer. */
const LONGEST_SLEEP_MS = 250;

export interface BatchTask<M> {
  mailbox: string;
  /** Not sent before this time, ms since the epoch. */
  notBefore: number;
  /**
   * Takes what came of it; a number asks to be sent again then (ms since the epoch).
   * @param lost the batch as a whole got no answer, so that another of its items may be to blame
   */
  settle: (meaning: M | Refused, lost: boolean) => Promise<number | null> | number | null;
}

/** How one service takes groups. */
export interface BatchDoor<T extends BatchTask<M>, M> {
  /** Items a batch may hold. */
  size: number;
  throttle: Throttle;
  effects: { now: () => number; sleep: (ms: number) => Promise<void> };
  /** A task that may be sent only later than this is refused instead, ms. */
  patienceMs: number;
  /** For how long the whole tenant's pause is waited out, ms. */
  tenantPatienceMs: number;
  /** Milliseconds until the task may be sent; asked often. */
  waitMs: (task: T) => number;
  /** Counts the task in, right before it is sent. Milliseconds it is too early by; 0 when it may go. */
  admit: (task: T) => number;
  /** Sends a group and gives the slot back; `lost` when the batch as a whole got no answer. */
  send: (group: T[], slot: Slot) => Promise<{ meanings: (M | Refused)[]; lost: boolean }>;
  /** What a task is told that was not sent. */
  paused: (retryAfterMs: number) => Refused;
}

/** Runs every task until it is settled, as many batches at a time as the tenant's window allows. */
export async function runTasks<M, T extends BatchTask<M>>(tasks: readonly T[], door: BatchDoor<T, M>): Promise<void> {
  const { throttle, effects } = door;
  const running = new Set<Promise<void>>();
  const later: T[] = [];
  let next = 0;
  let refusal: Refused | null = null;

  const refuse = (task: T, retryAfterMs: number): true => {
    void task.settle(door.paused(retryAfterMs), false);
    return true;
  };

  const take = (): T[] => {
    const group: T[] = [];
    const now = effects.now();
    const offer = (task: T): boolean => {
      const paused = door.waitMs(task);
      // A write does not wait here, and a read not for long: their caller has rows with a not-before.
      if (paused > door.patienceMs) return refuse(task, paused);
      task.notBefore = Math.max(task.notBefore, now + paused);
      if (task.notBefore > now) return false;
      if (!throttle.tryLane(task.mailbox)) {
        task.notBefore = now + LANE_POLL_MS;
        return false;
      }
      const tired = door.admit(task);
      if (tired === 0) return group.push(task) > 0;
      throttle.freeLane(task.mailbox);
      return refuse(task, tired);
    };
    for (let at = 0; at < later.length && group.length < door.size; ) {
      if (offer(later[at] as T)) later.splice(at, 1);
      else at++;
    }
    for (; next < tasks.length && group.length < door.size; next++) {
      const task = tasks[next] as T;
      if (!offer(task)) later.push(task);
    }
    return group;
  };

  const run = async (group: T[], slot: Slot) => {
    const { meanings, lost } = await door.send(group, slot);
    for (const task of group) throttle.freeLane(task.mailbox);
    // What refuses a whole batch for good (no token, no consent) would refuse the next one as well.
    if (lost) refusal = refusedForGood(meanings[0]) ?? refusal;
    await Promise.all(
      group.map(async (task, at) => {
        const again = await task.settle(meanings[at] as M | Refused, lost);
        if (again === null) return;
        task.notBefore = again;
        later.push(task);
      }),
    );
  };

  const refuseTheRest = async (meaning: Refused) => {
    for (const task of [...later.splice(0), ...tasks.slice(next)]) await task.settle(meaning, true);
    next = tasks.length;
  };

  while (next < tasks.length || later.length > 0 || running.size > 0) {
    if (refusal) await refuseTheRest(refusal);
    const group = take();
    if (group.length > 0) {
      const slot = await throttle.enter('last', door.tenantPatienceMs);
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

function refusedForGood(meaning: unknown): Refused | null {
  if (typeof meaning !== 'object' || meaning === null || !('error' in meaning)) return null;
  return meaning.error instanceof PermanentError ? { is: 'refused', error: meaning.error } : null;
}

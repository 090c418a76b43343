import { deliveriesWait } from '../store/deliveries.ts';
import { watchedWait } from '../store/watched-mailboxes.ts';
import { evaluateDue } from './evaluate.ts';
import type { Deliveries } from './face.ts';
import { followSetting, readDue } from './poll.ts';
import { noticeChange, sweepNext } from './sweep.ts';
import type { DeliveryWorld } from './world.ts';

export interface DeliveryWatch {
  start(): void;
  stop(): Promise<void>;
  /** Whether no mailbox is due to be read and no mail to be evaluated. */
  idle(): Promise<boolean>;
}

const POLL_MS = 1_000;
const FOLLOW_EVERY_MS = 2_000;
const NOTICE_EVERY_MS = 5_000;
const AFTER_FAILURE_MS = 2_000;

/** Does whatever the rows of delivered mail say is due. Any number may run: rows are taken with a lease, the rows are the truth. */
export function watchDeliveries(world: DeliveryWorld, seen: Deliveries['seen']): DeliveryWatch {
  const owner = world.randomId('own');
  let stopped = false;
  const wakers = new Set<() => void>();
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      wakers.add(wake);
    });
  const poke = () => {
    for (const wake of [...wakers]) wake();
  };

  /** Repeats a step as long as it finds work, and rests for a while when it does not. */
  const lane = async (name: string, step: () => Promise<boolean>, restMs: number) => {
    while (!stopped) {
      try {
        if (!(await step()) && !stopped) await sleep(restMs);
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        world.log.error({ task: name, error: text }, 'watching delivered mail failed');
        if (!stopped) await sleep(AFTER_FAILURE_MS);
      }
    }
  };
  const seldom = (step: () => Promise<void>) => async () => {
    await step();
    return false;
  };
  let followed: string | null = null;
  const follow = async () => {
    followed = await followSetting(world, followed);
  };
  let lanes: Promise<void>[] = [];
  const offs: (() => void)[] = [];

  return {
    start() {
      offs.push(world.changes.on('deliveries', poke), world.changes.on('model', poke));
      lanes = [
        lane('follow', seldom(follow), FOLLOW_EVERY_MS),
        lane('read', () => readDue(world, seen), POLL_MS),
        lane('evaluate', () => evaluateDue(world), POLL_MS),
        lane(
          'notice',
          seldom(() => noticeChange(world)),
          NOTICE_EVERY_MS,
        ),
        lane('sweep', () => sweepNext(world, owner), POLL_MS),
      ];
    },
    async stop() {
      stopped = true;
      for (const off of offs.splice(0)) off();
      poke();
      await Promise.all(lanes);
    },
    async idle() {
      const { db } = world.store;
      const now = world.now();
      return !(await watchedWait(db, world.tenant, now)) && !(await deliveriesWait(db, world.tenant, now));
    },
  };
}

import type { Provider } from '../../shared/retraction.ts';
import {
  planWaits,
  type RetractionRow,
  retractionById,
  retractionsWithWork,
  unsettledRetractions,
} from '../store/retractions.ts';
import { actNext } from './act.ts';
import { purgeNext } from './destroy.ts';
import { expireHeld, pauseOnRestores } from './expire.ts';
import { findWave } from './find.ts';
import { planNext } from './plan.ts';
import { restoreNext } from './put-back.ts';
import { reconcileNext } from './reconcile.ts';
import { settle } from './settle.ts';
import type { RetractionWorld } from './world.ts';

export interface Engine {
  start(): void;
  /** Waits for what is under way; what it leaves undone stands in its rows. */
  stop(): Promise<void>;
  /** Whether nothing is under way and nothing is due now. */
  idle(): Promise<boolean>;
}

interface Step {
  name: string;
  run: (world: RetractionWorld, retraction: RetractionRow) => Promise<boolean>;
  atOnce: number;
}

/** What a retraction needs, and how many of each may be under way for one retraction: ten campaigns at once share fairly. */
function stepsOf(world: RetractionWorld): Step[] {
  const providers = [...world.providers.keys()];
  return [
    { name: 'reconcile', run: reconcileNext, atOnce: 1 },
    { name: 'act', run: (world, retraction) => actNext(world, retraction.id), atOnce: 2 },
    { name: 'restore', run: restoreNext, atOnce: 2 },
    { name: 'purge', run: purgeNext, atOnce: 1 },
    // Waves overlap: while one writes down what it saw, the others keep the window towards the provider full. Each suite
    // has waves of its own; taken together, the second one would be searched only when the first is through.
    ...providers.map((provider) => {
      const others = providers.filter((other) => other !== provider);
      return { name: `find ${provider}`, run: findOf(others), atOnce: 8 };
    }),
  ];
}

const findOf = (others: readonly Provider[]) => (world: RetractionWorld, retraction: RetractionRow) =>
  findWave(world, retraction, others);

const POLL_MS = 500;
const AFTER_FAILURE_MS = 1_000;
const SETTLE_EVERY_MS = 15_000;

/** Does whatever the rows say is due. Any number of engines may run: rows are taken with a lease, the rows are the truth. */
export function createEngine(world: RetractionWorld): Engine {
  const steps = stepsOf(world);
  const active = new Map<string, Promise<void>>();
  let stopped = false;
  let wake = () => {};
  let loop: Promise<void> = Promise.resolve();
  let settledAt = 0;
  // A notice that comes while the rows are being read must not be slept over.
  let poked = false;
  const poke = () => {
    poked = true;
    wake();
  };
  const unlisten = world.changes.on('retractions', poke);

  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const spawn = (key: string, task: () => Promise<boolean>, after: () => Promise<void>) => {
    if (active.has(key)) return;
    const run = (async () => {
      try {
        while (!stopped && (await task())) {
          await after();
          poke();
        }
      } catch (error) {
        world.log.error(
          { task: key, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
          'engine task failed',
        );
        await new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE_MS));
      } finally {
        active.delete(key);
        poke();
      }
    })();
    active.set(key, run);
  };

  const round = async () => {
    const now = world.now();
    if (await planWaits(world.store.db, now))
      spawn(
        'plan',
        () => planNext(world),
        async () => {},
      );
    if (now.getTime() - settledAt > SETTLE_EVERY_MS) {
      settledAt = now.getTime();
      for (const id of await unsettledRetractions(world.store.db)) await settle(world, id);
      await expireHeld(world);
      await pauseOnRestores(world);
    }
    for (const { id } of await retractionsWithWork(world.store.db, now)) {
      for (const { name, run, atOnce } of steps) {
        for (let lane = 0; lane < atOnce; lane++) {
          spawn(
            `${name} ${id} ${lane}`,
            async () => {
              const retraction = await retractionById(world.store.db, world.tenant, id);
              return retraction !== null && mayRun(name, retraction) && run(world, retraction);
            },
            () => settle(world, id),
          );
        }
      }
    }
  };

  return {
    start() {
      loop = (async () => {
        while (!stopped) {
          poked = false;
          await round().catch((error: unknown) => {
            world.log.error({ error: error instanceof Error ? error.message : String(error) }, 'engine round failed');
          });
          if (!poked && !stopped) await sleep();
        }
      })();
    },
    async stop() {
      stopped = true;
      unlisten();
      wake();
      await loop;
      await Promise.all(active.values());
    },
    async idle() {
      if (active.size > 0) return false;
      const now = world.now();
      return !(await planWaits(world.store.db, now)) && (await retractionsWithWork(world.store.db, now)).length === 0;
    },
  };
}

function mayRun(step: string, retraction: RetractionRow): boolean {
  if (step.startsWith('find '))
    return (
      ['running', 'confirming'].includes(retraction.state) ||
      (retraction.state === 'held' && retraction.planned_at !== null)
    );
  if (step === 'restore') return retraction.state === 'restoring';
  if (step === 'act') return ['running', 'confirming'].includes(retraction.state);
  return true;
}

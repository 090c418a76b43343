import { dueSubmissions } from '../store/submissions.ts';
import { analyseSubmission } from './analyse.ts';
import { lookAgain } from './second-look.ts';
import type { SubmissionWorld } from './world.ts';

export interface SubmissionWatch {
  start(): void;
  stop(): Promise<void>;
  /** Whether no submission is due now. */
  idle(): Promise<boolean>;
}

const EVERY_MS = 1_000;
const AT_A_TIME = 50;

/**
 * The safety net under the queue: submissions that are due although nobody works on them, because they were postponed,
 * because their worker died, or because the queue lost them; and the doubtful ones whose time for another look has come.
 */
export function watchSubmissions(world: SubmissionWorld): SubmissionWatch {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;

  const look = async () => {
    try {
      for (const id of await dueSubmissions(world.store.db, world.now(), AT_A_TIME)) {
        if (stopped) return;
        await analyseSubmission(world, id);
      }
      await lookAgain(world);
    } catch (error) {
      world.log.error({ error: error instanceof Error ? error.message : String(error) }, 'watching submissions failed');
    }
  };
  const schedule = () => {
    timer = setTimeout(() => {
      round = look().finally(() => {
        if (!stopped) schedule();
      });
    }, EVERY_MS);
  };

  return {
    start: schedule,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
    idle: async () => (await dueSubmissions(world.store.db, world.now(), 1)).length === 0 && !(await analysing(world)),
  };
}

async function analysing(world: SubmissionWorld): Promise<boolean> {
  const farFuture = new Date(world.now().getTime() + 10 * world.leaseMs);
  return (await dueSubmissions(world.store.db, farFuture, 1)).length > 0;
}

import { parentPort, workerData } from 'node:worker_threads';
import type { ToMain, ToThread } from './classify-thread.ts';

/** Answers are handed over in batches: waking the other thread costs as much as a small mail. */
const MOST_IN_BATCH = 16;
const LONGEST_HELD_MS = 10;

/** The other end of a GuardedThread: answers one task after the other, also where answering takes several turns. */
export function answerTasks<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  const { turn } = workerData as { turn: Int32Array };
  const waiting: { id: number; task: Task }[] = [];
  let busy = false;
  const post = (message: ToMain<Answer>) => parentPort?.postMessage(message);
  const go = async () => {
    busy = true;
    let answers: { id: number; answer: Answer }[] = [];
    let since = performance.now();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // Whose turn it is, for the case that it is the last one of this thread.
      Atomics.store(turn, 0, next.id);
      answers.push({ id: next.id, answer: await work(next.task) });
      if (answers.length >= MOST_IN_BATCH || performance.now() - since > LONGEST_HELD_MS || waiting.length === 0) {
        post({ answers });
        answers = [];
        since = performance.now();
      }
    }
    busy = false;
  };
  parentPort?.on('message', ({ tasks }: ToThread<Task>) => {
    waiting.push(...tasks);
    if (!busy) void go();
  });
  post({ ready: true });
}

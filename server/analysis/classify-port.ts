import { parentPort } from 'node:worker_threads';

/** The other end of a GuardedThread: answers one task after the other, also where answering takes several turns. */
export function answerTasks<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  let turn: Promise<void> = Promise.resolve();
  parentPort?.on('message', ({ id, task }: { id: number; task: Task }) => {
    turn = turn.then(async () => parentPort?.postMessage({ id, answer: await work(task) }));
  });
  parentPort?.postMessage({ ready: true });
}

import { MessageChannel, Worker } from 'node:worker_threads';
import { type AsyncScriptHost, answerAt } from './ask.ts';
import type { Json } from './card-json.ts';
import { EXECUTION_MS, type Execution } from './run-function.ts';

export type Outcome = { answer: { [key: string]: Json } } | { error: string };

/**
 * One execution in a thread of its own. A script that throws, misuses a service or takes too long is an outcome.
 * @param workerFile built from script-worker.ts
 */
export async function execute(
  execution: Execution,
  host: AsyncScriptHost,
  workerFile: string,
  limitMs = EXECUTION_MS,
): Promise<Outcome> {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  answerAt(port1, bell, host);
  const worker = new Worker(workerFile, {
    workerData: { execution, port: port2, bell },
    transferList: [port2],
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => resolve({ error: 'Exceeded maximum execution time' }), limitMs);
      worker.once('message', resolve);
      worker.once('error', (error) => resolve({ error: error.message }));
    });
  } finally {
    clearTimeout(timer);
    port1.close();
    await worker.terminate();
  }
}

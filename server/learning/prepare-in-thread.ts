import { Worker } from 'node:worker_threads';
import type { Candidate, Prepare } from './prepare.ts';

/** 2,000 campaigns took 8 s of one core and 90 MB; what takes much longer is stuck. */
const LIMITS = { timeoutMs: 180_000, memoryMb: 512 };

/**
 * Trains away from the requests: in a thread with a bounded heap and a bounded time.
 * @param entry file of the bundled prepare-worker
 * @throws Error when the thread dies or takes too long
 */
export function prepareInThread(
  entry: string,
  given: { databaseUrl: string; modelPath: string },
  limits = LIMITS,
): Prepare {
  return (asked) =>
    new Promise<Candidate>((resolve, reject) => {
      const worker = new Worker(entry, {
        workerData: { ...given, ...asked },
        resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
      });
      // A server that stops does not wait for it: what is lost is trained again.
      worker.unref();
      const timer = setTimeout(() => {
        reject(new Error('training took too long'));
        void worker.terminate();
      }, limits.timeoutMs);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        settle();
      };
      worker.on('message', (candidate: Candidate) => end(() => resolve(candidate)));
      worker.on('error', (error) => end(() => reject(error)));
      worker.on('exit', (code) => end(() => reject(new Error(`the training thread ended with ${code}`))));
    });
}

import { Worker } from 'node:worker_threads';
import type { Classified } from './classify-one.ts';

/** Files in flight to one worker: enough that it never waits, few enough that a death costs little. */
const IN_FLIGHT = 4;

export interface Pool {
  /** File of the bundled classify-worker. */
  entry: string;
  jobs: number;
  rootDir: string;
  model: string;
  compare: string | null;
}

/**
 * Judges files on worker threads; answers arrive in input order through `onLine`.
 * A file whose worker dies is one line with `error`; another worker takes over.
 */
export function classifyOnWorkers(
  files: readonly string[],
  pool: Pool,
  onLine: (line: Classified) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new Map<number, Classified>();
    let next = 0;
    let shown = 0;
    let alive = 0;
    let deaths = 0;
    let lastDeath = '';
    const finish = (id: number, line: Classified) => {
      done.set(id, line);
      for (let ready = done.get(shown); ready !== undefined; ready = done.get(shown)) {
        done.delete(shown++);
        onLine(ready);
      }
    };
    const start = () => {
      const worker = new Worker(pool.entry, {
        workerData: { rootDir: pool.rootDir, model: pool.model, compare: pool.compare },
      });
      const mine = new Set<number>();
      alive++;
      const give = () => {
        while (mine.size < IN_FLIGHT && next < files.length) {
          mine.add(next);
          worker.postMessage({ id: next, file: files[next] });
          next++;
        }
        if (mine.size === 0) void worker.terminate();
      };
      worker.on('message', ({ id, line }: { id: number; line: Classified }) => {
        mine.delete(id);
        finish(id, line);
        give();
      });
      worker.on('error', (error) => {
        deaths++;
        lastDeath = error.message;
        for (const id of mine) finish(id, { file: files[id] as string, error: `the worker died: ${error.message}` });
        mine.clear();
        // A worker that cannot even start would be started for ever.
        if (next < files.length && deaths <= pool.jobs + files.length / 10) start();
      });
      worker.on('exit', () => {
        alive--;
        if (alive > 0) return;
        if (shown === files.length) resolve();
        else reject(new Error(`classify: the worker threads could not be started (--jobs 1 needs none): ${lastDeath}`));
      });
      give();
    };
    for (let i = 0; i < Math.max(1, Math.min(pool.jobs, files.length)); i++) start();
  });
}

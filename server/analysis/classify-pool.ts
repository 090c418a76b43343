import type { Classified } from './classify-one.ts';
import { GuardedThread, type Overrun } from './classify-thread.ts';

/** Files in flight to one worker: two batches, so that it never waits. */
const IN_FLIGHT = 32;
/** Ordinary mail takes a millisecond, the worst that we know less than a second: what takes this long does not end. */
const DEADLINE_MS = 5_000;
/** Of a worker's heap; the bytes of the mail and of what is unpacked come on top. */
const MEMORY_MB = 192;

export interface Pool {
  /** File of the bundled server/classify-worker.ts. */
  entry: string;
  jobs: number;
  rootDir: string;
  model: string;
  compare: string | null;
  deadlineMs?: number;
  memoryMb?: number;
}

/** A file, bytes under a name, or what is known already to be unreadable. */
export interface Input {
  file: string;
  raw?: Uint8Array;
  error?: string;
}

/** What a worker is asked; with `over` only for what the head says. */
export type Task = Input & { over?: Overrun['over'] };

/** A line as it is printed: text crosses threads faster than what it says. */
export interface Line {
  /** A `Classified` as JSON. */
  json: string;
  failed: boolean;
}

export function lineOf(classified: Classified): Line {
  return { json: JSON.stringify(classified), failed: classified.error !== undefined };
}

/**
 * Judges files on worker threads, each mail within a deadline and a bound of memory; answers arrive in input order
 * through `onLine`. Of a mail that breaks a budget the head is judged, and `coverage_missing` says so; a mail of which
 * not even that can be read is one line with `error`.
 */
export async function classifyOnWorkers(
  inputs: readonly Input[],
  pool: Pool,
  onLine: (line: Line) => void,
): Promise<void> {
  const done = new Map<number, Line>();
  let next = 0;
  let shown = 0;
  const finish = (id: number, line: Line) => {
    done.set(id, line);
    for (let ready = done.get(shown); ready !== undefined; ready = done.get(shown)) {
      done.delete(shown++);
      onLine(ready);
    }
  };
  const lane = async (thread: GuardedThread<Task, Line>) => {
    while (next < inputs.length) {
      const id = next++;
      finish(id, await judgeOn(thread, inputs[id] as Input));
    }
  };
  const threads = Array.from({ length: Math.max(1, Math.min(pool.jobs, inputs.length)) }, () => openThread(pool));
  try {
    await Promise.all(threads.flatMap((thread) => Array.from({ length: IN_FLIGHT }, () => lane(thread))));
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

function openThread(pool: Pool): GuardedThread<Task, Line> {
  return new GuardedThread({
    entry: pool.entry,
    data: { rootDir: pool.rootDir, model: pool.model, compare: pool.compare },
    limits: { deadlineMs: pool.deadlineMs ?? DEADLINE_MS, memoryMb: pool.memoryMb ?? MEMORY_MB },
  });
}

async function judgeOn(thread: GuardedThread<Task, Line>, input: Input): Promise<Line> {
  if (input.error !== undefined) return lineOf({ file: input.file, error: input.error });
  const outcome = await thread.run(input);
  if ('answer' in outcome) return outcome.answer;
  const again = await thread.run({ ...input, over: outcome.over });
  if ('answer' in again) return again.answer;
  return lineOf({ file: input.file, error: `cannot be judged (${outcome.over}: ${outcome.detail})` });
}

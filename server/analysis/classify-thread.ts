import { Worker } from 'node:worker_threads';

/** How one task may end otherwise than with an answer: too slow, too large, or it took the thread down. */
export type Overrun = { over: 'time' | 'memory' | 'crash'; detail: string };
export type Outcome<Answer> = { answer: Answer } | Overrun;

export interface ThreadLimits {
  /** From the moment a task's turn comes. */
  deadlineMs: number;
  /** Of the thread's own heap. */
  memoryMb: number;
}

export interface ThreadStart {
  /** File of the bundled worker; it answers `{ ready: true }` once, then `{ id, answer }` to each `{ id, task }`. */
  entry: string;
  data: unknown;
  limits: ThreadLimits;
}

interface Waiting<Task, Answer> {
  task: Task;
  settle: (outcome: Outcome<Answer>) => void;
  fail: (error: Error) => void;
}

/** Threads that end before they are ready, one after the other, before it is given up. */
const MOST_STILLBORN = 2;

/**
 * Tasks on a thread of their own, in order, each within a deadline and the thread within a bound of memory. A task that
 * breaks either is ended together with the thread, whatever it does (a loop, a regular expression, a parser gone wild);
 * those behind it go on in a new thread.
 */
export class GuardedThread<Task, Answer> {
  private readonly queue: Waiting<Task, Answer>[] = [];
  private worker: Worker | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ready = false;
  private stillborn = 0;
  private next = 0;

  constructor(private readonly start: ThreadStart) {}

  /** @throws Error when no thread can be started at all */
  run(task: Task): Promise<Outcome<Answer>> {
    return new Promise((settle, fail) => {
      this.queue.push({ task, settle, fail });
      if (this.worker === null) this.spawn();
      else this.worker.postMessage({ id: this.next++, task });
      if (this.queue.length === 1) this.watch();
    });
  }

  /** Ends the thread; tasks that wait are failed. */
  async close(): Promise<void> {
    this.stopWatch();
    const { worker } = this;
    this.worker = null;
    for (const waiting of this.queue.splice(0)) waiting.fail(new Error('the thread was closed'));
    await worker?.terminate();
  }

  private spawn(): void {
    const { entry, data, limits } = this.start;
    const worker = new Worker(entry, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    });
    this.worker = worker;
    this.ready = false;
    let error: NodeJS.ErrnoException | null = null;
    worker.on('message', (message: { ready: true } | { id: number; answer: Answer }) => {
      if (worker !== this.worker) return;
      if ('answer' in message) this.finish({ answer: message.answer });
      else {
        this.ready = true;
        this.stillborn = 0;
        this.watch();
      }
    });
    worker.on('error', (reason) => {
      error = reason as NodeJS.ErrnoException;
    });
    worker.on('exit', (code) => {
      if (worker !== this.worker) return;
      const over = error?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash';
      this.lost({ over, detail: error?.message ?? `it ended with ${code}` });
    });
    for (const { task } of this.queue) worker.postMessage({ id: this.next++, task });
  }

  /** The clock of the task whose turn it is. */
  private watch(): void {
    this.stopWatch();
    if (this.queue.length === 0) {
      this.worker?.unref();
      return;
    }
    this.worker?.ref();
    if (!this.ready) return;
    const head = this.queue[0];
    this.timer = setTimeout(() => {
      // When it was we who were busy, the answer may have come meanwhile.
      setImmediate(() => {
        if (this.queue[0] !== head || head === undefined) return;
        const { worker } = this;
        this.worker = null;
        void worker?.terminate();
        this.lost({ over: 'time', detail: `more than ${this.start.limits.deadlineMs} ms` });
      });
    }, this.start.limits.deadlineMs);
  }

  private stopWatch(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private finish(outcome: Outcome<Answer>): void {
    this.queue.shift()?.settle(outcome);
    this.watch();
  }

  /** The thread is gone, and with it the task whose turn it was. */
  private lost(overrun: Overrun): void {
    const born = this.ready;
    this.worker = null;
    this.stopWatch();
    if (born) this.queue.shift()?.settle(overrun);
    else if (++this.stillborn >= MOST_STILLBORN) {
      const error = new Error(`no thread can be started: ${overrun.detail}`);
      for (const waiting of this.queue.splice(0)) waiting.fail(error);
    }
    if (this.queue.length > 0) {
      this.spawn();
      this.watch();
    }
  }
}

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
  /** File of the bundled worker, which ends in answerTasks of classify-port.ts. */
  entry: string;
  /** Its workerData, beside `turn`. */
  data: Record<string, unknown>;
  limits: ThreadLimits;
}

/** What goes to the thread, and what comes back. */
export interface ToThread<Task> {
  tasks: { id: number; task: Task }[];
}
export type ToMain<Answer> = { ready: true } | { answers: { id: number; answer: Answer }[] };

interface Waiting<Task, Answer> {
  id: number;
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
  /** In the order in which the thread has them. */
  private queue: Waiting<Task, Answer>[] = [];
  private outbox: ToThread<Task>['tasks'] = [];
  /** Id of the task whose turn it is, written by the thread. */
  private turn = new Int32Array(new SharedArrayBuffer(4));
  private worker: Worker | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ready = false;
  private stillborn = 0;
  private next = 0;

  constructor(private readonly start: ThreadStart) {}

  /** @throws Error when no thread can be started at all */
  run(task: Task): Promise<Outcome<Answer>> {
    return new Promise((settle, fail) => {
      const id = this.next++;
      this.queue.push({ id, task, settle, fail });
      if (this.worker === null) this.spawn();
      else this.send(id, task);
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
    this.turn = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
    this.outbox = [];
    const worker = new Worker(entry, {
      workerData: { ...data, turn: this.turn },
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    });
    this.worker = worker;
    this.ready = false;
    let error: NodeJS.ErrnoException | null = null;
    worker.on('message', (message: ToMain<Answer>) => {
      if (worker !== this.worker) return;
      if ('answers' in message) this.finish(message.answers);
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
    for (const { id, task } of this.queue) this.send(id, task);
  }

  /** What is asked in one go is sent in one go. */
  private send(id: number, task: Task): void {
    this.outbox.push({ id, task });
    if (this.outbox.length > 1) return;
    setImmediate(() => {
      const tasks = this.outbox;
      this.outbox = [];
      if (tasks.length > 0) this.worker?.postMessage({ tasks } satisfies ToThread<Task>);
    });
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

  private finish(answers: { id: number; answer: Answer }[]): void {
    for (const { answer } of answers) this.queue.shift()?.settle({ answer });
    this.watch();
  }

  /** The thread is gone, and with it the task whose turn it was. */
  private lost(overrun: Overrun): void {
    const born = this.ready;
    const turn = Atomics.load(this.turn, 0);
    this.worker = null;
    this.stopWatch();
    if (born) {
      // Those before it are done, and their answers lost with the thread: they are asked again.
      const guilty = this.queue.find(({ id }) => id === turn) ?? this.queue[0];
      this.queue = this.queue.filter((waiting) => waiting !== guilty);
      guilty?.settle(overrun);
    } else if (++this.stillborn >= MOST_STILLBORN) {
      const error = new Error(`no thread can be started: ${overrun.detail}`);
      for (const waiting of this.queue.splice(0)) waiting.fail(error);
    }
    if (this.queue.length > 0) {
      this.spawn();
      this.watch();
    }
  }
}

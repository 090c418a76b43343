import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';
import type { Changes } from '../store/changes.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';

/** What each job is handed. Every handler may run twice. */
export interface JobData {
  /** Judge one submission. */
  analyse: { submissionId: string };
  /** Another voice about a cluster: conclude its standing reports again. One that waits does for all that come meanwhile. */
  rejudge: { clusterId: string };
  /** Learn from what people decided, and label votes that waited long enough. */
  learn: Record<string, never>;
  /** Look for drift, and train a version of the model where one is asked for or worth it. */
  model: Record<string, never>;
  /** Make of accepted mail what it was sent for. */
  intake: Record<string, never>;
  /** Send what is written to people. */
  mail: Record<string, never>;
  /** Delete what is older than the privacy setting allows. */
  retention: Record<string, never>;
  /** List the directory of every provider again. */
  directory: Record<string, never>;
}
export type JobName = keyof JobData;
export type Handlers = { [N in JobName]: (data: JobData[N]) => Promise<void> };

export interface Jobs {
  /** Part of the caller's transaction: the job exists exactly when what it is about does. */
  enqueue<N extends JobName>(trx: Db, name: N, data: JobData[N]): Promise<void>;
  /** Starts to work; without it this process only enqueues. */
  work(handlers: Handlers): Promise<void>;
  /** Resolves when the queue answers. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

const EXPIRE_SECONDS = 60;
const DIRECTORY_CRON = '7 * * * *';
const LEARN_CRON = '* * * * *';
const RETENTION_CRON = '23 * * * *';
const MODEL_CRON = '37 * * * *';
/** A training may take minutes, and one that is cut short is asked for again. */
const MODEL_EXPIRE = { expireInSeconds: 600, retryLimit: 0 };

// Jobs of one fetch are acknowledged together, so several small fetches beat one large one.
const FETCHES = 2;
const FETCH_SIZE = 20;

/** pg-boss behind a small face. Handlers do not throw for what is expected: they postpone in their own rows. */
export async function openJobs(url: string, changes: Changes, onError: (error: Error) => void): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'reelback jobs',
    max: 6,
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterDays: 3,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue('analyse');
  await boss.createQueue('rejudge', { name: 'rejudge', policy: 'short' });
  await boss.createQueue('learn', { name: 'learn', policy: 'short' });
  await boss.createQueue('model', { name: 'model', policy: 'short', ...MODEL_EXPIRE });
  await boss.createQueue('intake', { name: 'intake', policy: 'short' });
  await boss.createQueue('mail', { name: 'mail', policy: 'short' });
  await boss.createQueue('retention', { name: 'retention', policy: 'short' });
  await boss.createQueue('directory', { name: 'directory', policy: 'short' });
  const stops: (() => void)[] = [];
  const underWay = new Set<Promise<unknown>>();

  return {
    async enqueue(trx, name, data) {
      await boss.send(name, data, {
        ...('clusterId' in data ? { singletonKey: data.clusterId } : {}),
        ...(name === 'model' ? MODEL_EXPIRE : {}),
        db: {
          executeSql: async (text, values) => ({
            rows: [...(await trx.executeQuery(CompiledQuery.raw(text, values))).rows],
          }),
        },
      });
      await notify(trx, channelOf(name));
    },
    async work(handlers) {
      await boss.schedule('directory', DIRECTORY_CRON);
      await boss.schedule('learn', LEARN_CRON);
      await boss.schedule('retention', RETENTION_CRON);
      // A commit wakes them; the minute is the safety net, and for what has been postponed.
      await boss.schedule('intake', LEARN_CRON);
      await boss.schedule('mail', LEARN_CRON);
      await boss.schedule('model', MODEL_CRON, {}, MODEL_EXPIRE);
      for (const name of Object.keys(handlers) as JobName[]) {
        const handle = handlers[name] as (data: object) => Promise<void>;
        for (let i = 0; i < (name === 'analyse' ? FETCHES : 1); i++) {
          const worker = await boss.work<object>(
            name,
            { batchSize: name === 'analyse' ? FETCH_SIZE : 1, pollingIntervalSeconds: 2 },
            async (jobs) => {
              const work = Promise.all(jobs.map((job) => handle(job.data)));
              underWay.add(work);
              await work.finally(() => underWay.delete(work));
            },
          );
          // Polling is the safety net; a commit wakes the worker at once.
          stops.push(changes.on(channelOf(name), () => boss.notifyWorker(worker)));
        }
      }
    },
    async check() {
      if (!(await boss.getQueue('analyse'))) throw new Error('the queue is missing');
    },
    async stop() {
      for (const stop of stops) stop();
      await boss.stop({ graceful: true, wait: true, timeout: 10_000 });
      // The library gives up on handlers after its timeout; what they use must outlast them.
      await Promise.allSettled(underWay);
    },
  };
}

const channelOf = (name: JobName) => `job:${name}`;

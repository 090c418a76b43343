import { EventEmitter } from 'node:events';
import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from './database.ts';

/** What is notified of every change. */
export const CHANGED_CHANNEL = 'reelback_changed';
// A mark is used within milliseconds; older notices need not be remembered.
const RECENT_MOST = 10_000;

/** Tells every process, once the transaction commits, that what this id names may have changed. */
export async function notify(trx: Db, ...ids: string[]): Promise<void> {
  for (const id of ids) await sql`select pg_notify(${CHANGED_CHANNEL}, ${id})`.execute(trx);
}

export interface Changes {
  /** The moment of now among the notices: what comes after it counts for `wait`. */
  mark(): number;
  /** Resolves when one of the ids has been notified since the mark, after timeoutMs, or when the signal aborts. */
  wait(ids: readonly string[], timeoutMs: number, signal?: AbortSignal, since?: number): Promise<void>;
  on(id: string, listener: () => void): () => void;
  close(): Promise<void>;
}

/** One LISTEN session per process, opened again when it breaks; a missed notice costs one timeout, never correctness. */
export async function listenForChanges(url: string, onError: (error: Error) => void): Promise<Changes> {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let client: pg.Client | null = null;
  let closed = false;
  let count = 0;
  const recent = new Map<string, number>();

  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'reelback listen' });
    next.on('notification', (notice) => {
      if (!notice.payload) return;
      recent.delete(notice.payload);
      recent.set(notice.payload, ++count);
      if (recent.size > RECENT_MOST) recent.delete(recent.keys().next().value as string);
      emitter.emit(notice.payload);
    });
    next.on('error', (error) => {
      onError(error);
      client = null;
      next.end().catch(() => {});
      if (!closed) setTimeout(() => connect().catch(onError), 1000).unref();
    });
    await next.connect();
    await next.query(`listen ${CHANGED_CHANNEL}`);
    client = next;
  };
  await connect();

  const on = (id: string, listener: () => void) => {
    emitter.on(id, listener);
    return () => emitter.off(id, listener);
  };

  return {
    on,
    mark: () => count,
    wait: (ids, timeoutMs, signal, since = count) =>
      new Promise((resolve) => {
        if (ids.some((id) => (recent.get(id) ?? 0) > since)) return resolve();
        const stops = ids.map((id) => on(id, done));
        const timer = setTimeout(done, timeoutMs);
        signal?.addEventListener('abort', done);
        if (signal?.aborted) done();
        function done() {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          for (const stop of stops) stop();
          resolve();
        }
      }),
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}

/** A submission's view as an event stream, for clients that read it with fetch. */
import { setTimeout } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SubmissionView } from '../../shared/api.ts';
import { callerKey } from './authenticate.ts';
import type { Limits } from './options.ts';
import { Problem } from './problem.ts';

/** What a stream follows. */
export interface Followed {
  /** null once it is no longer there, or no longer the caller's. */
  view(): Promise<SubmissionView | null>;
  /** Resolves on a possible change, after timeoutMs, or when the signal aborts. */
  changed(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** A stop of the server waits this long at most for a slow reader. */
const DRAIN_MS = 10_000;
const MIN_INTERVAL_MS = 200;

/**
 * True when nothing more will happen by itself: judged and nothing to move, or the retraction is confirming or over.
 * A held one is not: an analyst may approve it while the reporter watches.
 */
export function isSettled(view: SubmissionView): boolean {
  if (view.status === 'received' || view.status === 'analysing') return false;
  if (view.status === 'invalid') return true;
  if (view.retraction) return ['confirming', 'done', 'cancelled', 'restored'].includes(view.retraction.state);
  return (
    view.status === 'withdrawn' || (view.psr !== null && view.psr.action !== 'retract' && view.psr.action !== 'hold')
  );
}

/** The streams that are open, so that they can be counted and ended. */
export class EventStreams {
  readonly #open = new Map<symbol, { key: string; controller: AbortController; ended: Promise<void> }>();
  constructor(private readonly limits: Limits) {}

  /**
   * Answers with `event: view` for the present and every later view, comments as heartbeat, and the end once settled.
   * Only the newest view waits for a slow reader, so memory stays flat.
   * @throws Problem 429 when too many streams are open
   */
  async serve(request: FastifyRequest, reply: FastifyReply, followed: Followed): Promise<void> {
    const key = callerKey(request);
    const mine = [...this.#open.values()].filter((stream) => stream.key === key).length;
    if (this.#open.size >= this.limits.streams || mine >= this.limits.streamsOfCaller)
      throw new Problem(429, 'too_many_streams', 'Too many event streams are open.', { retryAfterSeconds: 10 });

    const controller = new AbortController();
    const id = Symbol('stream');
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would otherwise hold events back.
      'x-accel-buffering': 'no',
    });
    raw.on('close', () => controller.abort());
    raw.on('error', () => controller.abort());
    const lifetime = globalThis.setTimeout(() => controller.abort(), this.limits.streamMs);
    const ended = this.#follow(raw, followed, controller.signal)
      .catch((error: unknown) =>
        request.log.warn({ type: error instanceof Error ? error.name : 'unknown' }, 'stream broke'),
      )
      .finally(() => {
        clearTimeout(lifetime);
        this.#open.delete(id);
        raw.end();
      });
    this.#open.set(id, { key, controller, ended });
    await ended;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Ends every stream; clients come back to another server, or to this one when it is up again. */
  async close(): Promise<void> {
    const open = [...this.#open.values()];
    for (const { controller } of open) controller.abort();
    await Promise.all(open.map(({ ended }) => ended));
  }

  async #follow(raw: FastifyReply['raw'], followed: Followed, signal: AbortSignal): Promise<void> {
    let sent = '';
    while (!signal.aborted) {
      // Asked for before the view is read, so that no change falls between reading and waiting.
      const change = followed.changed(this.limits.heartbeatMs, signal);
      change.catch(() => {});
      const view = await followed.view();
      if (!view) return;
      const text = JSON.stringify(view);
      await write(raw, text === sent ? ': still here\n\n' : `event: view\ndata: ${text}\n\n`, signal);
      sent = text;
      if (isSettled(view)) return;
      await change;
      // A sweep changes its counts many times a second; eyes do not.
      await setTimeout(MIN_INTERVAL_MS, undefined, { signal }).catch(() => {});
    }
  }
}

/** Waits for the reader when it is behind; one that stays behind is cut off. */
async function write(raw: FastifyReply['raw'], text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || raw.destroyed) return;
  if (raw.write(text)) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      raw.off('drain', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = globalThis.setTimeout(() => {
      raw.destroy();
      finish();
    }, DRAIN_MS);
    raw.once('drain', finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}

/** The server's routes for the add-ins. Answers are values; nothing here throws. */
import type { Problem, SubmissionRequest, SubmissionView, WithdrawAnswer } from '../shared/api.ts';
import { type Trouble, troubleOfStatus } from '../shared/trouble.ts';
import { readEvents } from './events.ts';
import { within } from './within.ts';

export type Answer<T> =
  | { ok: true; status: number; value: T }
  | { ok: false; trouble: Trouble; status: number; retryAfterMs: number | null; problem: Problem | null };

export interface Api {
  /** @param options.waitSeconds how long the server may hold its answer for the verdict */
  submit(
    request: SubmissionRequest,
    options: { token: string; key: string; waitSeconds?: number; ms: number },
  ): Promise<Answer<SubmissionView>>;
  view(id: string, token: string): Promise<Answer<SubmissionView>>;
  withdraw(id: string, token: string): Promise<Answer<WithdrawAnswer>>;
  /** Hands over every view the server sends; resolves when the stream has ended, true when it had begun. */
  watch(id: string, token: string, onView: (view: SubmissionView) => void, signal: AbortSignal): Promise<boolean>;
}

const READ_MS = 15_000;
/** The server sends heartbeats; a stream that is silent for so long is dead. */
const SILENCE_MS = 60_000;

export function createApi(origin: string, fetch: typeof globalThis.fetch, language: string): Api {
  const submissions = `${origin}/api/v1/submissions`;
  const headers = (token: string) => ({ authorization: `Bearer ${token}`, 'accept-language': language });

  async function call<T>(
    url: string,
    init: RequestInit,
    ms: number,
    isRight: (body: unknown) => body is T,
  ): Promise<Answer<T>> {
    // Not everywhere in the event runtime; where it is missing a late request runs on unheard.
    const abort = typeof AbortController === 'undefined' ? null : new AbortController();
    try {
      const exchange = async () => {
        const response = await fetch(url, abort ? { ...init, signal: abort.signal } : init);
        return { response, body: parse(await response.text()) };
      };
      const got = await within(exchange(), ms, null);
      if (!got) {
        abort?.abort();
        return failure('timeout');
      }
      const { response, body } = got;
      if (response.ok && isRight(body)) return { ok: true, status: response.status, value: body };
      if (response.ok) return failure('server', response.status);
      const problem = isProblem(body) ? body : null;
      const trouble = troubleOfStatus(response.status, problem?.code ?? '');
      return failure(trouble, response.status, retryAfterMs(response.headers.get('retry-after')), problem);
    } catch {
      return failure('offline');
    }
  }

  return {
    submit(request, { token, key, waitSeconds, ms }) {
      const init = {
        method: 'POST',
        headers: { ...headers(token), 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(request),
      };
      return call(waitSeconds ? `${submissions}?wait=${waitSeconds}` : submissions, init, ms, isView);
    },
    view(id, token) {
      return call(`${submissions}/${encodeURIComponent(id)}`, { headers: headers(token) }, READ_MS, isView);
    },
    withdraw(id, token) {
      const init = { method: 'POST', headers: headers(token) };
      return call(`${submissions}/${encodeURIComponent(id)}/withdraw`, init, READ_MS, isWithdrawAnswer);
    },
    async watch(id, token, onView, signal) {
      try {
        const response = await fetch(`${submissions}/${encodeURIComponent(id)}/events`, {
          headers: { ...headers(token), accept: 'text/event-stream' },
          signal,
        });
        if (!response.ok || !response.body) return false;
        await readEvents(response.body, SILENCE_MS, ({ event, data }) => {
          const view = parse(data);
          if (event === 'view' && isView(view)) onView(view);
        });
        return true;
      } catch {
        return false;
      }
    },
  };
}

function failure(
  trouble: Trouble,
  status = 0,
  retryAfterMs: number | null = null,
  problem: Problem | null = null,
): Answer<never> {
  return { ok: false, trouble, status, retryAfterMs, problem };
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3). */
function retryAfterMs(field: string | null): number | null {
  if (!field) return null;
  const ms = /^\d+$/.test(field.trim()) ? Number(field) * 1000 : Date.parse(field) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A proxy's sign-in page with status 200 is no answer of ours. */
function isView(body: unknown): body is SubmissionView {
  const view = body as Partial<SubmissionView> | null;
  return (
    typeof view?.id === 'string' &&
    typeof view.status === 'string' &&
    typeof view.pane?.title === 'string' &&
    Array.isArray(view.pane.lines) &&
    Array.isArray(view.reasons)
  );
}

function isWithdrawAnswer(body: unknown): body is WithdrawAnswer {
  return typeof (body as Partial<WithdrawAnswer> | null)?.withdrawn === 'boolean';
}

function isProblem(body: unknown): body is Problem {
  return typeof (body as Partial<Problem> | null)?.code === 'string';
}

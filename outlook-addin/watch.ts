import type { SubmissionView } from '../shared/api.ts';
import type { Api } from './api.ts';
import type { Auth } from './auth.ts';

/** Waits between looks while there is no stream, in milliseconds; the last one repeats. */
const LOOKS_MS = [1_000, 2_000, 3_000, 5_000, 8_000, 15_000];
const TOKEN_MS = 20_000;

/**
 * Follows a submission until nothing more happens to it: by the event stream, and by looking again and again where a
 * proxy cuts streams off.
 * @param onFresh false while the connection is interrupted
 */
export async function watch(
  id: string,
  deps: { api: Api; auth: Auth; wait: (ms: number) => Promise<void>; signal: AbortSignal },
  onView: (view: SubmissionView) => void,
  onFresh: (fresh: boolean) => void,
): Promise<void> {
  const { api, auth, wait, signal } = deps;
  let settled = false;
  let looks = 0;
  const take = (view: SubmissionView) => {
    if (signal.aborted) return;
    settled = isSettled(view);
    onFresh(true);
    onView(view);
  };
  while (!settled && !signal.aborted) {
    const token = await auth.silent(TOKEN_MS);
    if (signal.aborted) return;
    if (token.ok) {
      let heard = false;
      await api.watch(
        id,
        token.token,
        (view) => {
          heard = true;
          take(view);
        },
        signal,
      );
      if (settled || signal.aborted) return;
      if (heard) looks = 0;
      const answer = await api.view(id, token.token);
      if (answer.ok) take(answer.value);
      else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 401) return;
      else onFresh(false);
    } else onFresh(false);
    if (settled || signal.aborted) return;
    await wait(LOOKS_MS[Math.min(looks++, LOOKS_MS.length - 1)]!);
  }
}

/** Whether the view is the last one to expect. A held retraction waits for a person and may still begin. */
export function isSettled(view: SubmissionView): boolean {
  const state = view.retraction?.state;
  if (view.status === 'invalid') return true;
  if (view.status === 'withdrawn') return state !== 'restoring';
  if (view.status !== 'concluded') return false;
  if (state) return state === 'confirming' || state === 'done' || state === 'cancelled' || state === 'restored';
  return view.psr !== null && view.psr.action !== 'retract';
}

/** Data that keeps itself fresh while somebody looks. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from './api.ts';

export interface Live<T> {
  data: T | null;
  /** Why the last attempt failed; the data then is what was known before. */
  problem: ApiProblem | null;
  reload(): Promise<void>;
}

/**
 * Reads at once and again every `everyMs`; not while the page is hidden, and at once when it is shown again.
 * @param key what is read; another key starts over with no data.
 */
export function useLive<T>(key: string, read: () => Promise<T>, everyMs: number): Live<T> {
  const [state, setState] = useState<{ key: string; data: T | null; problem: ApiProblem | null }>({
    key,
    data: null,
    problem: null,
  });
  const newest = useRef({ key, read });
  newest.current = { key, read };

  const reload = useCallback(async () => {
    const asked = newest.current;
    try {
      const data = await asked.read();
      // An answer for a place one has left meanwhile is not shown.
      if (newest.current.key === asked.key) setState({ key: asked.key, data, problem: null });
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'broken', '');
      if (newest.current.key === asked.key)
        setState((old) => ({ key: asked.key, data: old.key === asked.key ? old.data : null, problem }));
    }
  }, []);

  // Another key reads anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const tick = async () => {
      if (!document.hidden) await reload();
      if (!stopped) timer = setTimeout(tick, everyMs);
    };
    const shown = () => {
      if (!document.hidden) void reload();
    };
    void tick();
    document.addEventListener('visibilitychange', shown);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [key, everyMs, reload]);

  const current = state.key === key;
  return { data: current ? state.data : null, problem: current ? state.problem : null, reload };
}

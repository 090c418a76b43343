import type { Store } from '../store/database.ts';
import { beat, forgetWorker } from '../store/workers.ts';

const EVERY_MS = 10_000;

/** Beats until stopped, so that /readyz of any process can tell whether somebody works. */
export async function startHeartbeat(
  store: Store,
  id: string,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  await beat(store.db, id);
  const timer = setInterval(() => {
    beat(store.db, id).catch(onError);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await forgetWorker(store.db, id).catch(onError);
  };
}

import { auditHead, sealAudit } from './audit-chain.ts';
import type { Store } from './database.ts';

const EVERY_MS = 1_000;
/** The end of the chain in the log, beside the database: whoever keeps logs can hold a later verification against it. */
const TELL_EVERY_MS = 3_600_000;

/**
 * Seals lines of the audit log as they come, until it is stopped; any number of processes may do so.
 * @param tell is handed the end of the chain once an hour while it grows.
 * @returns stops, after what is under way.
 */
export function keepSealing(
  { store, tenant, now }: { store: Store; tenant: string; now: () => Date },
  tell: (head: { position: number; hash: string }) => void,
  onError: (error: Error) => void,
): () => Promise<void> {
  let told = Number.NEGATIVE_INFINITY;
  let turn: Promise<void> = Promise.resolve();
  let busy = false;
  const once = async () => {
    const sealed = await sealAudit(store.db);
    if (sealed === 0 || now().getTime() - told < TELL_EVERY_MS) return;
    told = now().getTime();
    const head = await auditHead(store.db, tenant);
    if (head) tell(head);
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    turn = once()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await turn;
  };
}

import type { RetractionState } from '../../shared/retraction.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { requestRestore } from '../store/retraction-copies.ts';
import { type RetractionProgressRow, retractionProgress } from '../store/retraction-progress.ts';
import { lockRetraction, type RetractionRow, setRetractionState } from '../store/retractions.ts';
import { tellOwners } from './notices.ts';
import type { RetractionWorld } from './world.ts';

/** Derives the state of a retraction from its rows, and tells whoever watches. */
export async function settle(world: RetractionWorld, retractionId: string): Promise<void> {
  const notifications = world.outbox ? await world.settings.get('notifications') : null;
  await world.store.inTransaction(async (trx) => {
    const retraction = await lockRetraction(trx, retractionId);
    if (!retraction) return;
    if (retraction.state === 'restoring') {
      // A move whose answer was lost has turned out to have happened: it goes back too.
      await requestRestore(trx, retractionId, retraction.decided_by ?? 'reelback');
    }
    const next = stateOf(retraction, await retractionProgress(trx, retractionId));
    if (next !== retraction.state) {
      const over = next === 'done' || next === 'restored';
      await setRetractionState(trx, retractionId, { state: next, ...(over ? { completedAt: world.now() } : {}) });
      await audit(trx, {
        tenant: retraction.tenant,
        actor: 'reelback',
        action: `retraction.${next}`,
        subjectId: retractionId,
      });
      if (notifications) await tellOwners(trx, world, retraction, next, notifications);
      await notify(trx, 'retractions');
    }
    await notify(trx, retractionId);
  });
}

/** `confirming` once everybody has been searched and every copy has an outcome; `done` once every mailbox is closed. */
export function stateOf(retraction: RetractionRow, progress: RetractionProgressRow): RetractionState {
  if (retraction.state === 'restoring') {
    return progress.restoring === 0 && progress.unknown === 0 ? 'restored' : 'restoring';
  }
  if (retraction.state !== 'running' && retraction.state !== 'confirming') return retraction.state;
  const pending = retraction.preview ? 0 : progress.pending;
  if (retraction.planned_at === null || progress.unsearched > 0 || pending > 0) return 'running';
  return progress.open === 0 ? 'done' : 'confirming';
}

import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { closeMailboxes } from '../store/retraction-mailboxes.ts';
import { heldBefore, lockRetraction, restoresSince, setRetractionState } from '../store/retractions.ts';
import type { RetractionWorld } from './world.ts';

/** Longer than a weekend. */
export const HOLD_HOURS = 72;
const HOUR_MS = 3_600_000;
const AT_ONCE = 50;

/** What waited for a person longer than the guard says is over, and says so; what has been moved stays where it is. */
export async function expireHeld(world: RetractionWorld): Promise<number> {
  const { hold_hours = HOLD_HOURS } = await world.settings.get('guard');
  const before = new Date(world.now().getTime() - hold_hours * HOUR_MS);
  let expired = 0;
  for (const id of await heldBefore(world.store.db, world.tenant, before, AT_ONCE)) {
    await world.store.inTransaction(async (trx) => {
      const retraction = await lockRetraction(trx, id);
      if (retraction?.state !== 'held') return;
      await closeMailboxes(trx, id);
      await setRetractionState(trx, id, { state: 'cancelled', reason: 'expired', completedAt: world.now() });
      await audit(trx, {
        tenant: world.tenant,
        actor: 'reelback',
        action: 'retraction.expired',
        subjectId: id,
        detail: { held_for: retraction.reason, hours: hold_hours },
      });
      await notify(trx, id, 'retractions');
      expired++;
    });
  }
  return expired;
}

const SPIKE_WINDOW_MS = 24 * HOUR_MS;

/**
 * People who put back one retraction after the other say that something is wrong: everything pauses until somebody has
 * looked. Ending the pause starts the count anew.
 */
export async function pauseOnRestores(world: RetractionWorld): Promise<boolean> {
  const { pause_after_restores: most } = await world.settings.get('guard');
  const retraction = await world.settings.get('retraction');
  if (!most || retraction.paused) return false;
  const since = new Date(world.now().getTime() - SPIKE_WINDOW_MS);
  const restores = await restoresSince(world.store.db, world.tenant, since);
  if (restores < most) return false;
  await world.settings.put('retraction', { ...retraction, paused: true }, 'reelback');
  world.log.warn({ restores, most }, 'retractions are paused: so many have been put back');
  return true;
}

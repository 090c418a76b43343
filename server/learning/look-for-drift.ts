import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { driftOf, storeDrift, verdictWindow } from '../store/verdict-window.ts';
import { BEFORE_DAYS, type Drift, driftBetween, WINDOW_DAYS } from './drift.ts';
import type { ModelWorld } from './model-world.ts';
import { learningQueue } from './prepare.ts';

const DAY_MS = 86_400_000;

/** Looks, keeps what was found, and tells the audit log when an alarm begins or ends. May run twice. */
export async function lookForDrift(world: Pick<ModelWorld, 'tenant' | 'store' | 'now' | 'log'>): Promise<Drift> {
  const { tenant, store } = world;
  const now = world.now();
  const from = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
  const before = new Date(from.getTime() - BEFORE_DAYS * DAY_MS);
  const { samples } = await learningQueue(store.db, tenant, now);
  const drift = driftBetween(
    await verdictWindow(store.db, tenant, before, from),
    await verdictWindow(store.db, tenant, from, now),
    { before: samples.filter(({ at }) => at >= before && at < from), now: samples.filter(({ at }) => at >= from) },
  );
  await store.inTransaction(async (trx) => {
    if (!(await storeDrift(trx, tenant, now, drift.alarm, drift))) return;
    await audit(trx, {
      tenant,
      actor: 'reelback',
      action: drift.alarm ? 'model.drift' : 'model.drift_ended',
      subjectId: 'model',
      detail: { signs: drift.signs },
    });
    await notify(trx, 'model');
    world.log.warn({ alarm: drift.alarm, signs: drift.signs }, 'drift of the model');
  });
  return drift;
}

export async function driftAlarm({ store, tenant }: Pick<ModelWorld, 'tenant' | 'store'>): Promise<boolean> {
  return (await driftOf(store.db, tenant))?.alarm ?? false;
}

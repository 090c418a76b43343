import { ENGINE_VERSION } from '../analysis/conclude.ts';
import { notify } from '../store/changes.ts';
import { lookNow } from '../store/deliveries.ts';
import {
  advanceSweep,
  beginSweep,
  claimSweep,
  listsMark,
  type SweepRow,
  seenPage,
  sweepOf,
} from '../store/delivery-sweeps.ts';
import { listsNow, reweigh } from './weigh.ts';
import { type DeliveryWorld, EVALUATED_FOR_MS } from './world.ts';

/** Mails weighed a transaction; some 15 KB each. */
export const PAGE = 400;

/**
 * Begins a look at all seen mail when the model or a list is another than at the last one. What is known is compared, not
 * announced, so that no change is missed.
 */
export async function noticeChange(world: DeliveryWorld): Promise<void> {
  const { tenant } = world;
  const version = world.local()?.version ?? 0;
  const model = `${world.modelDigest.slice(0, 16)}.${version}.${ENGINE_VERSION}`;
  const mark = `${model} ${await listsMark(world.store.db, tenant)}`;
  const last = await sweepOf(world.store.db, tenant);
  if (last?.mark === mark) return;
  const reason: SweepRow['reason'] = last && last.mark.split(' ')[0] !== model ? 'model' : 'lists';
  await world.store.inTransaction((trx) =>
    beginSweep(trx, tenant, { reason, mark, at: world.now(), first: last === null }),
  );
}

/**
 * Weighs the next page of seen mail anew, the newest first: whatever would be judged otherwise now is evaluated next.
 * Resumable: the place stands in a row.
 * @param limit mails of a page
 * @returns false when there is no sweep, somebody else is at it, or it is over
 */
export async function sweepNext(world: DeliveryWorld, owner: string, limit = PAGE): Promise<boolean> {
  const { tenant } = world;
  const { db } = world.store;
  const now = world.now();
  const sweep = await claimSweep(db, tenant, owner, now, world.leaseMs);
  if (!sweep) return false;
  const after = sweep.after_at && sweep.after_id ? { at: sweep.after_at, id: sweep.after_id } : null;
  const since = new Date(now.getTime() - EVALUATED_FOR_MS);
  const seen = await seenPage(db, tenant, { after, since, limit });
  const again = await reweigh(world, seen, await listsNow(world));
  const changed = again.filter(({ row, verdict }) => verdict.disposition !== row.body.disposition);
  const last = seen.at(-1);
  await world.store.inTransaction(async (trx) => {
    const page = {
      mark: sweep.mark,
      after: last && seen.length === limit ? { at: last.first_seen_at, id: last.id } : null,
      looked: seen.length,
      changed: changed.length,
      now: world.now(),
    };
    if (!(await advanceSweep(trx, tenant, owner, page))) return;
    await lookNow(
      trx,
      changed.map(({ row }) => row.id),
      world.now(),
    );
    if (changed.length > 0) await notify(trx, 'deliveries');
  });
  return seen.length === limit;
}

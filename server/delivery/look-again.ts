import { notify } from '../store/changes.ts';
import { lookNow } from '../store/deliveries.ts';
import { seenNear } from '../store/delivery-sweeps.ts';
import { type DeliveryWorld, EVALUATED_FOR_MS } from './world.ts';

/** Seen mails that one case may concern, at most: of its own cluster, with its proofs, and with what only associates. */
const MOST = { ofCluster: 5_000, ofProofs: 10_000, associated: 500 };

/**
 * Somebody has reported a mail of this cluster, or a person has decided about one: seen mails of the cluster, and those that
 * carry what its confirmed cases carried, are evaluated at once. Found by index; may run twice.
 */
export async function lookAgainNear(world: DeliveryWorld, clusterId: string): Promise<void> {
  const now = world.now();
  const since = new Date(now.getTime() - EVALUATED_FOR_MS);
  const near = await seenNear(world.store.db, world.tenant, clusterId, since, MOST);
  if (near.length === 0) return;
  await world.store.inTransaction(async (trx) => {
    if ((await lookNow(trx, near, now)) > 0) await notify(trx, 'deliveries');
  });
}

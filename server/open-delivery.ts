import type { Configuration } from './configuration.ts';
import { openDeliveries } from './delivery/deliveries.ts';
import type { Deliveries } from './delivery/face.ts';
import { lookAgainNear } from './delivery/look-again.ts';
import { type DeliveryWatch, watchDeliveries } from './delivery/watch.ts';
import type { DeliveryWorld } from './delivery/world.ts';
import type { Base } from './learning/prepare.ts';
import { type JudgeSettings, judgeWith } from './submission/judge.ts';
import type { SubmissionWorld } from './submission/world.ts';

export interface Delivery {
  deliveries: Deliveries;
  watch: DeliveryWatch;
  /** After a report or a decision about a mail of this cluster. */
  lookAgainNear(clusterId: string): Promise<void>;
}

/** Delivered mail. @param judging without lookups: its links are never followed */
export function openDelivery(
  { pdrDelaysMs }: Pick<Configuration, 'pdrDelaysMs'>,
  world: SubmissionWorld,
  judging: Omit<JudgeSettings, 'lookups'>,
  base: Base,
): Delivery {
  const { lists, ownDomains } = judging;
  const deliveryWorld: DeliveryWorld = {
    ...world,
    lists,
    ownDomains: () => ownDomains(),
    judge: judgeWith(judging),
    model: base.model,
    local: () => judging.local?.() ?? null,
    modelDigest: base.digest,
    delaysMs: pdrDelaysMs,
  };
  const deliveries = openDeliveries(deliveryWorld);
  return {
    deliveries,
    watch: watchDeliveries(deliveryWorld, deliveries.seen),
    lookAgainNear: (clusterId) => lookAgainNear(deliveryWorld, clusterId),
  };
}

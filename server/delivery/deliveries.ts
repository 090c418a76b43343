import type { WatchStatus } from '../../shared/delivery.ts';
import { sweepOf } from '../store/delivery-sweeps.ts';
import { failingMailboxes, seenSince, watchCounts } from '../store/watched-mailboxes.ts';
import type { Deliveries } from './face.ts';
import { recipientsIn } from './recipients.ts';
import { see } from './see.ts';
import type { DeliveryWorld } from './world.ts';

const MOST_FAILING = 50;
const DAY_MS = 86_400_000;

export function openDeliveries(world: DeliveryWorld): Deliveries {
  const recipientsOf = recipientsIn(world);
  return {
    seen: (raw, envelope) => see(world, recipientsOf, raw, envelope),
    watching: () => watching(world),
  };
}

async function watching({ store, tenant, now }: DeliveryWorld): Promise<WatchStatus> {
  const { db } = store;
  const [counts, failing, today, sweep] = await Promise.all([
    watchCounts(db, tenant),
    failingMailboxes(db, tenant, MOST_FAILING),
    seenSince(db, tenant, new Date(now().getTime() - DAY_MS)),
    sweepOf(db, tenant),
  ]);
  return {
    mailboxes: counts.mailboxes,
    begun: counts.begun,
    failing: failing.map((one) => ({
      mailbox: one.mailbox,
      provider: one.provider,
      reason: one.last_error,
      since: one.failing_since.toISOString(),
    })),
    looked_at: counts.looked_at?.toISOString() ?? null,
    seen_today: today.seen,
    detected_today: today.detected,
    sweep: sweep && {
      reason: sweep.reason,
      begun_at: sweep.begun_at.toISOString(),
      ended_at: sweep.ended_at?.toISOString() ?? null,
      looked_at: sweep.looked_at,
      changed: sweep.changed,
    },
  };
}

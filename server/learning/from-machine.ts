import { labelOf } from '../analysis/reporter.ts';
import { newestVerdictOfCluster } from '../store/clusters.ts';
import { votersOf, votesOnCluster } from '../store/reporters.ts';
import { unitWithout } from '../submission/votes.ts';
import { relabel } from './relabel.ts';
import type { LearningWorld } from './world.ts';

/** Proof that stands without any voice. */
const CERTAIN = 12;

/**
 * Nobody has said what a mail was: where the machine and the other reporters are sure, their opinion is a quarter of a
 * label, and the reporter's own voice is left out of it.
 * @param until votes cast later wait
 */
export async function learnFromMachine(world: LearningWorld, clusterId: string, until: Date): Promise<void> {
  const now = world.now();
  await world.store.inTransaction(async (trx) => {
    const verdict = await newestVerdictOfCluster(trx, world.tenant, clusterId);
    const voters = await votersOf(trx, world.tenant, clusterId, now);
    for (const vote of await votesOnCluster(trx, world.tenant, clusterId)) {
      if (vote.label_by !== null || vote.voted_at > until) continue;
      const without = verdict
        ? verdict.definitive
          ? CERTAIN
          : verdict.marginWithoutReporter + unitWithout(voters, vote.reporter, now)
        : 0;
      const label = labelOf({ by: 'machine', marginWithoutReporter: without });
      await relabel(trx, world.tenant, vote, { by: 'machine', ...label }, now);
    }
  });
}

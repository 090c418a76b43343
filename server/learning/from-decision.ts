import { indicatorsOf } from '../analysis/indicators.ts';
import { labelOf } from '../analysis/reporter.ts';
import type { KeptMail } from '../analysis/weigh-again.ts';
import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { claimDecision, clusterDecision, type DecisionRow, decisionOn } from '../store/decisions.ts';
import { keptOfMessage } from '../store/delivery-sweeps.ts';
import { forgetIndicators, type Indicator, writeIndicators } from '../store/indicators.ts';
import { messageById } from '../store/messages.ts';
import { votesOnCluster } from '../store/reporters.ts';
import { relabel } from './relabel.ts';
import type { LearningWorld } from './world.ts';

/** Dispositions that a report of phishing was right about. */
const PHISHING = new Set(['MALICIOUS', 'SPOOF', 'SUSPICIOUS']);

/**
 * A person has decided about a mail: reporters of its cluster were right or wrong, and what a confirmed case carried is
 * known from now on. A case that is taken back leaves nothing behind.
 */
export async function learnFromDecision(world: LearningWorld, decision: DecisionRow): Promise<void> {
  const { db } = world.store;
  const now = world.now();
  const newest = await decisionOn(db, [decision.message_id]);
  const confirmed = newest?.disposition === 'MALICIOUS';
  // Parsed before the transaction is opened.
  const indicators = confirmed ? await indicatorsOfMessage(world, decision.message_id) : [];
  await world.store.inTransaction(async (trx) => {
    if (!(await claimDecision(trx, decision.id, now))) return;
    if (confirmed) await writeIndicators(trx, world.tenant, decision.message_id, indicators, decision.decided_at);
    else await forgetIndicators(trx, decision.message_id);
    const clusterId = await clusterOfMessage(trx, decision.message_id);
    if (clusterId === null) return;
    await labelCluster(trx, world, clusterId, now);
    await world.jobs.enqueue(trx, 'rejudge', { clusterId });
  });
}

/** One malicious mail makes the whole cluster's reporters right, whatever was said of a copy of it. */
async function labelCluster(trx: Db, world: LearningWorld, clusterId: string, now: Date): Promise<void> {
  const counting = await clusterDecision(trx, world.tenant, clusterId);
  if (!counting) return;
  const label = {
    by: 'analyst' as const,
    ...labelOf({ by: 'analyst', malicious: PHISHING.has(counting.disposition) }),
  };
  for (const vote of await votesOnCluster(trx, world.tenant, clusterId))
    await relabel(trx, world.tenant, vote, label, now);
}

async function indicatorsOfMessage(world: LearningWorld, messageId: string): Promise<Indicator[]> {
  const message = await messageById(world.store.db, messageId);
  const raw = message && (await getBlob(world.store.db, message.sha256));
  // Seen on its delivery and not detected: the body is gone, and what it carried was kept.
  if (!raw) return ((await keptOfMessage(world.store.db, messageId)) as KeptMail | null)?.indicators ?? [];
  return indicatorsOf(await parseMessage(raw), await world.ownDomains());
}

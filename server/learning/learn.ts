import { unlearntDecisions } from '../store/decisions.ts';
import { dropIndicatorsBefore } from '../store/indicators.ts';
import { unlabelledClusters } from '../store/reporters.ts';
import { KNOWN_FOR_MS } from '../submission/known-cases.ts';
import { learnFromDecision } from './from-decision.ts';
import { learnFromMachine } from './from-machine.ts';
import { recalibrate } from './recalibrate.ts';
import type { LearningWorld } from './world.ts';

/** A person has this long to say what a mail was before the machine's own opinion becomes the label. */
const SETTLED_AFTER_MS = 24 * 3_600_000;
const AT_A_TIME = 100;

/** What people decided since the last time, and votes that nobody has labelled for a day. May run twice. */
export async function learn(world: LearningWorld): Promise<void> {
  const { db } = world.store;
  const now = world.now();
  for (const decision of await unlearntDecisions(db, world.tenant, AT_A_TIME)) await learnFromDecision(world, decision);
  const settled = new Date(now.getTime() - SETTLED_AFTER_MS);
  for (const clusterId of await unlabelledClusters(db, world.tenant, settled, AT_A_TIME))
    await learnFromMachine(world, clusterId, settled);
  await recalibrate(world);
  await dropIndicatorsBefore(db, world.tenant, new Date(now.getTime() - KNOWN_FOR_MS));
}

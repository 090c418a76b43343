import type { Opinion } from '../analysis/conclude.ts';
import type { VoiceCalibration } from '../analysis/voice-calibration.ts';
import { distinctMessages } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { decisionOn } from '../store/decisions.ts';
import { storedCalibration } from '../store/voice-calibrations.ts';
import { KNOWN_FOR_MS } from './known-cases.ts';
import { unitOf } from './votes.ts';

interface About {
  clusterId: string;
  /** Judged mails that are copies of this very one, itself included. */
  copies: readonly string[];
  /** The sender is proven. */
  authenticated: boolean;
  /** A registered exercise: nobody votes on it. */
  exercise: boolean;
}

/**
 * What people say of a mail at this moment: who reported it, and what an analyst decided. A decision covers copies only;
 * NONE covers them only where the sender is proven, or whoever imitates a newsletter would be let pass with it.
 */
export async function opinionOn(
  trx: Db,
  world: { tenant: string; now(): Date },
  { clusterId, copies, authenticated, exercise }: About,
): Promise<{ opinion: Opinion; waveSize: number }> {
  const now = world.now();
  const decision = await decisionOn(trx, copies);
  const calibration = (await storedCalibration(trx, world.tenant))?.value as VoiceCalibration | null | undefined;
  const holds = decision !== null && (decision.disposition !== 'NONE' || authenticated);
  return {
    opinion: {
      reporterUnit: exercise ? 0 : await unitOf(trx, world.tenant, clusterId, now),
      ...(calibration ? { calibration } : {}),
      ...(holds ? { decided: { disposition: decision.disposition, by: 'analyst' as const } } : {}),
    },
    waveSize: await distinctMessages(trx, world.tenant, clusterId, new Date(now.getTime() - KNOWN_FOR_MS)),
  };
}

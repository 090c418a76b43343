import type { Disposition } from '../../shared/verdict.ts';
import type { Opinion } from '../analysis/conclude.ts';
import type { VoiceCalibration } from '../analysis/voice-calibration.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { distinctMessages } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { clusterDecision, decisionOn } from '../store/decisions.ts';
import { latestVerdict } from '../store/messages.ts';
import { storedCalibration } from '../store/voice-calibrations.ts';
import { KNOWN_FOR_MS } from './known-cases.ts';
import { unitOf } from './votes.ts';

interface About {
  clusterId: string;
  /** Judged mails that are copies of this very one, itself included. */
  copies: readonly string[];
  /** The mail itself: the same bytes, so that whatever was decided of it holds. */
  messageId?: string;
  /** The sender is proven. */
  authenticated: boolean;
  /** A registered exercise: nobody votes on it. */
  exercise: boolean;
}

/**
 * What people say of a mail at this moment: who reported it, and what an analyst decided. A decision covers copies, and
 * MALICIOUS the campaign as well; neither covers a mail that proves more about its sender than the decided one did.
 */
export async function opinionOn(
  trx: Db,
  world: { tenant: string; now(): Date },
  about: About,
): Promise<{ opinion: Opinion; waveSize: number }> {
  const { clusterId, exercise } = about;
  const now = world.now();
  const disposition = await decidedOn(trx, world.tenant, about);
  const calibration = (await storedCalibration(trx, world.tenant))?.value as VoiceCalibration | null | undefined;
  return {
    opinion: {
      reporterUnit: exercise ? 0 : await unitOf(trx, world.tenant, clusterId, now),
      ...(calibration ? { calibration } : {}),
      ...(disposition ? { decided: { disposition, by: 'analyst' as const } } : {}),
    },
    waveSize: await distinctMessages(trx, world.tenant, clusterId, new Date(now.getTime() - KNOWN_FOR_MS)),
  };
}

/** NONE holds for the same bytes, else only where the sender is proven, or who imitates a newsletter would pass with it. */
async function decidedOn(trx: Db, tenant: string, about: About): Promise<Disposition | null> {
  const decision = await decisionOn(trx, about.copies);
  if (decision) {
    const holds = decision.disposition !== 'NONE' || about.authenticated || decision.message_id === about.messageId;
    return holds ? decision.disposition : null;
  }
  const campaign = await clusterDecision(trx, tenant, about.clusterId);
  if (campaign?.disposition !== 'MALICIOUS') return null;
  // A lure that copies a genuine mail word for word must not pull it along.
  const decided = (await latestVerdict(trx, campaign.message_id))?.authentication as Authentication | undefined;
  return !about.authenticated || decided?.state === 'pass' ? 'MALICIOUS' : null;
}

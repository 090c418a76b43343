import type { LocalTable } from '../analysis/local/table.ts';
import type { Model } from '../analysis/model/model.ts';
import type { Lists } from '../policies/face.ts';
import type { FullJudgement } from '../submission/judge.ts';
import type { SubmissionWorld } from '../submission/world.ts';

/** Everything the delivery room is handed. Effects arrive as arguments. */
export interface DeliveryWorld
  extends Pick<
    SubmissionWorld,
    'tenant' | 'store' | 'changes' | 'providers' | 'settings' | 'now' | 'randomId' | 'log' | 'leaseMs'
  > {
  lists: Lists;
  /** Parses and judges raw bytes. It follows no link and asks no registry: nobody has asked for a look at this mail. */
  judge(raw: Uint8Array): Promise<FullJudgement>;
  ownDomains(): Promise<string[]>;
  model: Model;
  /** What the organisation has taught it by now. */
  local(): LocalTable | null;
  /** SHA-256 of the shipped model's file. */
  modelDigest: string;
  /** When a mail is evaluated anew, counted from its first sight; shortest first. */
  delaysMs: readonly number[];
}

/** Mail that was seen longer ago is left alone: a change of lists or model does not reach it. */
export const EVALUATED_FOR_MS = 30 * 86_400_000;

/** When the look after now is due; null: that was the last. */
export function nextLook(delaysMs: readonly number[], firstSeenAt: Date, now: Date): Date | null {
  const delayMs = delaysMs.find((delay) => firstSeenAt.getTime() + delay > now.getTime());
  return delayMs === undefined ? null : new Date(firstSeenAt.getTime() + delayMs);
}

import { digamma, trigamma } from './gamma.ts';

/**
 * The reporter as one bounded input of the margin: z = machine + u, |u| < H_MAX. A report is weak evidence; its weight
 * grows only by having been right before (Beta posterior a reporter), and no crowd can go beyond the bound.
 */

/** Bound of what all reporters together can add or take, in logits. */
export const H_MAX = 2;
/** Share of reports that are right, before anything is known of a reporter, and how many reports that guess is worth. */
const PRIOR_RIGHT = 0.1;
const PRIOR_WEIGHT = 10;
/** Later reporters say the same thing again: each counts this much of the one before. */
const CORRELATION = 0.6;
/** What a second unknown reporter adds, in logits. */
const CROWD = 0.9;
/** Deviations taken off a good record while it is short. */
const CAUTION = 0.25;
/** A record fades towards the prior (days). */
const HALF_LIFE_DAYS = 180;
/** More reports a day than these count less, when they would count for phishing. */
const DAILY_BUDGET = 20;

/** A reporter's record: pseudo-counts of right and wrong reports, prior included. */
export interface Reliability {
  right: number;
  wrong: number;
}

export const UNKNOWN_REPORTER: Reliability = {
  right: PRIOR_WEIGHT * PRIOR_RIGHT,
  wrong: PRIOR_WEIGHT * (1 - PRIOR_RIGHT),
};

/** Log Bayes factor of one reporter against an average one; an unknown reporter is exactly 0. */
export function reporterWeight({ right, wrong }: Reliability, reportsToday = 1): number {
  const raw = digamma(right) - digamma(wrong) - (digamma(UNKNOWN_REPORTER.right) - digamma(UNKNOWN_REPORTER.wrong));
  if (raw <= 0) return raw;
  const cautious = Math.max(0, raw - CAUTION * Math.sqrt(trigamma(right) + trigamma(wrong)));
  // Applied to a negative weight the budget would wash a flooder clean.
  return cautious * Math.min(1, DAILY_BUDGET / Math.max(1, reportsToday));
}

/**
 * What the distinct reporters of one cluster add to the margin, in logits, within ±H_MAX.
 * A monotone sum: no reporter who joins lowers it, a lone bad one still counts against.
 * @param weights of reporterWeight, one a person; order does not matter
 */
export function reporterUnit(weights: readonly number[]): number {
  const sorted = [...weights].sort((a, b) => b - a);
  const first = sorted[0];
  if (first === undefined) return 0;
  let sum = first;
  for (let k = 1; k < sorted.length; k++) sum += CORRELATION ** k * Math.max(0, (sorted[k] as number) + CROWD);
  // tanh rounds to 1 far out; the bound is strict.
  return Math.max(-H_MAX, Math.min(H_MAX, H_MAX * Math.tanh(sum / H_MAX)));
}

/** How sure the machine must be without a reporter before its own opinion becomes their label (logits), and what that counts. */
const SURE = 2;
const MACHINE_LABEL_WEIGHT = 0.25;

/** What an adjudicated mail says of one of its reporters. */
export type Outcome =
  | { by: 'analyst'; malicious: boolean }
  /** The margin of the mail without this reporter, so that nobody confirms himself. */
  | { by: 'machine'; marginWithoutReporter: number };

/** How right a report was, 0 to 1, and how much that counts. */
export interface Label {
  share: number;
  weight: number;
}

/** What an outcome says of a reporter; an unsure machine says nothing. */
export function labelOf(outcome: Outcome): Label {
  if (outcome.by === 'analyst') return { share: Number(outcome.malicious), weight: 1 };
  const { marginWithoutReporter: margin } = outcome;
  return { share: 1 / (1 + Math.exp(-margin)), weight: Math.abs(margin) > SURE ? MACHINE_LABEL_WEIGHT : 0 };
}

/** The record after one more adjudicated report. */
export function learn(record: Reliability, outcome: Outcome): Reliability {
  return withLabel(record, labelOf(outcome));
}

export function withLabel(record: Reliability, { share, weight }: Label): Reliability {
  if (weight === 0) return record;
  return { right: record.right + weight * share, wrong: record.wrong + weight * (1 - share) };
}

/** The record without a label that was learnt some days ago: a person has corrected it. */
export function withoutLabel(record: Reliability, { share, weight }: Label, days: number): Reliability {
  const kept = weight * 0.5 ** (Math.max(0, days) / HALF_LIFE_DAYS);
  // Rounding must not take more than was given: what is left is never below what the prior alone would be.
  return {
    right: Math.max(UNKNOWN_REPORTER.right, record.right - kept * share),
    wrong: Math.max(UNKNOWN_REPORTER.wrong, record.wrong - kept * (1 - share)),
  };
}

/** The record after days without a report: what was learnt fades, the prior stays. */
export function fade(record: Reliability, days: number): Reliability {
  const kept = 0.5 ** (Math.max(0, days) / HALF_LIFE_DAYS);
  return {
    right: UNKNOWN_REPORTER.right + kept * (record.right - UNKNOWN_REPORTER.right),
    wrong: UNKNOWN_REPORTER.wrong + kept * (record.wrong - UNKNOWN_REPORTER.wrong),
  };
}

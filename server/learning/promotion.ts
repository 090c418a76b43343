import { OBJECTIONS } from '../../shared/model.ts';
import type { Figures, Shift } from './figures.ts';

/** A candidate beside what judges today, on mail that neither has learnt from. */
export interface Evaluation {
  /** Written mail that no training sees. */
  validation: { base: Figures; current: Figures; candidate: Figures; shift: Shift };
  /** The team's labels that what judges today has not seen; the candidate judges each without having learnt from it. */
  labels: { current: Figures; candidate: Figures };
}

/** Why a candidate is not better. */
export type Objection = (typeof OBJECTIONS)[number];

/** Fewer labels that are new to what judges today say nothing. */
export const LABELS_NEEDED = 10;
/** The loss on labels must fall by this share. */
const BETTER_BY = 0.02;
/** Of the validation mail's phish, what the shipped model catches and the candidate does not: at most this share. */
export const VALIDATION_FALL = 0.005;
/** Against the shipped model, so that no row of small steps goes further; in nats. */
export const VALIDATION_LOSS = 0.01;
/** Mean move of the validation mail in the wrong direction, in logits. */
export const SHIFT_MOST = 0.25;

/** What speaks against promoting it; [] when it is better. */
export function objectionsTo({ validation, labels }: Evaluation): Objection[] {
  const { base, current, candidate, shift } = validation;
  const known = labels.candidate;
  const held: Record<Objection, boolean> = {
    too_few_labels: known.phish + known.legitimate < LABELS_NEEDED,
    not_better: !(known.loss <= labels.current.loss * (1 - BETTER_BY)),
    more_errors: errors(known) > errors(labels.current),
    false_positives:
      known.flagged > labels.current.flagged ||
      known.malicious > labels.current.malicious ||
      candidate.flagged > current.flagged ||
      candidate.malicious > current.malicious,
    validation_fell:
      base.caught - candidate.caught > VALIDATION_FALL * base.phish || candidate.loss > base.loss + VALIDATION_LOSS,
    moves_everything: shift.phish < -SHIFT_MOST || shift.legitimate > SHIFT_MOST,
  };
  return OBJECTIONS.filter((objection) => held[objection]);
}

const errors = ({ phish, caught, flagged }: Figures) => phish - caught + flagged;

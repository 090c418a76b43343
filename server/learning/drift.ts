import { DISPOSITIONS, type Disposition } from '../../shared/verdict.ts';
import type { VerdictWindow } from '../store/verdict-window.ts';
import type { LearningSample } from './samples.ts';

/** The week that ends now is held against the four before it. */
export const WINDOW_DAYS = 7;
export const BEFORE_DAYS = 28;

/** One thing that is not as it was. Shares are 0 to 1, margins logits. */
export type DriftSign =
  | { what: 'disposition'; disposition: Disposition; before: number; now: number }
  | { what: 'margin'; before: number; now: number }
  /** People said otherwise than the machine; `before` is null where the weeks before say too little. */
  | { what: 'disagreement'; before: number | null; now: number };

export interface Drift {
  alarm: boolean;
  signs: DriftSign[];
  /** Mails judged and labels given in the week. */
  verdicts: number;
  labels: number;
  /** Mean margin of the week, and the share of labels that say otherwise; null of none. */
  margin: number | null;
  disagreement: number | null;
}

/** Fewer verdicts in either span say nothing, and fewer labels in the week. */
const VERDICTS_NEEDED = 50;
const LABELS_NEEDED = 10;
/** Beyond chance (standard errors), and large enough to matter. */
const SURE = 4;
const SHARE_MOVED = 0.1;
const MARGIN_MOVED = 1;
const DISAGREEMENT_MOST = 0.3;

/** Whether the mail that is reported, or what people say of it, has moved away from what the model is used to. */
export function driftBetween(
  before: VerdictWindow,
  now: VerdictWindow,
  labels: { before: readonly LearningSample[]; now: readonly LearningSample[] },
): Drift {
  const told = disagreementOf(labels.now);
  const toldBefore = disagreementOf(labels.before);
  const signs: DriftSign[] = [];
  if (before.count >= VERDICTS_NEEDED && now.count >= VERDICTS_NEEDED) {
    signs.push(...sharesMoved(before, now));
    const error = Math.sqrt(before.variance / before.count + now.variance / now.count);
    const moved = Math.abs(now.mean - before.mean);
    if (moved >= MARGIN_MOVED && moved >= SURE * error)
      signs.push({ what: 'margin', before: before.mean, now: now.mean });
  }
  if (told.count >= LABELS_NEEDED && told.share >= DISAGREEMENT_MOST)
    signs.push({
      what: 'disagreement',
      before: toldBefore.count >= LABELS_NEEDED ? toldBefore.share : null,
      now: told.share,
    });
  return {
    alarm: signs.length > 0,
    signs,
    verdicts: now.count,
    labels: told.count,
    margin: now.count === 0 ? null : now.mean,
    disagreement: told.count === 0 ? null : told.share,
  };
}

/** Two proportions, pooled. */
function* sharesMoved(before: VerdictWindow, now: VerdictWindow): Iterable<DriftSign> {
  for (const disposition of DISPOSITIONS) {
    const [a, b] = [before.dispositions[disposition] ?? 0, now.dispositions[disposition] ?? 0];
    const pooled = (a + b) / (before.count + now.count);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.count + 1 / now.count));
    const shares = { before: a / before.count, now: b / now.count };
    const moved = Math.abs(shares.now - shares.before);
    if (moved >= SHARE_MOVED && moved >= SURE * error) yield { what: 'disposition', disposition, ...shares };
  }
}

/** Of the team's labels with a margin beside them: phishing that the machine held for less than even, and the reverse. */
function disagreementOf(samples: readonly LearningSample[]): { count: number; share: number } {
  const told = samples.filter(({ kind, label, margin }) => kind === 'team' && label !== 'spam' && margin !== null);
  const otherwise = told.filter(({ label, margin }) => (label === 'malicious') !== (margin as number) >= 0);
  return { count: told.length, share: told.length === 0 ? 0 : otherwise.length / told.length };
}

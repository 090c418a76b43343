/** Everything the side panel can show. "Sending" is not among them: while a callback runs, Gmail shows its own spinner. */
import type { SubmissionView, WithdrawAnswer } from '../shared/api.ts';
import type { GmailTrouble } from './trouble.ts';

export type Screen =
  | { at: 'home' }
  | { at: 'ready' }
  /** A report of this message was sent, and whether it arrived was never heard. */
  | { at: 'unsure'; sentAt: number }
  /** A report of this message arrived; its answer is not at hand. */
  | { at: 'reported'; id: string; sentAt: number }
  | { at: 'asking'; id: string }
  | TroubleScreen
  | ResultScreen;

export interface ResultScreen {
  at: 'result';
  view: ShownView;
  /** This person had reported the message before. */
  known: boolean;
  /** The report said what had happened already, so the server's steps answer it. */
  exposed: boolean;
  /** When the server said so, in milliseconds since the epoch. */
  asOf: number;
  /** A newer answer was asked for and did not come. */
  stale?: GmailTrouble;
  withdrawal?: WithdrawAnswer['restore'] | 'failed';
}

export interface TroubleScreen {
  at: 'trouble';
  trouble: GmailTrouble;
  /** What the button does. */
  next: 'send_again' | 'check' | null;
  /** Set when the report has arrived. */
  id?: string;
  /** Retry-After. */
  waitMs?: number;
  /** Status and receipt, for the person who is asked for help. */
  detail: string;
}

/** What the panel shows of a submission; small enough to be kept in the user's cache. */
export type ShownView = Pick<
  SubmissionView,
  'id' | 'status' | 'pane' | 'reasons' | 'psr' | 'retraction' | 'simulation'
>;

/** More reasons would not help a person to decide; the dashboard has them all. */
const MAX_REASONS = 6;

export function shownView(view: SubmissionView): ShownView {
  const { id, status, pane, reasons, psr, retraction, simulation } = view;
  return { id, status, pane, reasons: reasons.slice(0, MAX_REASONS), psr, retraction, simulation };
}

/** Whether nothing more is to be expected. A held retraction waits for a person and may still begin. */
export function isSettled(view: ShownView): boolean {
  const state = view.retraction?.state;
  if (view.status === 'invalid') return true;
  if (view.status === 'withdrawn') return state !== 'restoring';
  if (view.status !== 'concluded') return false;
  if (state) return state === 'confirming' || state === 'done' || state === 'cancelled' || state === 'restored';
  return view.psr !== null && view.psr.action !== 'retract';
}

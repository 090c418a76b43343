/** Everything a pane can show. */
import type { SubmissionView, WithdrawAnswer } from '../shared/api.ts';
import type { Trouble } from '../shared/trouble.ts';
import type { OpenItem } from './office.ts';

export type Withdrawal = { at: 'offered' | 'asking' | 'sending' | 'failed' } | { at: 'done'; answer: WithdrawAnswer };

export type Screen =
  | { at: 'starting' }
  | { at: 'form'; item: OpenItem }
  | { at: 'sending'; step: 'signingIn' | 'reading' | 'sending' }
  | TroubleScreen
  | ResultScreen;

export interface ResultScreen {
  at: 'result';
  view: SubmissionView;
  /** This person had reported the message before. */
  known: boolean;
  /** The report said what had happened already, so the server's steps answer it. */
  exposed: boolean;
  /** False while the connection is interrupted. */
  fresh: boolean;
  /** The verdict takes longer than usual. */
  slow: boolean;
  withdrawal: Withdrawal;
}

export interface TroubleScreen {
  at: 'trouble';
  trouble: Trouble;
  kept: 'no' | 'yes' | 'impossible';
  next: 'retry' | 'sign_in' | null;
  /** Status and receipt, for the person who is asked for help. */
  detail: string;
}

/** Trying again would bring the same. */
const FINAL: readonly Trouble[] = [
  'not_outlook',
  'not_configured',
  'unsupported_item',
  'mailbox_not_allowed',
  'not_found',
  'unreadable',
];

export function nextOf(trouble: Trouble): TroubleScreen['next'] {
  if (trouble === 'sign_in_needed' || trouble === 'sign_in_cancelled') return 'sign_in';
  return FINAL.includes(trouble) ? null : 'retry';
}

export function trouble(
  what: Trouble,
  { detail = '', kept = 'no', next = nextOf(what) }: Partial<Omit<TroubleScreen, 'at' | 'trouble'>> = {},
): TroubleScreen {
  return { at: 'trouble', trouble: what, kept, next, detail };
}

import { isTransient, type Trouble } from '../shared/trouble.ts';

/** What only Gmail can bring; each has its words in words-*.ts. */
export const GMAIL_TROUBLES = ['message_gone', 'quota', 'scope_missing', 'answer_lost'] as const;
export type GmailTrouble = Trouble | (typeof GMAIL_TROUBLES)[number];

/** The report may be on its way or may go later: it is kept, and goes again with the same Idempotency-Key. */
export function isSafeToRepeat(trouble: GmailTrouble): boolean {
  if (trouble === 'quota' || trouble === 'answer_lost') return true;
  return trouble !== 'message_gone' && trouble !== 'scope_missing' && isTransient(trouble);
}

/** Trying again would bring the same. */
const FINAL: readonly GmailTrouble[] = [
  'not_configured',
  'message_gone',
  'no_item',
  'mailbox_not_allowed',
  'not_found',
  'unreadable',
];

export function mayTryAgain(trouble: GmailTrouble): boolean {
  return !FINAL.includes(trouble);
}

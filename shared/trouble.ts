/** Everything that can keep a report from being sent or answered; each has its words in i18n/client-*.ts. */
export const TROUBLES = [
  'not_outlook',
  'office_silent',
  'not_configured',
  'no_item',
  'unsupported_item',
  'sign_in_needed',
  'sign_in_cancelled',
  'consent_needed',
  'sign_in_unavailable',
  'offline',
  'timeout',
  'token_rejected',
  'not_onboarded',
  'mailbox_not_allowed',
  'not_found',
  'answer_missing',
  'too_large',
  'unreadable',
  'refused',
  'too_many',
  'server',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Passes by itself: such a report is kept and sent again with the same Idempotency-Key. */
const TRANSIENT: readonly Trouble[] = ['offline', 'timeout', 'too_many', 'server'];

export function isTransient(trouble: Trouble): boolean {
  return TRANSIENT.includes(trouble);
}

/** @param code `code` of the RFC 9457 problem, '' when the answer was none */
export function troubleOfStatus(status: number, code: string): Trouble {
  switch (status) {
    case 401:
      return 'token_rejected';
    case 403:
      return code === 'mailbox_not_allowed' ? 'mailbox_not_allowed' : 'not_onboarded';
    case 404:
      return 'not_found';
    case 408:
      return 'timeout';
    case 413:
      return 'too_large';
    case 422:
      return 'unreadable';
    case 429:
      return 'too_many';
    default:
      return status >= 500 ? 'server' : 'refused';
  }
}

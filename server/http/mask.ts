/** What people see who may see numbers and states, but no content and no names (viewer, config_admin). */
import type { RetractionView, SubmissionView } from '../../shared/api.ts';
import type { SubmissionRecord } from '../../shared/submission-record.ts';

const HIDDEN = '•••';

/** `ana@example.org` to `•••@example.org`: the domain is what figures are read by. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? HIDDEN : `${HIDDEN}${address.slice(at)}`;
}

/** Whatever else a record says beside the view is ours: words, times and ids. */
export function maskSubmission<T extends SubmissionView>(view: T): T {
  return {
    ...view,
    subject: HIDDEN,
    header_from: HIDDEN,
    internet_message_id: null,
    requested_by: maskAddress(view.requested_by),
    // The sentences are ours and the same for everybody, the evidence is the mail's.
    reasons: view.reasons.map((reason) => ({ ...reason, evidence: '' })),
    // NEW_DOMAIN_LINK=... carries a name.
    attributes: view.attributes.map((attribute) => attribute.split('=')[0]!),
    pane: { ...view.pane, lines: [] },
  };
}

export function maskRecord(record: SubmissionRecord): SubmissionRecord {
  return {
    ...maskSubmission(record),
    escalated_by: record.escalated_by === null ? null : maskAddress(record.escalated_by),
  };
}

export function maskRetraction(view: RetractionView): RetractionView {
  return { ...view, subject: HIDDEN, message_id: null, requested_by: maskAddress(view.requested_by) };
}

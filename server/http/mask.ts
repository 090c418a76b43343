/** What people see who may see numbers and states, but no content and no names (viewer, config_admin). */
import type { RetractionView, SubmissionView } from '../../shared/api.ts';

const HIDDEN = '•••';

/** `ana@example.org` to `•••@example.org`: the domain is what figures are read by. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? HIDDEN : `${HIDDEN}${address.slice(at)}`;
}

export function maskSubmission(view: SubmissionView): SubmissionView {
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

export function maskRetraction(view: RetractionView): RetractionView {
  return { ...view, subject: HIDDEN, message_id: null, requested_by: maskAddress(view.requested_by) };
}

/** Submission views in the states a pane meets, worded by the real composePane. */
import type { SubmissionView } from '../../shared/api.ts';
import { composePane } from '../../shared/pane.ts';
import type { RetractionState } from '../../shared/retraction.ts';
import type { Exposure } from '../../shared/submission.ts';

type Source = Omit<SubmissionView, 'pane'>;

const phishing: Source = {
  id: 'sub_01k2v8m4q7',
  submission_type: 'USER',
  status: 'concluded',
  requested_disposition: 'MALICIOUS',
  requested_at: '2026-08-03T09:00:00Z',
  requested_by: 'ana@example.org',
  subject: 'Your parcel is waiting: pay 1.99 now',
  header_from: 'service@parcel.example',
  internet_message_id: '<1@example.net>',
  original: 'authoritative',
  outcome_disposition: 'MALICIOUS',
  score: 0.99,
  margin: 4.2,
  spam_score: 0.3,
  reporter_unit: 0.6,
  model: 'default-1',
  reasons: [
    {
      id: 'url.lookalike',
      family: 'url',
      severity: 'high',
      text: 'A link leads to an address that only looks like the one of a known company.',
      evidence: 'hxxps://dhI-zustellung[.]example/pay?id=88172',
    },
    {
      id: 'identity.new_sender',
      family: 'identity',
      severity: 'medium',
      text: 'Nobody in your organisation has had mail from this sender before.',
      evidence: 'service@parcel.example',
    },
    {
      id: 'text.urgency',
      family: 'text',
      severity: 'low',
      text: 'The text presses you to act quickly.',
      evidence: '“within 24 hours, otherwise it will be returned”',
    },
  ],
  attributes: [],
  coverage_missing: [],
  psr: { action: 'retract' },
  retraction: null,
  simulation: false,
};

export function aView(changes: Partial<Source> = {}, language = 'en', exposure: Exposure[] = []): SubmissionView {
  const source = { ...phishing, ...changes };
  return { ...source, pane: composePane(source, language, exposure) };
}

export const analysing: Partial<Source> = {
  status: 'analysing',
  outcome_disposition: null,
  psr: null,
  reasons: [],
};

export function aRetraction(state: RetractionState, counts: Partial<Record<string, number>> = {}, searched = 40) {
  const copies = {
    found: 0,
    retracted: 0,
    already_there: 0,
    gone: 0,
    failed: 0,
    unknown: 0,
    review: 0,
    unread: 0,
    restored: 0,
  };
  return { id: 'ret_1', state, mailboxes: { searched, total: 40 }, copies: { ...copies, ...counts } };
}

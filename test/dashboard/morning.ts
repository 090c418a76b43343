/** A morning's worth of submissions, some of them hostile to whoever shows them. */
import type { RetractionCopy, RetractionView, SubmissionView } from '../../shared/api.ts';
import { blankView, type Doors } from '../http/doors.ts';
import { blankRetraction } from '../http/retractions-in-memory.ts';

export const HOSTILE = `<img src=x onerror="document.title='owned'"><script>alert(1)</script> \u202Egnp.exe {{7*7}} ]]>`;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const counts = (change: Partial<RetractionView['copies']>) => ({ ...blankRetraction('x').copies, ...change });

export const PHISH: SubmissionView = {
  ...blankView('sub_phish'),
  status: 'concluded',
  requested_at: minutesAgo(3),
  requested_by: 'ana.lopez@example.org',
  subject: 'Your mailbox is almost full: confirm your password today',
  header_from: 'IT Service Desk <helpdesk@micros0ft-support.example.net>',
  internet_message_id: '<20260801.7731@micros0ft-support.example.net>',
  original: 'authoritative',
  outcome_disposition: 'MALICIOUS',
  score: 0.985,
  margin: 4.2,
  spam_score: 0.31,
  reporter_unit: 0.6,
  model: 'default-3',
  reasons: [
    {
      id: 'url.lookalike',
      family: 'url',
      severity: 'high',
      text: 'A link leads to a name that imitates microsoft.com.',
      evidence: 'hxxps[:]//login[.]micros0ft-support[.]example[.]net/verify?u=ana',
    },
    {
      id: 'identity.dmarc_fail',
      family: 'identity',
      severity: 'medium',
      text: 'The sender could not prove that it speaks for the domain it names.',
      evidence: 'dmarc=fail header.from=micros0ft-support.example.net',
    },
    {
      id: 'text.credential_request',
      family: 'text',
      severity: 'high',
      text: 'The mail asks for a password under time pressure.',
      evidence: 'confirm your password within 24 hours or your mailbox will be closed',
    },
    { id: 'text.greeting', family: 'text', severity: 'low', text: 'The greeting names nobody.', evidence: 'Dear user' },
  ],
  attributes: ['NEW_DOMAIN_LINK=2026-07-30 11:00:00 +0000'],
  coverage_missing: ['rdap'],
  psr: { action: 'retract' },
  retraction: {
    id: 'ret_1',
    state: 'running',
    mailboxes: { searched: 41, total: 120 },
    copies: counts({ found: 14, retracted: 11, gone: 1, review: 1, unread: 9 }),
  },
  pane: {
    title: 'This was phishing',
    tone: 'danger',
    lines: ['Someone wants your password. We have removed it from your mailbox and from 11 others.'],
    steps: ['Change your password now.', 'Call the service desk if you typed it anywhere.'],
  },
};

export const MORNING: SubmissionView[] = [
  PHISH,
  {
    ...blankView('sub_new'),
    status: 'analysing',
    requested_at: minutesAgo(0),
    requested_by: 'ben.okafor@example.org',
    subject: 'Parcel 8841 is waiting: pay 1.99 for delivery',
    header_from: 'Parcel Team <noreply@parcel-track.example>',
  },
  {
    ...PHISH,
    id: 'sub_held',
    requested_at: minutesAgo(42),
    requested_by: 'chiara.rossi@example.org',
    subject: 'Payroll: new bank details needed before Friday',
    header_from: 'Human Resources <hr@example-payroll.test>',
    psr: { action: 'hold', reason: 'blast_radius' },
    retraction: {
      id: 'ret_2',
      state: 'held',
      mailboxes: { searched: 0, total: 900 },
      copies: counts({}),
    },
  },
  {
    ...PHISH,
    id: 'sub_done',
    requested_at: minutesAgo(190),
    requested_by: 'dmitri.k@example.org',
    subject: 'Invoice 2026-0815 is overdue',
    header_from: 'Accounts <accounts@invoices.example.net>',
    retraction: {
      id: 'ret_3',
      state: 'done',
      mailboxes: { searched: 120, total: 120 },
      copies: counts({ found: 8, retracted: 7, already_there: 1, unread: 5 }),
    },
  },
  {
    ...blankView('sub_spam'),
    status: 'concluded',
    requested_disposition: 'SPAM',
    requested_at: minutesAgo(260),
    requested_by: 'ella@example.org',
    subject: 'Last chance: 70 % off everything',
    header_from: 'Deals <deals@shop.example>',
    outcome_disposition: 'SPAM',
    score: 0.04,
    psr: { action: 'none', reason: 'not_malicious' },
  },
  {
    ...blankView('sub_safe'),
    status: 'concluded',
    requested_disposition: 'SUSPICIOUS',
    requested_at: minutesAgo(1_500),
    requested_by: 'farid@example.org',
    subject: 'Minutes of the works council meeting',
    header_from: 'Grace Hill <grace.hill@example.org>',
    outcome_disposition: 'NONE',
    score: 0.01,
    psr: { action: 'none', reason: 'not_malicious' },
  },
  {
    ...blankView('sub_sim'),
    status: 'concluded',
    requested_at: minutesAgo(1_700),
    requested_by: 'grace.hill@example.org',
    subject: 'Update your security questions',
    header_from: 'Security <security@simulation.example>',
    outcome_disposition: 'MALICIOUS',
    score: 0.9,
    simulation: true,
    psr: { action: 'none', reason: 'simulation' },
  },
  {
    ...PHISH,
    id: 'sub_hostile',
    requested_at: minutesAgo(3_000),
    requested_by: 'hana@example.org',
    subject: HOSTILE,
    header_from: HOSTILE,
    outcome_disposition: 'SUSPICIOUS',
    reasons: [{ id: 'text.x', family: 'text', severity: 'high', text: 'Hostile.', evidence: HOSTILE }],
    attributes: [HOSTILE],
    coverage_missing: [HOSTILE],
    pane: { title: HOSTILE, tone: 'danger', lines: [HOSTILE], steps: [HOSTILE] },
    retraction: null,
    psr: { action: 'none', reason: 'not_malicious' },
  },
  {
    ...blankView('sub_invalid'),
    status: 'invalid',
    invalid_reason: 'no_original',
    requested_at: minutesAgo(20_000),
    requested_by: 'ivan@example.org',
    subject: '',
    header_from: '',
  },
];

export const RETRACTIONS: RetractionView[] = MORNING.filter((view) => view.retraction).map((view) => ({
  ...blankRetraction(view.retraction!.id),
  ...view.retraction!,
  ...(view.psr?.action === 'hold' ? { reason: view.psr.reason } : { reason: undefined }),
  submission_id: view.id,
  subject: view.subject,
  requested_by: `submission ${view.id}`,
  requested_at: view.requested_at,
}));

const copy = (
  mailbox: string,
  state: RetractionCopy['state'],
  change: Partial<RetractionCopy> = {},
): RetractionCopy => ({
  mailbox,
  provider: 'microsoft365',
  provider_message_id: `id-${mailbox}`,
  state,
  was_read: false,
  from_folder: 'Inbox',
  destination: 'Quarantine',
  first_seen_at: minutesAgo(3),
  acted_at: minutesAgo(2),
  ...change,
});

export const COPIES: RetractionCopy[] = [
  copy('ana.lopez@example.org', 'retracted', { was_read: true }),
  copy('ben.okafor@example.org', 'retracted'),
  copy('chiara.rossi@example.org', 'gone', { was_read: true }),
  copy('dmitri.k@example.org', 'acting', { acted_at: undefined }),
  copy('ella@example.org', 'failed', { reason: 'not_authorized' }),
  copy('finance@example.org', 'review', { acted_at: undefined, from_folder: 'Archive 2026/Suppliers and friends' }),
  copy('grace.hill@example.org', 'already_there', { from_folder: HOSTILE }),
];

export function fill({ submissions, retractions }: Doors): void {
  for (const view of MORNING) submissions.views.set(view.id, { ...view, owner: 'x' });
  retractions.all.length = 0;
  retractions.all.push(...structuredClone(RETRACTIONS));
  retractions.rows.push(...COPIES);
}

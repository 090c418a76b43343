import type { Disposition } from './verdict.ts';

export const REPORT_TYPES = ['phish', 'spam', 'not_sure', 'safe'] as const;
export type ReportType = (typeof REPORT_TYPES)[number];

/** What a reporter asks for by choosing a type. */
export const REQUESTED_DISPOSITION: Record<ReportType, Disposition> = {
  phish: 'MALICIOUS',
  spam: 'SPAM',
  not_sure: 'SUSPICIOUS',
  safe: 'NONE',
};

export const EXPOSURES = ['opened_attachment', 'clicked_link', 'entered_password', 'replied'] as const;
export type Exposure = (typeof EXPOSURES)[number];

export const SUBMISSION_STATUSES = ['received', 'analysing', 'concluded', 'invalid', 'withdrawn'] as const;
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

/** How far the judged bytes can be trusted. Only `authoritative` may lead to a retraction by itself. */
export const ORIGINALS = ['authoritative', 'client_supplied', 'reconstructed', 'missing'] as const;
export type Original = (typeof ORIGINALS)[number];

export const FIDELITIES = ['exact', 'text', 'reconstructed'] as const;
export type Fidelity = (typeof FIDELITIES)[number];

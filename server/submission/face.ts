/** What the doors may ask of the submission room. Implemented by submissions.ts. */
import type { SubmissionDetail, SubmissionView, WithdrawAnswer } from '../../shared/api.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { InvalidReason, InvalidSubmission } from '../../shared/invalid.ts';
import type { Provider } from '../../shared/retraction.ts';
import type { Exposure, Fidelity, ReportType } from '../../shared/submission.ts';
import type { EscalateRequest, SubmissionFilters, SubmissionRecord } from '../../shared/submission-record.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { VerdictExport } from '../../shared/verdict-export.ts';

/** A person whose token has been verified. Identified by tenant and user id, never by a name in the token. */
export interface Reporter {
  provider: Provider;
  /** Entra tenant id, or Google Workspace domain (hd). */
  tenant: string;
  /** Entra oid, or Google sub. */
  userId: string;
}

export interface Report {
  mailbox: string;
  providerMessageId: string | null;
  internetMessageId: string | null;
  type: ReportType;
  comment: string;
  exposure: Exposure[];
  rawMessage: Uint8Array | null;
  fidelity: Fidelity;
  client: { name: string; version: string; host?: string } | null;
  idempotencyKey: string | null;
  /** BCP 47, from Accept-Language: the language of pane texts. */
  language: string;
}

export type Receipt =
  /** `created`: a new submission; `known`: this reporter has already reported this message. */
  | { state: 'created' | 'known'; view: SubmissionView }
  /** Kept as an invalid submission. */
  | { state: 'invalid'; view: SubmissionView; reason: string };

/** A report that came by mail, as its door has read it. */
export interface MailReport {
  /** The same for the same mail, so that a mail handed in twice is one report; at most 200 characters. */
  key: string;
  type: 'USER' | 'TEAM';
  disposition: Disposition;
  /** RFC 5322.From of the report, one bare address; `verified` when it can be told that it is theirs. */
  sender: { address: string; verified: boolean };
  /** What is wrong with the mail itself; null: nothing. */
  problem: InvalidReason | null;
  /** The reported mail; null when there is none to take. */
  attached: Uint8Array | null;
  /** What is kept when there is no reported mail. */
  outer: Uint8Array;
  /** Of the report. */
  subject: string;
  /** With its <>; what an answer answers. */
  messageId: string | null;
  /** What the sender wrote above it; at most 2,000 characters. */
  comment: string;
  language: Language;
  /** false for mail that a machine wrote: nobody answers it. */
  answerable: boolean;
  /** Which program it looks like: `mail`, `microsoft`. */
  client: string;
  receivedAt: Date;
}

export type MailReceipt =
  | { state: 'created' | 'known'; id: string }
  | { state: 'invalid'; id: string; reason: InvalidReason }
  /** Strangers have sent too many today. */
  | { state: 'dropped' };

export interface InvalidFilter {
  start?: Date;
  end?: Date;
  submitted_by?: string;
  query?: string;
  reason?: InvalidReason;
  cursor?: string;
  limit: number;
}

export interface Submissions {
  /**
   * Stores the report, its bytes, an audit line and the job in one transaction.
   * @throws PermanentError `mailbox_not_allowed` | `provider_not_configured`
   */
  receive(reporter: Reporter, report: Report): Promise<Receipt>;
  /** The same for a report that came by mail. @throws TemporaryError when the directory cannot be asked now */
  receiveMail(report: MailReport): Promise<MailReceipt>;
  /** Reports that could not be judged, newest first. */
  listInvalid(filter: InvalidFilter): Promise<{ items: InvalidSubmission[]; next_cursor?: string }>;
  /** What came with an invalid report, and is kept; null when nothing is, or there is no such report. */
  invalidBytes(id: string, actor: string): Promise<Uint8Array | null>;
  /**
   * Judges an invalid report with the mail that an analyst has; nothing moves on it unless the mailbox has the original.
   * @returns null when there is no such report. @throws PermanentError `wrong_state` | `unreadable`
   */
  repairInvalid(id: string, eml: Uint8Array, actor: string, language: string): Promise<SubmissionView | null>;
  /** The view for its reporter; null when it does not exist or is somebody else's. */
  viewForReporter(id: string, reporter: Reporter, language: string): Promise<SubmissionView | null>;
  /** The view for the dashboard; null when it does not exist. */
  view(id: string, language: string): Promise<SubmissionView | null>;
  /** What an analyst sees beyond the view; null when it does not exist. */
  detail(id: string): Promise<SubmissionDetail | null>;
  /** The verdict with all it rests on; null when there is none. */
  verdict(id: string, options: { recompute: boolean; language: string }): Promise<VerdictExport | null>;
  /** The judged mail with the verdict as header fields; null when there is none or its bytes are not kept. */
  judgedMail(id: string): Promise<Uint8Array | null>;
  /** Resolves when the submission or its retraction may have changed, or after timeoutMs, or when the signal aborts. */
  changed(id: string, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** @returns null when it does not exist or is somebody else's. */
  withdraw(id: string, reporter: Reporter): Promise<WithdrawAnswer | null>;
  /** Newest first where no order is asked for, and of the last 30 days where no start is. */
  list(
    query: SubmissionFilters & { cursor?: string; limit: number; language: string },
  ): Promise<{ items: SubmissionRecord[]; next_cursor?: string }>;
  /** One of a list; null when it does not exist. */
  record(id: string, language: string): Promise<SubmissionRecord | null>;
  /**
   * A user's report goes to the team. null: no such submission.
   * @throws PermanentError `not_escalatable`
   */
  escalate(
    id: string,
    request: EscalateRequest,
    actor: { id: string },
    language: string,
  ): Promise<SubmissionRecord | null>;
}

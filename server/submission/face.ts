/** What the doors may ask of the submission room. Implemented by submissions.ts. */
import type { SubmissionDetail, SubmissionView, WithdrawAnswer } from '../../shared/api.ts';
import type { Provider } from '../../shared/retraction.ts';
import type { Exposure, Fidelity, ReportType, SubmissionStatus } from '../../shared/submission.ts';
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

export interface Submissions {
  /**
   * Stores the report, its bytes, an audit line and the job in one transaction.
   * @throws PermanentError `mailbox_not_allowed` | `provider_not_configured`
   */
  receive(reporter: Reporter, report: Report): Promise<Receipt>;
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
  list(query: {
    type?: 'USER' | 'TEAM';
    status?: SubmissionStatus;
    outcome_disposition?: Disposition;
    /** Part of subject, sender or reporter, in any case; at most 200 characters. */
    query?: string;
    cursor?: string;
    limit: number;
    language: string;
  }): Promise<{ items: SubmissionView[]; next_cursor?: string }>;
}

/** The outside of the add-in, as arguments: Gmail, Google's identity, the server, what is remembered, clock and chance. */
import type { SubmissionRequest, SubmissionView, WithdrawAnswer } from '../shared/api.ts';
import type { Exposure, ReportType } from '../shared/submission.ts';
import type { ShownView } from './screen.ts';
import type { GmailTrouble } from './trouble.ts';

export interface Outside {
  /** null when Google gives no token, or one without an address: a scope is missing. */
  identity(): Identity | null;
  readMessage(): Reading;
  backend: Backend;
  memory: Memory;
  /** Milliseconds since the epoch. */
  now(): number;
  randomId(): string;
}

export interface Identity {
  /** Google OIDC ID token; the server verifies it. */
  token: string;
  /** Its `email` claim. Names the mailbox; that it is true the server finds out. */
  email: string;
}

/** `base64` is null when the bytes cannot be had or are too many: the ids are enough for the server. */
export type Reading =
  | { ok: true; internetMessageId: string | null; base64: string | null; fidelity: 'exact' | 'text' }
  | { ok: false; trouble: GmailTrouble };

export type Answer<T> =
  | { ok: true; status: number; value: T }
  | { ok: false; trouble: GmailTrouble; status: number; retryAfterMs: number | null; submissionId: string };

/** The server's routes for the add-ins. Answers are values; nothing here throws. */
export interface Backend {
  submit(request: SubmissionRequest, token: string, key: string): Answer<SubmissionView>;
  view(id: string, token: string): Answer<SubmissionView>;
  withdraw(id: string, token: string): Answer<WithdrawAnswer>;
}

/** What the person said, and the press of the button it belongs to. */
export interface Press {
  /** Idempotency-Key: random, one for each press, kept through every try. */
  key: string;
  type: ReportType;
  comment: string;
  exposure: Exposure[];
}

export interface Kept {
  v: 1;
  press: Press;
  /** null while nothing of it can have arrived. */
  sentAt: number | null;
  /** Submission id once the report has arrived. */
  arrived: string | null;
}

/** Per user. Nothing here throws: what cannot be kept is not there later. */
export interface Memory {
  recall(messageId: string): Kept | null;
  keep(messageId: string, kept: Kept): void;
  forget(messageId: string): void;
  /** Six hours at most. */
  lastView(id: string): { view: ShownView; asOf: number } | null;
  keepView(view: ShownView, asOf: number): void;
}

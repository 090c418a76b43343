/** How one Google Workspace is reached. */

/** What of a service account's JSON key is used; the account has domain-wide delegation. */
export interface ServiceAccount {
  clientEmail: string;
  /** PEM, unencrypted; 2,048 bits: a signature of 4,096 costs twelve times as much, and there is one a mailbox and hour. */
  privateKey: string;
  privateKeyId: string | null;
  /** Where tokens are asked for, `aud` of what is sent there. */
  tokenUri: string;
}

export interface GmailSettings {
  serviceAccount: ServiceAccount;
  /** Address of the administrator in whose name the directory and the mail log are read. */
  admin: string;
  /** Default https://gmail.googleapis.com. */
  gmailUrl?: string;
  /** Directory and Reports API. Default https://admin.googleapis.com. */
  adminUrl?: string;
  /** Name of the hidden label on what we took away. Default `Reelback Quarantine`. */
  markerLabelName?: string;
  /** Ask the Reports API for recipients; it answers on some editions only. Default true. */
  reports?: boolean;
  /** Silence after which a request counts as lost; default 20 s. */
  timeoutMs?: number;
  /** For how long a read of one mailbox is tried again before its error is the answer; default 20 s. */
  retryForMs?: number;
  /** Requests in flight: the first window and the largest. Default 32 and 64. */
  inFlight?: { start: number; max: number };
  /** Units a minute. Default: what projects made since May 2026 have, 6,000 a user and 1,200,000 a project. */
  quota?: { perUser: number; perProject: number };
  /** Send requests of many mailboxes in one batch. Default true; switched off by itself where Google refuses it. */
  batches?: boolean;
}

/** How one Microsoft 365 tenant is reached. */

export interface GraphSettings {
  /** Directory (tenant) id or a verified domain. */
  tenantId: string;
  clientId: string;
  /** Application credential; the PEM holds the certificate and its unencrypted private key. */
  credential: { clientSecret: string } | { certificatePem: string };
  /** Default https://login.microsoftonline.com; national clouds and test doubles differ. */
  loginUrl?: string;
  /** Default https://graph.microsoft.com, without the version. */
  graphUrl?: string;
  /** Display name of the hidden folder in each mailbox. Default `Reelback Quarantine`. */
  quarantineFolderName?: string;
  /** Ask the message trace for recipients (global cloud, ExchangeMessageTrace.Read.All). Default false. */
  messageTrace?: boolean;
  /** Silence after which a request counts as lost; default 20 s, below the 30 s after which gateways give up. */
  timeoutMs?: number;
  /** For how long a read of one mailbox is tried again before its error is the answer; default 20 s. */
  retryForMs?: number;
  /** Requests in flight to the tenant: the first window and the largest. Default 64 and 128. */
  inFlight?: { start: number; max: number };
}

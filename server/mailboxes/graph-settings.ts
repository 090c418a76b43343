/** How one Microsoft 365 tenant is reached, and the outside world its adapter is handed. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PermanentError } from '../../shared/errors.ts';

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

export interface GraphEffects {
  fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** 0 <= x < 1, for jitter. */
  random: () => number;
  /** A UUID, sent as client-request-id. */
  randomId: () => string;
}

export const REAL_EFFECTS: GraphEffects = {
  fetch: (input, init) => fetch(input, init),
  now: Date.now,
  sleep: (ms) => wait(ms),
  random: Math.random,
  randomId: randomUUID,
};

/** Without trailing slashes. @throws PermanentError `insecure_url` for plain http to anything but this machine */
export function checkedUrl(url: string): string {
  const { protocol, hostname } = new URL(url);
  const here = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol !== 'https:' && !(protocol === 'http:' && here)) {
    throw new PermanentError(
      'insecure_url',
      `${protocol}//${hostname} is refused: https, or http to this machine only`,
    );
  }
  return url.replace(/\/+$/, '');
}

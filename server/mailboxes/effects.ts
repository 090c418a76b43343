/** The outside world as the adapters are handed it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PermanentError } from '../../shared/errors.ts';

export interface Effects {
  fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** 0 <= x < 1, for jitter. */
  random: () => number;
  /** A UUID, to name a request by. */
  randomId: () => string;
}

export const REAL_EFFECTS: Effects = {
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

/** How one variable of the environment is read: each reader answers the value or says what it should have been. */
import { isIP } from 'node:net';
import { PermanentError } from '../shared/errors.ts';

export type Environment = Record<string, string | undefined>;

/** One line: the variable and the remedy, never the value, which may be a secret put in the wrong place. */
export function wrong(name: string, remedy: string): PermanentError {
  return new PermanentError('configuration', `${name}: ${remedy}`);
}

/** The trimmed value; null when it is unset or empty. */
export function textOf(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** @param pattern what the whole value must match; `expected` says it in words. */
export function wordOf(env: Environment, name: string, pattern: RegExp, expected: string): string | null {
  const value = textOf(env, name);
  if (value !== null && !pattern.test(value)) throw wrong(name, `must be ${expected}`);
  return value;
}

export function integerOf(env: Environment, name: string, least: number, most: number, fallback: number): number {
  const value = textOf(env, name);
  if (value === null) return fallback;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw wrong(name, `must be a whole number from ${least} to ${most}`);
  return number;
}

export function switchOf(env: Environment, name: string): boolean {
  const value = textOf(env, name) ?? '0';
  if (value !== '0' && value !== '1') throw wrong(name, 'must be 1 (on) or 0 (off)');
  return value === '1';
}

/** Comma separated, without empty entries and repetitions. */
export function listOf(
  env: Environment,
  name: string,
  accepts: (entry: string) => boolean,
  expected: string,
): string[] {
  const entries = (textOf(env, name) ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (!entries.every(accepts)) throw wrong(name, `must be ${expected}, comma separated`);
  return [...new Set(entries)];
}

/**
 * An address without trailing slash: https, or http to this very machine, because tokens and mail travel on it.
 * @param path whether it may have one; an origin has none.
 */
export function urlOf(env: Environment, name: string, { path }: { path: boolean }): string | null {
  const value = textOf(env, name);
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw wrong(name, `must be a full address such as https://mail.example.org${path ? '/path' : ''}`);
  }
  if (url.username !== '' || url.password !== '') throw wrong(name, 'must not carry a user name or password');
  if (url.search !== '' || url.hash !== '' || (!path && url.pathname !== '/')) {
    throw wrong(name, path ? 'must end before any ? or #' : 'must end after host and port, without a path');
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    throw wrong(name, 'must start with https:// (plain http is accepted for localhost, 127.0.0.1 and [::1] only)');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** `192.0.2.0/24`, `2001:db8::/32` or a single address. */
export function isNetwork(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m`, `24h`, `500ms` in milliseconds; null when it is no such thing, or 0, or above 30 days. */
export function durationMs(entry: string): number | null {
  const [, amount, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(entry) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const milliseconds = Number(amount) * (unitMs[unit] ?? Number.NaN);
  return milliseconds > 0 && milliseconds <= 30 * 86_400_000 ? milliseconds : null;
}

/** Words of the vendor's log exports, where they differ from those of the API: lower case, and `unset` for nothing. */
import { DELIVERY_MODES } from './vendor-words.ts';
import type { Disposition } from './verdict.ts';

export const LOG_DISPOSITIONS = ['unset', 'none', 'malicious', 'suspicious', 'spam', 'spoof', 'bulk'] as const;
export type LogDisposition = (typeof LOG_DISPOSITIONS)[number];

export const logDisposition = (disposition: Disposition | null): LogDisposition =>
  disposition === null ? 'unset' : (disposition.toLowerCase() as LogDisposition);

export const LOG_DELIVERY_MODES = ['unset', 'api', 'direct', 'bcc', 'journal', 'retroScan'] as const;
export type LogDeliveryMode = (typeof LOG_DELIVERY_MODES)[number];

/** Of a mail that was only reported nobody saw the delivery. */
export const logDeliveryMode = (mode: string): LogDeliveryMode =>
  Object.hasOwn(DELIVERY_MODES, mode) ? DELIVERY_MODES[mode as keyof typeof DELIVERY_MODES].log_export : 'unset';

export const LOG_ORIGINS = [
  'unset',
  'internal',
  'external',
  'secondPartyInternal',
  'thirdPartyInternal',
  'outbound',
] as const;
export type LogOrigin = (typeof LOG_ORIGINS)[number];

export const LOG_OPERATIONS = ['move', 'submission', 'quarantineRelease'] as const;
export type LogOperation = (typeof LOG_OPERATIONS)[number];

export const LOG_SPF = ['pass', 'neutral', 'fail', 'softfail', 'permerror', 'temperror', 'none'] as const;
export const LOG_DKIM = ['pass', 'neutral', 'fail', 'error', 'permerror', 'temperror', 'none'] as const;
export const LOG_DMARC = ['pass', 'fail', 'none'] as const;
export const LOG_DMARC_POLICIES = ['none', 'quarantine', 'reject', 'undefined'] as const;

/** An RFC 8601 word as the log has it; `none` for what nobody could check. */
export const logSpf = (word: string | null): (typeof LOG_SPF)[number] =>
  LOG_SPF.find((known) => known === word) ?? 'none';
export const logDkim = (word: string | null): (typeof LOG_DKIM)[number] =>
  word === 'softfail' ? 'error' : (LOG_DKIM.find((known) => known === word) ?? 'none');
export const logDmarc = (word: string | null): (typeof LOG_DMARC)[number] =>
  LOG_DMARC.find((known) => known === word) ?? 'none';
export const logDmarcPolicy = (word: string | null): (typeof LOG_DMARC_POLICIES)[number] =>
  LOG_DMARC_POLICIES.find((known) => known === word) ?? 'undefined';

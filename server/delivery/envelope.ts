/** Whom a mail was delivered to: the envelope, a journal report, the header. */
import { createHash } from 'node:crypto';
import { readJournalReport } from '../message/journal-report.ts';
import type { Message } from '../message/message.ts';
import type { Envelope } from './face.ts';

/** A delivered mail out of its wrapping. */
export interface Arrival {
  raw: Uint8Array;
  sha256: string;
  /** Lower case; what the header names comes with the message. */
  recipients: string[];
  deliveredAt: Date | null;
  /** The recipients above are all there are. */
  complete: boolean;
}

export function unwrap(raw: Uint8Array, envelope: Envelope): Arrival {
  const report = envelope.mode === 'JOURNAL' ? readJournalReport(raw) : null;
  const original = report?.original ?? raw;
  const recipients = (report?.recipients ?? envelope.recipients).map((address) => address.toLowerCase());
  return {
    raw: original,
    sha256: createHash('sha256').update(original).digest('hex'),
    recipients: [...new Set(recipients)],
    deliveredAt: envelope.deliveredAt ?? report?.reportedAt ?? null,
    complete: report !== null || envelope.copy !== undefined,
  };
}

/** What gateways write down of the envelope in a blind copy. */
const ORIGINAL_TO = /^(?:x-original-to|delivered-to|x-gm-original-to|x-envelope-to|x-forwarded-to)$/i;
const MOST_ADDRESSES = 500;
const ADDRESS = /[^\s<>,;"'()]+@[^\s<>,;"'()]+/g;

/** Addresses it may have been delivered to, by its own words: only a hint where to look, because the sender writes them. */
export function namedIn(message: Message): string[] {
  const fields = message.headers.filter(({ name }) => ORIGINAL_TO.test(name)).slice(0, 20);
  const addresses = [
    ...[...message.to, ...message.cc].map(({ address }) => address),
    ...fields.flatMap(({ value }) => value.match(ADDRESS) ?? []),
  ];
  return [...new Set(addresses.map((address) => address.toLowerCase()))].slice(0, MOST_ADDRESSES);
}

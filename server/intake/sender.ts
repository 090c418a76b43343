/** Whether a report by mail is from the person it names: anybody can write a name into a mail. */
import { spf } from 'mailauth/lib/spf/index.js';
import { getDomain } from 'tldts';
import type { Resolve } from '../message/authentication.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';

export interface Connection {
  ip: string;
  helo: string;
  envelopeFrom: string;
}

/** The one address of RFC 5322.From; null when there is none or more than one. */
export function senderOf(message: Message): string | null {
  const [from, ...more] = message.headerFrom;
  if (!from || more.length > 0 || message.defects.includes('duplicate_from')) return null;
  const address = from.address.toLowerCase();
  return /^[^\s@<>(),;:"\\[\]\p{Cc}]+@[^\s@<>(),;:"\\[\]\p{Cc}]+$/u.test(address) && address.length <= 320
    ? address
    : null;
}

/**
 * Verified when DMARC passes by a trusted receiver's word or our own check, when a signature or the envelope that passed is
 * aligned with the sender's domain, or when the relay that connected may send for it (SPF).
 * @param trust `relays`: who hands in mail has checked its sender, so only a failed check speaks against it
 */
export async function isVerified(
  address: string,
  authentication: Authentication,
  connection: Connection,
  { trust, resolve }: { trust: 'authenticated' | 'relays'; resolve: Resolve },
): Promise<boolean> {
  const { state } = authentication;
  if (state === 'pass') return true;
  if (state === 'fail' || state === 'fail_enforced' || state === 'unaligned') return false;
  if (trust === 'relays') return true;
  const organisation = organisationOf(address);
  const aligned = (domain: string | null) => domain !== null && organisationOf(domain) === organisation;
  if (authentication.spf?.result === 'pass' && aligned(authentication.spf.domain)) return true;
  if (authentication.dkim.some(({ result, domain }) => result === 'pass' && aligned(domain))) return true;
  return aligned(connection.envelopeFrom) && (await mayRelaySend(connection, resolve));
}

async function mayRelaySend({ ip, helo, envelopeFrom }: Connection, resolve: Resolve): Promise<boolean> {
  try {
    const answer = await spf({ ip, helo, sender: envelopeFrom, resolver: resolve as never, mta: 'reelback' } as never);
    return (answer as { status?: { result?: string } }).status?.result === 'pass';
  } catch {
    return false;
  }
}

const organisationOf = (address: string) => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
};

/** RFC 3834 section 2: what a machine wrote is read, and never answered. */
export function isAnswerable(message: Message, envelopeFrom: string): boolean {
  const { autoSubmitted, precedence, id } = message.list;
  const suppress = message.headers.find(({ name }) => name.toLowerCase() === 'x-auto-response-suppress')?.value ?? '';
  return (
    envelopeFrom !== '' &&
    (autoSubmitted === null || /^\s*no\b/i.test(autoSubmitted)) &&
    !/\b(bulk|junk|list)\b/i.test(precedence ?? '') &&
    id === null &&
    !/\b(all|autoreply)\b/i.test(suppress)
  );
}

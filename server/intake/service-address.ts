/** Addresses that say what a mail sent to them is: `<account>+{user|team}+{class}@<domain>`. */
import type { Disposition } from '../../shared/verdict.ts';

/** Both lower case. */
export interface Service {
  account: string;
  domain: string;
}

export type Addressed =
  /** A report; `disposition` null: its form or its subject says the class. */
  | { kind: 'report'; type: 'USER' | 'TEAM'; disposition: Disposition | null }
  /** A copy of delivered mail. */
  | { kind: 'delivered'; mode: 'JOURNAL' | 'BCC' }
  /** Ours, with a tag that means nothing. */
  | { kind: 'wrong_alias' }
  /** Somebody else's: never accepted. */
  | { kind: 'elsewhere' };

/** The last word of an address, in every spelling that buttons and people use. */
const CLASSES: Record<string, Disposition> = {
  malicious: 'MALICIOUS',
  phish: 'MALICIOUS',
  phishing: 'MALICIOUS',
  spoof: 'SPOOF',
  suspicious: 'SUSPICIOUS',
  unsure: 'SUSPICIOUS',
  notsure: 'SUSPICIOUS',
  spam: 'SPAM',
  junk: 'SPAM',
  bulk: 'BULK',
  none: 'NONE',
  clean: 'NONE',
  safe: 'NONE',
  notjunk: 'NONE',
};

/** The spelling that is shown and printed. */
export const CLASS_OF: Record<Disposition, string> = {
  MALICIOUS: 'malicious',
  SUSPICIOUS: 'suspicious',
  SPOOF: 'spoof',
  SPAM: 'spam',
  BULK: 'bulk',
  NONE: 'none',
};

/** RFC 5321 limits a path to 256 octets. */
const MOST = 256;

/** Never throws. @param address as in RCPT TO, any case */
export function readServiceAddress(address: string, service: Service): Addressed {
  if (address.length > MOST) return { kind: 'elsewhere' };
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0)).toLowerCase();
  const domain = address.slice(at + 1).toLowerCase();
  if (at === -1 || domain !== service.domain) return { kind: 'elsewhere' };
  if (local !== service.account && !local.startsWith(`${service.account}+`)) return { kind: 'elsewhere' };
  const [first = '', second, ...rest] = local.slice(service.account.length + 1).split('+');
  if (rest.length > 0) return { kind: 'wrong_alias' };
  // The bare address is what Microsoft's and other buttons are pointed at: one mailbox, the class in the subject.
  if (first === '' && second === undefined) return { kind: 'report', type: 'USER', disposition: null };
  if (second === undefined && first === 'journal') return { kind: 'delivered', mode: 'JOURNAL' };
  if (second === undefined && first === 'bcc') return { kind: 'delivered', mode: 'BCC' };
  if (first !== 'user' && first !== 'team') return { kind: 'wrong_alias' };
  const type = first === 'user' ? 'USER' : 'TEAM';
  if (second === undefined) return { kind: 'report', type, disposition: null };
  const word = second.replace(/[-_]/g, '');
  return Object.hasOwn(CLASSES, word)
    ? { kind: 'report', type, disposition: CLASSES[word] as Disposition }
    : { kind: 'wrong_alias' };
}

export function serviceAddress(service: Service, type: 'USER' | 'TEAM', disposition: Disposition): string {
  return `${service.account}+${type.toLowerCase()}+${CLASS_OF[disposition]}@${service.domain}`;
}

import { DISPOSITIONS, type Disposition, type Family } from '../../shared/verdict.ts';
import type { Authentication } from '../message/authentication-state.ts';
import {
  BULK_AT,
  OWN_DOMAIN_DISCOUNT,
  SPAM_AT,
  SPAM_UNCHECKED_AT,
  THETA_ALONE,
  THETA_MALICIOUS,
  THETA_SUSPICIOUS,
  UNDECIDED_DISCOUNT,
} from './thresholds.ts';

/** What the procedure decides on: numbers and facts, no mail any more. */
export interface Evidence {
  /** Calibrated margin in logits, reporter unit included, and the machine alone. */
  margin: number;
  marginWithoutReporter: number;
  /** P(unsolicited). */
  spam: number;
  bulkPoints: number;
  /** Independent families that speak for phishing; reporters are none. */
  families: readonly Family[];
  /** One proof that needs no second: known bad here or by a feed, malware, a crawled credential page. */
  definitive: boolean;
  /** Shared with a confirmed case, or a cluster of distinct mails, or a live lure. */
  association: boolean;
  authentication: Pick<Authentication, 'state' | 'mismatch'>;
  ownDomainFrom: boolean;
  registryHit: boolean;
  /** A high-severity check could not be made for want of a capability. */
  undecidedHigh: boolean;
  offersUnsubscribe: boolean;
  spamFeed: boolean;
  /** Floor of a matching block entry. */
  floor: Disposition | null;
  /** `trusted` and `acceptable` senders, authenticated. */
  allow: 'trusted' | 'acceptable' | null;
  decided: Disposition | null;
}

/** The six dispositions by severity: the first of two wins. */
export function moreSevere(a: Disposition, b: Disposition): Disposition {
  return DISPOSITIONS.indexOf(a) <= DISPOSITIONS.indexOf(b) ? a : b;
}

/** Exactly one disposition for the evidence: the first step that matches, and never below the floor of a block entry. */
export function dispose(evidence: Evidence): Disposition {
  if (evidence.decided !== null) return evidence.decided;
  const judged = judge(evidence);
  // An acceptable sender's mail may be spam, spoofed-looking or bulk; it may not be malicious.
  const allowed =
    evidence.allow === 'acceptable' && (judged === 'SPAM' || judged === 'SPOOF' || judged === 'BULK') ? 'NONE' : judged;
  return evidence.floor === null ? allowed : moreSevere(evidence.floor, allowed);
}

function judge(evidence: Evidence): Disposition {
  const { margin, families } = evidence;
  if (evidence.definitive) return 'MALICIOUS';
  const corroborated = families.length >= 2;
  if (corroborated && machineEnough(evidence) && margin >= THETA_MALICIOUS && evidence.association) return 'MALICIOUS';
  if (corroborated && machineEnough(evidence) && margin >= THETA_ALONE) return 'MALICIOUS';
  // A colleague of whom it is proven that it is the colleague is held to the same line as everybody.
  const claimsOwn = evidence.ownDomainFrom && evidence.authentication.state !== 'pass';
  const own = claimsOwn && margin >= THETA_SUSPICIOUS - OWN_DOMAIN_DISCOUNT;
  const phishingLike = margin >= THETA_SUSPICIOUS || evidence.registryHit || own;
  if (phishingLike && unproven(evidence)) return 'SPOOF';
  if (margin >= THETA_SUSPICIOUS || own) return 'SUSPICIOUS';
  if (evidence.undecidedHigh && margin >= THETA_SUSPICIOUS - UNDECIDED_DISCOUNT) return 'SUSPICIOUS';
  if (evidence.spam >= (unchecked(evidence) ? SPAM_UNCHECKED_AT : SPAM_AT) && unsolicited(evidence)) return 'SPAM';
  return evidence.bulkPoints >= BULK_AT ? 'BULK' : 'NONE';
}

/** Reports alone never yield MALICIOUS: the machine must find the mail at least suspicious by itself. */
function machineEnough(evidence: Evidence): boolean {
  return evidence.marginWithoutReporter >= THETA_SUSPICIOUS;
}

function unproven({ authentication, registryHit }: Evidence): boolean {
  const { state, mismatch } = authentication;
  return state === 'fail' || state === 'fail_enforced' || state === 'unaligned' || mismatch === true || registryHit;
}

function unchecked(evidence: Evidence): boolean {
  return evidence.authentication.state === 'unknown' && evidence.offersUnsubscribe && !evidence.spamFeed;
}

function unsolicited(evidence: Evidence): boolean {
  return !evidence.offersUnsubscribe || evidence.authentication.state !== 'pass' || evidence.spamFeed;
}

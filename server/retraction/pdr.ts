import type { RetractionSettings } from '../../shared/api.ts';
import type { PdrSettings } from '../../shared/delivery.ts';
import type { Destination, PsrDecision, PsrReason } from '../../shared/retraction.ts';
import type { Verdict } from '../../shared/verdict.ts';

export interface PdrFacts {
  verdict: Verdict;
  /** The authenticated sender is on the allow list. */
  allowed: boolean;
  simulation: boolean;
  /** An analyst has restored or cancelled a retraction of this very mail. */
  analystDecided: boolean;
  /** Mailboxes that are known to have it, and how many the guard lets be touched. */
  knownMailboxes: number;
  guardLimit: number;
}

// As in psr.ts: reporters, whose voice is in the margin, never move mail by themselves.
const THETA_SUSPICIOUS = 0;

/**
 * Post Delivery Response: what follows from the verdict alone on a mail that was delivered, at first sight or later.
 * Whatever disposition has a destination in the settings is taken back there.
 * Pure: the same facts and settings give the same decision.
 */
export function decidePdr(
  facts: PdrFacts,
  settings: { pdr: PdrSettings; retraction: RetractionSettings },
): PsrDecision {
  const none = (reason: PsrReason): PsrDecision => ({ action: 'none', reason });
  const { disposition, definitive } = facts.verdict;
  if (facts.simulation) return none('simulation');
  if (disposition === 'NONE') return none('not_malicious');
  if (!definitive && facts.verdict.marginWithoutReporter < THETA_SUSPICIOUS && !facts.verdict.decidedBy) {
    return none('machine_not_suspicious');
  }
  if (facts.allowed && !definitive) return none('allow_policy');
  if (facts.analystDecided) return none('analyst_decided');
  const destination = settings.retraction.destinations[disposition] as Destination | 'NoAction';
  if (destination === 'NoAction' || destination === 'RecoverableItemsPurges' || destination === 'Inbox') {
    return none('no_action_configured');
  }
  if (settings.pdr.mode === 'off') return none('no_action_configured');
  if (settings.pdr.mode === 'preview') return { action: 'preview', destination };
  if (settings.retraction.paused) return { action: 'hold', destination, reason: 'paused' };
  if (facts.knownMailboxes > facts.guardLimit) return { action: 'hold', destination, reason: 'blast_radius' };
  return { action: 'retract', destination };
}

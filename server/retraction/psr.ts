import type { GuardSettings, PsrSettings, RetractionSettings } from '../../shared/api.ts';
import type { Destination, PsrDecision, PsrReason } from '../../shared/retraction.ts';
import type { Original, ReportType } from '../../shared/submission.ts';
import type { Verdict } from '../../shared/verdict.ts';

export interface PsrFacts {
  submissionType: 'USER' | 'TEAM';
  reportType: ReportType;
  original: Original;
  verdict: Verdict;
  /** The authenticated sender is on the allow list. */
  allowed: boolean;
  simulation: boolean;
  /** An analyst has restored or cancelled a retraction of this very mail. */
  analystDecided: boolean;
  /** The reporter's mailbox is protected: a person looks first. */
  protectedMailbox: boolean;
  /** Mailboxes the header names, and how many the guard lets be touched. */
  namedMailboxes: number;
  guardLimit: number;
}

// The machine alone must find the mail at least suspicious: reporters never move mail by themselves.
const THETA_SUSPICIOUS = 0;

/**
 * Phish Submission Response: what follows from a user's report and our verdict together.
 * Pure: the same facts and settings give the same decision.
 */
export function decidePsr(
  facts: PsrFacts,
  settings: { psr: PsrSettings; retraction: RetractionSettings },
): PsrDecision {
  const none = (reason: PsrReason): PsrDecision => ({ action: 'none', reason });
  const { disposition } = facts.verdict;
  if (facts.submissionType === 'TEAM') return none('team_submission');
  if (facts.simulation) return none('simulation');
  if (facts.reportType === 'safe') return none('safe_report');
  // What a person said of this very mail is the reason, whatever follows from it.
  if (facts.analystDecided && facts.verdict.decidedBy === 'analyst') return none('analyst_decided');
  if (disposition === 'NONE' || !settings.psr.dispositions.includes(disposition)) return none('not_malicious');
  if (!facts.verdict.definitive && facts.verdict.marginWithoutReporter < THETA_SUSPICIOUS) {
    return none('machine_not_suspicious');
  }
  if (facts.allowed && !facts.verdict.definitive) return none('allow_policy');
  if (facts.analystDecided) return none('analyst_decided');
  // Nothing irreversible happens by itself, whatever the setting says, although no setting can say so.
  const destination = settings.retraction.destinations[disposition] as Destination | 'NoAction';
  if (destination === 'NoAction' || destination === 'RecoverableItemsPurges' || destination === 'Inbox') {
    return none('no_action_configured');
  }
  if (settings.psr.mode === 'off') return none('no_action_configured');
  if (facts.original !== 'authoritative') return { action: 'hold', destination, reason: 'client_supplied_only' };
  if (settings.psr.mode === 'preview') return { action: 'preview', destination };
  if (settings.retraction.paused) return { action: 'hold', destination, reason: 'paused' };
  if (facts.protectedMailbox) return { action: 'hold', destination, reason: 'protected_mailbox' };
  if (facts.namedMailboxes > facts.guardLimit) return { action: 'hold', destination, reason: 'blast_radius' };
  return { action: 'retract', destination };
}

/** How many mailboxes one retraction may touch before a person has looked: absolute or share, whichever is larger. */
export function guardLimit(guard: GuardSettings, mailboxesOfTenant: number): number {
  return Math.max(guard.max_mailboxes, Math.floor(guard.max_share * mailboxesOfTenant));
}

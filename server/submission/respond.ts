import type { GuardSettings, PsrSettings, RetractionSettings } from '../../shared/api.ts';
import type { NotificationSettings } from '../../shared/mail.ts';
import type { PsrDecision } from '../../shared/retraction.ts';
import type { Original } from '../../shared/submission.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import type { Settings } from '../policies/face.ts';
import { campaignTaken } from '../retraction/campaign.ts';
import { decidePsr, guardLimit, type PsrFacts } from '../retraction/psr.ts';
import { earlierRetractions, type ReportedCampaign, startRetraction } from '../retraction/start.ts';
import { audit } from '../store/audit.ts';
import type { Db } from '../store/database.ts';
import { mailboxCount, mailboxesByAddress } from '../store/directory.ts';
import { listEntries } from '../store/lists.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import type { SubmissionWorld } from './world.ts';

export interface ResponseSettings {
  psr: PsrSettings;
  retraction: RetractionSettings;
  guard: GuardSettings;
  /** Who is told by mail. */
  notifications: NotificationSettings;
}

/** Read before a transaction is opened. */
export async function responseSettings(settings: Settings): Promise<ResponseSettings> {
  return {
    psr: await settings.get('psr'),
    retraction: await settings.get('retraction'),
    guard: await settings.get('guard'),
    notifications: await settings.get('notifications'),
  };
}

/** The judged mail as the retraction will search for it. */
export interface Judged {
  submission: SubmissionRow;
  original: Original;
  verdict: Verdict;
  messageId: string;
  /** Search keys, the provider's first. */
  messageIds: string[];
  fingerprint: Fingerprint;
  /** null or absent: of this mail no more than the mail itself can be taken. */
  campaign?: ReportedCampaign | null;
  subject: string;
  recipients: readonly string[];
}

/**
 * PSR's decision on a verdict, and the retraction that follows from it. The caller holds the lock on the Message-ID, and
 * on the campaign's key where there is one.
 * @returns the retraction started or joined; null when nothing is to be retracted
 */
export async function respond(
  trx: Db,
  world: SubmissionWorld,
  judged: Judged,
  settings: ResponseSettings,
): Promise<{ decision: PsrDecision; retractionId: string | null }> {
  const { submission, verdict, messageIds, fingerprint } = judged;
  const earlier = await earlierRetractions(trx, world.tenant, messageIds, fingerprint, judged.campaign);
  const facts: PsrFacts = {
    submissionType: submission.submission_type,
    reportType: submission.report_type,
    original: judged.original,
    verdict,
    allowed: verdict.allowedBy !== undefined,
    simulation: verdict.simulation !== undefined,
    analystDecided: earlier.analystDecided,
    ...(await reachOf(trx, world, submission.mailbox, judged.recipients, verdict.disposition, settings)),
  };
  const decision = decidePsr(facts, settings);
  if (decision.action === 'none') {
    if (decision.reason === 'no_action_configured') {
      const would = decidePsr(facts, { ...settings, psr: { ...settings.psr, mode: 'on' } });
      await tellPreview(trx, world, judged, would);
    }
    return { decision, retractionId: null };
  }
  const retractionId = await startRetraction(trx, world, {
    decision,
    earlier,
    messageId: judged.messageId,
    messageIds,
    fingerprint,
    campaign: campaignTaken(verdict, settings.psr, judged.campaign?.of ?? null),
    subject: judged.subject,
    definitive: verdict.definitive,
    requestedBy: `submission ${submission.id}`,
    reporterMailbox: submission.mailbox_verified
      ? { mailbox: submission.mailbox, provider: submission.provider }
      : null,
  });
  return { decision, retractionId };
}

/** Switched off, or without a destination: the audit log still says what would have been taken back. */
async function tellPreview(trx: Db, world: SubmissionWorld, judged: Judged, would: PsrDecision): Promise<void> {
  const { submission, verdict } = judged;
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: 'submission.previewed',
    subjectId: submission.id,
    detail: {
      operation: 'PREVIEW',
      disposition: verdict.disposition,
      destination: would.action === 'none' ? 'NoAction' : would.destination,
    },
  });
}

/** How far a retraction would reach; of a mail that nothing will move nobody asks. */
async function reachOf(
  trx: Db,
  world: SubmissionWorld,
  mailbox: string,
  recipients: readonly string[],
  disposition: Disposition,
  settings: ResponseSettings,
): Promise<Pick<PsrFacts, 'protectedMailbox' | 'namedMailboxes' | 'guardLimit'>> {
  if (disposition === 'NONE' || !settings.psr.dispositions.includes(disposition)) {
    return { protectedMailbox: false, namedMailboxes: 0, guardLimit: 0 };
  }
  return {
    protectedMailbox: await isProtected(trx, world.tenant, mailbox),
    namedMailboxes: (await mailboxesByAddress(trx, world.tenant, recipients)).length,
    guardLimit: guardLimit(settings.guard, await mailboxCount(trx, world.tenant)),
  };
}

async function isProtected(trx: Db, tenant: string, mailbox: string): Promise<boolean> {
  return (await listEntries(trx, tenant, 'protected_mailboxes')).some((e) => e.value === mailbox);
}

import type { GuardSettings, PsrSettings } from '../../shared/api.ts';
import type { PsrDecision } from '../../shared/retraction.ts';
import type { Original } from '../../shared/submission.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { Copy } from '../mailboxes/port.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { campaignTaken } from '../retraction/campaign.ts';
import { decidePsr, guardLimit, type PsrFacts } from '../retraction/psr.ts';
import { earlierRetractions, startRetraction } from '../retraction/start.ts';
import { audit } from '../store/audit.ts';
import { type PreparedBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { mailboxCount, mailboxesByAddress } from '../store/directory.ts';
import { insertVerdict, rememberMessage } from '../store/messages.ts';
import { lockMessageId } from '../store/retractions.ts';
import { listEntries } from '../store/settings.ts';
import { concludeSubmission, lockSubmission, type SubmissionRow } from '../store/submissions.ts';
import { keepPrint, printOf } from './reported-campaign.ts';
import type { Judgement, SubmissionWorld } from './world.ts';

export interface Outcome {
  judgement: Judgement;
  original: Exclude<Original, 'missing'>;
  blob: PreparedBlob;
  /** The reporter's own copy as the provider shows it; null when only an upload was judged. */
  copy: Copy | null;
}

/** The verdict, PSR's decision and what follows from it become true together. @returns false when the lease was lost. */
export async function conclude(
  world: SubmissionWorld,
  submission: SubmissionRow,
  owner: string,
  outcome: Outcome,
): Promise<boolean> {
  const { message, verdict, fingerprint } = outcome.judgement;
  const settings = {
    psr: await world.settings.get('psr'),
    retraction: await world.settings.get('retraction'),
    guard: await world.settings.get('guard'),
  };
  const messageIds = searchKeys(outcome);
  const { judgement, copy } = outcome;
  const { print, campaign } = await printOf(world, { mailbox: submission.mailbox, judgement, copy }, settings.psr);
  return world.store.inTransaction(async (trx) => {
    const standing = await lockSubmission(trx, submission.id);
    if (standing?.status !== 'analysing') return false;
    await lockMessageId(trx, world.tenant, messageIds[0] ?? fingerprintKey(message.sha256));
    // After the Message-ID's lock, always: two reports of one campaign that conclude at once must not start two retractions.
    if (campaign) await lockMessageId(trx, world.tenant, `campaign ${print.key}`);
    await putBlob(trx, outcome.blob);
    const recipients = [...message.to, ...message.cc].map((a) => a.address.toLowerCase());
    const messageId = await rememberMessage(trx, {
      id: world.randomId('msg'),
      tenant: world.tenant,
      sha256: outcome.blob.sha256,
      internet_message_id: messageIds[0] ?? null,
      subject: message.subject,
      header_from: message.headerFrom[0]?.address ?? '',
      fingerprint,
      recipients,
    });
    await keepPrint(trx, messageId, print);
    const verdictId = await insertVerdict(trx, messageId, verdict, outcome.judgement.authentication);

    const earlier = await earlierRetractions(trx, world.tenant, messageIds, fingerprint as Fingerprint, campaign);
    const facts: PsrFacts = {
      submissionType: submission.submission_type,
      reportType: submission.report_type,
      original: outcome.original,
      verdict,
      allowed: outcome.judgement.allowed,
      simulation: submission.simulation,
      analystDecided: earlier.analystDecided,
      ...(await reachOf(trx, world, submission.mailbox, recipients, verdict.disposition, settings)),
    };
    const decision = decidePsr(facts, settings);
    const retractionId =
      decision.action === 'none'
        ? null
        : await startRetraction(trx, world, {
            decision,
            earlier,
            messageId,
            messageIds,
            fingerprint: fingerprint as Fingerprint,
            campaign: campaignTaken(verdict, settings.psr, campaign?.of ?? null),
            subject: message.subject,
            definitive: verdict.definitive,
            requestedBy: `submission ${submission.id}`,
            reporterMailbox: submission.mailbox_verified
              ? { mailbox: submission.mailbox, provider: submission.provider }
              : null,
          });
    const concluded = await concludeSubmission(trx, submission.id, owner, world.now(), {
      original: outcome.original,
      originalId: outcome.copy?.providerMessageId ?? null,
      messageId,
      verdictId,
      internetMessageId: messageIds[0] ?? null,
      subject: message.subject,
      headerFrom: message.headerFrom[0]?.address ?? '',
      psrAction: decision.action,
      psrReason: reasonOf(decision),
      retractionId,
    });
    // The exception undoes everything of this transaction: another worker has taken over.
    if (!concluded) throw new LeaseLost();
    await audit(trx, {
      tenant: world.tenant,
      actor: 'reelback',
      action: 'submission.concluded',
      subjectId: submission.id,
      detail: { disposition: verdict.disposition, model: verdict.model, psr: decision, retraction: retractionId },
    });
    await notify(trx, submission.id, ...(retractionId ? [retractionId, 'retractions'] : []));
    return true;
  });
}

export class LeaseLost extends Error {}

const reasonOf = (decision: PsrDecision) => ('reason' in decision ? (decision.reason ?? null) : null);

const fingerprintKey = (sha256: string) => `sha256:${sha256}`;

/** Exchange may show another Message-ID than the sender wrote: search for both, the provider's first. */
function searchKeys({ copy, judgement }: Outcome): string[] {
  const ids = [copy?.internetMessageId, judgement.message.messageId].filter((id): id is string => !!id);
  return [...new Set(ids)];
}

/** How far a retraction would reach; of a mail that nothing will move nobody asks. */
async function reachOf(
  trx: Db,
  world: SubmissionWorld,
  mailbox: string,
  recipients: readonly string[],
  disposition: Disposition,
  settings: { psr: PsrSettings; guard: GuardSettings },
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

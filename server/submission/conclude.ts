import type { PsrDecision } from '../../shared/retraction.ts';
import type { Original } from '../../shared/submission.ts';
import { concludeWeighed } from '../analysis/conclude.ts';
import { withWave } from '../analysis/wave.ts';
import type { Copy } from '../mailboxes/port.ts';
import { describeMessage } from '../message/described.ts';
import { audit } from '../store/audit.ts';
import { type PreparedBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import { adoptSeen } from '../store/deliveries.ts';
import { recordSubmission } from '../store/mail-events.ts';
import { insertVerdict, rememberMessage } from '../store/messages.ts';
import { lockMessageId } from '../store/retractions.ts';
import { rememberOriginalDisposition } from '../store/reviews.ts';
import { planLook } from '../store/second-looks.ts';
import { concludeSubmission, lockSubmission, type SubmissionRow } from '../store/submissions.ts';
import { answerReporter } from './answer.ts';
import { findCluster, type Likeness } from './cluster.ts';
import { opinionOn } from './opinion.ts';
import { keepPrint, printOf } from './reported-campaign.ts';
import { respond, responseSettings } from './respond.ts';
import { deservesAnotherLook, nextLook } from './second-look.ts';
import { answerReports, decideBy } from './team-answer.ts';
import { vote } from './votes.ts';
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
  const { message, authentication, weighed } = outcome.judgement;
  const settings = await responseSettings(world.settings);
  const { judgement, copy } = outcome;
  const printed = await printOf(world, { mailbox: submission.mailbox, judgement, copy }, settings.psr);
  const { print, campaign } = printed;
  const likeness: Likeness = {
    messageIds: searchKeys(outcome),
    fingerprint: outcome.judgement.fingerprint,
    campaign: print,
  };
  const [messageKey] = likeness.messageIds;
  return world.store.inTransaction(async (trx) => {
    const standing = await lockSubmission(trx, submission.id);
    if (standing?.status !== 'analysing') return false;
    await lockMessageId(trx, world.tenant, messageKey ?? fingerprintKey(message.sha256));
    // After the Message-ID's lock, always: two reports of one campaign that conclude at once must not start two retractions,
    // nor two clusters.
    await lockMessageId(trx, world.tenant, `campaign ${print.key}`);
    await putBlob(trx, outcome.blob);
    const recipients = [...message.to, ...message.cc].map((a) => a.address.toLowerCase());
    const found = await findCluster(trx, world.tenant, likeness);
    await adoptSeen(trx, world.tenant, found.copies, outcome.blob.sha256);
    const messageId = await rememberMessage(
      trx,
      {
        id: world.randomId('msg'),
        tenant: world.tenant,
        sha256: outcome.blob.sha256,
        internet_message_id: messageKey ?? null,
        subject: message.subject,
        header_from: message.headerFrom[0]?.address ?? '',
        fingerprint: likeness.fingerprint,
        recipients,
        delivery_mode: weighed.simulation === null ? 'REVIEW_SUBMISSION' : 'SIMULATION_SUBMISSION',
        ...(found.clusterId === null ? {} : { cluster_id: found.clusterId }),
      },
      describeMessage(message, authentication),
    );
    // The same bytes have been judged before: they are where they were.
    const clusterId = (await clusterOfMessage(trx, messageId)) ?? messageId;
    const exercise = weighed.simulation !== null;
    if (!exercise) await vote(trx, submission, clusterId);
    if (submission.decides) await decideBy(trx, submission, messageId, world.now());
    const { opinion, waveSize } = await opinionOn(trx, world, {
      clusterId,
      copies: [...new Set([...found.copies, messageId])],
      messageId,
      authenticated: authentication.state === 'pass',
      exercise,
    });
    const evidence = withWave(weighed, waveSize);
    const verdict = concludeWeighed(evidence, opinion);
    await keepPrint(trx, { id: messageId, tenant: world.tenant }, printed);
    const verdictId = await insertVerdict(trx, messageId, verdict, authentication, { evidence, opinion }, world.now());
    const { decision, retractionId } = await respond(
      trx,
      world,
      {
        submission,
        original: outcome.original,
        verdict,
        messageId,
        messageIds: [...likeness.messageIds],
        fingerprint: likeness.fingerprint,
        campaign,
        subject: message.subject,
        recipients,
      },
      settings,
    );
    const concluded = await concludeSubmission(trx, submission.id, owner, world.now(), {
      original: outcome.original,
      originalId: outcome.copy?.providerMessageId ?? null,
      messageId,
      verdictId,
      internetMessageId: messageKey ?? null,
      subject: message.subject,
      headerFrom: message.headerFrom[0]?.address ?? '',
      simulation: exercise,
      psrAction: decision.action,
      psrReason: reasonOf(decision),
      retractionId,
    });
    // The exception undoes everything of this transaction: another worker has taken over.
    if (!concluded) throw new LeaseLost();
    await recordSubmission(trx, submission.id, world.now());
    await answerReporter(trx, world, submission.id, settings.notifications);
    await rememberOriginalDisposition(trx, submission.id);
    if (submission.decides) await answerReports(trx, world, { submission, copies: [...found.copies, messageId] });
    if (deservesAnotherLook(verdict, judgement)) {
      await planLook(trx, submission.id, nextLook(world.lookAgainDelaysMs, world.now(), 0), 0);
    }
    // What the others who reported it were told rests on fewer voices.
    if (found.clusterId !== null) await world.jobs.enqueue(trx, 'rejudge', { clusterId });
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

export const reasonOf = (decision: PsrDecision) => ('reason' in decision ? (decision.reason ?? null) : null);

const fingerprintKey = (sha256: string) => `sha256:${sha256}`;

/** Exchange may show another Message-ID than the sender wrote: search for both, the provider's first. */
function searchKeys({ copy, judgement }: Outcome): string[] {
  const ids = [copy?.internetMessageId, judgement.message.messageId].filter((id): id is string => !!id);
  return [...new Set(ids)];
}

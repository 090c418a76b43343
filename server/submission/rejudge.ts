import type { Original } from '../../shared/submission.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { concludeWeighed, type Weighed } from '../analysis/conclude.ts';
import { withWave } from '../analysis/wave.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { clusterOfMessage, distinctMessages, staleSubmissions } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { insertVerdict, latestVerdict, type MessageRow, messageById, type VerdictRow } from '../store/messages.ts';
import { lockMessageId } from '../store/retractions.ts';
import { changeVerdict, lockSubmission, type SubmissionRow, verdictsByIds } from '../store/submissions.ts';
import { answerReporter } from './answer.ts';
import { copiesOf } from './cluster.ts';
import { reasonOf } from './conclude.ts';
import { KNOWN_FOR_MS } from './known-cases.ts';
import { opinionOn } from './opinion.ts';
import { campaignKept } from './reported-campaign.ts';
import { type ResponseSettings, respond, responseSettings } from './respond.ts';
import { unitOf } from './votes.ts';
import type { Judgement, SubmissionWorld } from './world.ts';

/** Reports looked at again a time: the newest. The sum of votes is bounded, so the first few voices decide. */
const MOST = 200;
/** A margin that moves less changes nothing a person could see. */
const NOTICEABLE = 0.02;

/**
 * Somebody else has reported a mail, or a person has decided about one: what the standing reports of its cluster were
 * told is concluded again from the evidence that was kept, and PSR decides anew where it had done nothing. May run twice.
 */
export async function rejudgeCluster(world: SubmissionWorld, clusterId: string): Promise<void> {
  const { db } = world.store;
  const now = world.now();
  const unit = await unitOf(db, world.tenant, clusterId, now);
  const wave = (await distinctMessages(db, world.tenant, clusterId, new Date(now.getTime() - KNOWN_FOR_MS))) >= 2;
  const stale = await staleSubmissions(db, world.tenant, clusterId, { unit, noticeable: NOTICEABLE, wave }, MOST);
  if (stale.length === 0) return;
  const settings = await responseSettings(world.settings);
  for (const id of stale) {
    // One at a time, locked in the order in which concluding locks: submission, then Message-ID.
    await world.store.inTransaction((trx) => rejudge(trx, world, id, settings));
  }
}

/**
 * Concludes one report again, in the caller's transaction.
 * @param fresh what another look at the mail saw; default: the evidence that was kept
 * @returns the verdict that holds now; null when there is nothing to conclude
 */
export async function rejudge(
  trx: Db,
  world: SubmissionWorld,
  id: string,
  settings: ResponseSettings,
  fresh: Pick<Judgement, 'weighed' | 'authentication'> | null = null,
): Promise<Verdict | null> {
  const submission = await lockSubmission(trx, id);
  if (submission?.status !== 'concluded' || submission.message_id === null) return null;
  const { message_id: messageId } = submission;
  const message = await messageById(trx, messageId);
  if (!message) return null;
  await lockMessageId(trx, world.tenant, message.internet_message_id ?? `sha256:${message.sha256}`);
  const before = await latestVerdict(trx, messageId);
  const evidence = fresh?.weighed ?? (before?.evidence as Weighed | null | undefined);
  if (!before || !evidence) return null;
  const authentication = fresh?.authentication ?? (before.authentication as Authentication);
  const campaign = campaignKept(message, authentication, settings.psr);
  if (campaign) await lockMessageId(trx, world.tenant, `campaign ${campaign.of.print.key}`);
  const found = await concludeAgain(trx, world, { before, evidence, authentication, message });
  const verdictId = found.changed
    ? await insertVerdict(trx, messageId, found.verdict, authentication, found, world.now())
    : before.id;
  if (verdictId === submission.verdict_id) return found.verdict;
  const acted = submission.psr_action !== null && submission.psr_action !== 'none';
  const answer = acted
    ? null
    : await respond(
        trx,
        world,
        {
          submission,
          original: submission.original as Original,
          verdict: found.verdict,
          messageId,
          messageIds: searchKeys(submission, message),
          fingerprint: message.fingerprint as Fingerprint,
          campaign,
          subject: message.subject,
          recipients: message.recipients,
        },
        settings,
      );
  await changeVerdict(trx, id, {
    verdictId,
    psrAction: answer?.decision.action ?? submission.psr_action,
    psrReason: answer ? reasonOf(answer.decision) : submission.psr_reason,
    retractionId: answer?.retractionId ?? submission.retraction_id,
  });
  await told(trx, world, submission, found.verdict, answer?.retractionId ?? null);
  if (await isNews(trx, submission.verdict_id, found.verdict)) {
    await answerReporter(trx, world, id, settings.notifications);
  }
  return found.verdict;
}

/** A mail to the reporter is worth another verdict, not another margin. */
async function isNews(trx: Db, toldId: number | null, verdict: Verdict): Promise<boolean> {
  if (toldId === null) return true;
  return (await verdictsByIds(trx, [toldId])).get(toldId)?.disposition !== verdict.disposition;
}

/**
 * What a mail is from the evidence that was kept and what people say now, such as a decision of this transaction.
 * @param decided stands alone where no evidence was kept
 * @returns null when the mail has never been judged
 */
export async function judgeAgain(
  trx: Db,
  world: SubmissionWorld,
  message: MessageRow,
  decided: Disposition,
): Promise<{ verdictId: number; before: Disposition } | null> {
  const before = await latestVerdict(trx, message.id);
  if (!before) return null;
  const evidence = before.evidence as Weighed | null;
  const authentication = before.authentication as Authentication;
  const at = world.now();
  if (!evidence) {
    const verdict: Verdict = { ...before.body, disposition: decided, decidedBy: 'analyst' };
    const replay = { evidence: null, opinion: null };
    const verdictId = await insertVerdict(trx, message.id, verdict, authentication, replay, at);
    return { verdictId, before: before.body.disposition };
  }
  const found = await concludeAgain(trx, world, { before, evidence, authentication, message });
  const verdictId = found.changed
    ? await insertVerdict(trx, message.id, found.verdict, authentication, found, at)
    : before.id;
  return { verdictId, before: before.body.disposition };
}

const searchKeys = (submission: SubmissionRow, message: MessageRow): string[] => [
  ...new Set([submission.internet_message_id, message.internet_message_id].filter((id): id is string => !!id)),
];

async function concludeAgain(
  trx: Db,
  world: SubmissionWorld,
  again: { before: VerdictRow; evidence: Weighed; authentication: Authentication; message: MessageRow },
) {
  const { before, message } = again;
  const { opinion, waveSize } = await opinionOn(trx, world, {
    clusterId: (await clusterOfMessage(trx, message.id)) ?? message.id,
    copies: await copiesOf(trx, world.tenant, message),
    messageId: message.id,
    authenticated: again.authentication.state === 'pass',
    exercise: again.evidence.simulation !== null,
  });
  const evidence = withWave(again.evidence, waveSize);
  const verdict = concludeWeighed(evidence, opinion);
  const kept = before.evidence as Weighed | null;
  const changed =
    verdict.disposition !== before.body.disposition ||
    verdict.decidedBy !== before.body.decidedBy ||
    evidence.campaign?.distinctMessages !== kept?.campaign?.distinctMessages ||
    said(verdict) !== said(before.body) ||
    Math.abs(verdict.margin - before.body.margin) >= NOTICEABLE;
  return { evidence, opinion, verdict: changed ? verdict : before.body, changed };
}

/** What a person reads of a verdict, but for its numbers. */
const said = ({ findings, attributes, coverageMissing }: Verdict) =>
  JSON.stringify([findings.map(({ id, evidence }) => [id, evidence]).sort(), [...attributes].sort(), coverageMissing]);

async function told(
  trx: Db,
  world: SubmissionWorld,
  submission: SubmissionRow,
  verdict: Verdict,
  retractionId: string | null,
): Promise<void> {
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: 'submission.rejudged',
    subjectId: submission.id,
    detail: { disposition: verdict.disposition, reporterUnit: verdict.reporterUnit, retraction: retractionId },
  });
  await notify(trx, submission.id, ...(retractionId ? [retractionId, 'retractions'] : []));
}

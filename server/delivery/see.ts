import { concludeWeighed } from '../analysis/conclude.ts';
import { packFeatures } from '../analysis/model/packed-features.ts';
import { withWave } from '../analysis/wave.ts';
import { keepMail } from '../analysis/weigh-again.ts';
import { campaignPrintOf } from '../message/campaign.ts';
import { describeMessage } from '../message/described.ts';
import { isReadable } from '../message/readable.ts';
import { campaignOf } from '../retraction/campaign.ts';
import { audit } from '../store/audit.ts';
import { type PreparedBlob, prepareBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { addCopies, finishLook, insertDelivery, lookNow, mailOfBytes } from '../store/deliveries.ts';
import { insertVerdict, latestVerdict, rememberMessage } from '../store/messages.ts';
import { lockMessageId } from '../store/retractions.ts';
import { findCluster } from '../submission/cluster.ts';
import type { FullJudgement } from '../submission/judge.ts';
import { opinionOn } from '../submission/opinion.ts';
import { keepPrint, type Printed } from '../submission/reported-campaign.ts';
import { type Arrival, unwrap } from './envelope.ts';
import type { Envelope, Seen } from './face.ts';
import { storable, withoutContent } from './kept.ts';
import type { Recipients, recipientsIn } from './recipients.ts';
import { type PdrResponseSettings, pdrSettings, respondToDelivery } from './respond.ts';
import { type DeliveryWorld, nextLook } from './world.ts';

/** One delivered mail, handed in: everything it changes commits together. See face.ts. */
export async function see(
  world: DeliveryWorld,
  recipientsOf: ReturnType<typeof recipientsIn>,
  raw: Uint8Array,
  envelope: Envelope,
): Promise<Seen> {
  const arrival = unwrap(raw, envelope);
  const judgement = await world.judge(arrival.raw);
  if (!isReadable(judgement.message)) return { state: 'ignored', reason: 'unreadable' };
  const recipients = await recipientsOf(arrival, envelope, judgement.message);
  if (!recipients) return { state: 'ignored', reason: 'nobody_here' };
  const known = await mailOfBytes(world.store.db, world.tenant, arrival.sha256);
  const settings = await pdrSettings(world.settings);
  const ready: Ready = {
    arrival,
    envelope,
    judgement,
    recipients,
    settings,
    printed: printedOf(judgement, arrival, envelope, recipients, settings),
    blob: known ? null : await prepareBlob(arrival.raw),
    kept: keepMail(judgement.message, await world.ownDomains()),
  };
  return world.store.inTransaction((trx) => remember(trx, world, ready));
}

interface Ready {
  arrival: Arrival;
  envelope: Envelope;
  judgement: FullJudgement;
  recipients: Recipients;
  settings: PdrResponseSettings;
  printed: Printed;
  /** null: the mail is known. */
  blob: PreparedBlob | null;
  kept: ReturnType<typeof keepMail>;
}

async function remember(trx: Db, world: DeliveryWorld, ready: Ready): Promise<Seen> {
  const { judgement, arrival, envelope, recipients, printed } = ready;
  const { message, authentication, weighed } = judgement;
  const now = world.now();
  const messageIds = searchKeys(ready);
  await lockMessageId(trx, world.tenant, messageIds[0] ?? `sha256:${arrival.sha256}`);
  // After the Message-ID's lock, always, as a report concludes.
  await lockMessageId(trx, world.tenant, `campaign ${printed.print.key}`);
  const found = await findCluster(trx, world.tenant, {
    messageIds,
    fingerprint: judgement.fingerprint,
    campaign: printed.print,
  });
  const known = found.copies[0] ?? (await mailOfBytes(trx, world.tenant, arrival.sha256));
  const copies = {
    copies: recipients.copies,
    mode: envelope.mode,
    deliveredAt: arrival.deliveredAt ?? message.received[0]?.date ?? null,
    seenAt: now,
  };
  const delivery = {
    tenant: world.tenant,
    firstSeenAt: now,
    kept: ready.kept,
    features: packFeatures(judgement.features),
    indicators: ready.kept.indicators,
  };
  if (known !== null) {
    const fresh = await addCopies(trx, known, copies);
    await insertDelivery(trx, { ...delivery, messageId: known, dueAt: nextLook(world.delaysMs, now, now) });
    const disposition = (await latestVerdict(trx, known))?.body.disposition ?? null;
    // One more mailbox has what is to be taken back.
    if (fresh > 0 && disposition !== null && disposition !== 'NONE') {
      await lookNow(trx, [known], now);
      await notify(trx, 'deliveries');
    }
    return { state: 'kept', messageId: known, disposition, copies: copies.copies.length, known: true };
  }
  const vouched = envelope.mode === 'API' || envelope.mode === 'JOURNAL' ? arrival.deliveredAt : null;
  const receivedAt = vouched && vouched.getTime() < now.getTime() ? vouched : null;
  const named = [...message.to, ...message.cc].map((a) => a.address.toLowerCase());
  const opened = await opinionOn(trx, world, {
    clusterId: found.clusterId ?? '',
    copies: found.copies,
    authenticated: authentication.state === 'pass',
    exercise: weighed.simulation !== null,
  });
  const evidence = withWave(weighed, opened.waveSize);
  const verdict = concludeWeighed(evidence, opened.opinion);
  const detected = verdict.disposition !== 'NONE';
  const described = describeMessage(message, authentication);
  const messageId = await rememberMessage(
    trx,
    {
      id: world.randomId('msg'),
      tenant: world.tenant,
      sha256: arrival.sha256,
      internet_message_id: messageIds[0] ?? null,
      subject: message.subject,
      header_from: message.headerFrom[0]?.address ?? '',
      fingerprint: judgement.fingerprint,
      recipients: named,
      delivery_mode: envelope.mode,
      reported: false,
      // As the provider says; a header could claim any time.
      ...(receivedAt ? { received_at: receivedAt } : {}),
      ...(found.clusterId === null ? {} : { cluster_id: found.clusterId }),
    },
    detected ? described : withoutContent(described),
  );
  await addCopies(trx, messageId, copies);
  await keepPrint(trx, { id: messageId, tenant: world.tenant }, printed);
  if (detected && ready.blob) await putBlob(trx, ready.blob);
  const stored = storable(verdict, evidence, detected);
  const replay = { evidence: stored.evidence, opinion: opened.opinion };
  await insertVerdict(trx, messageId, stored.verdict, authentication, replay, now);
  const dueAt = nextLook(world.delaysMs, now, now);
  await insertDelivery(trx, { ...delivery, messageId, dueAt });
  if (detected) {
    const acted = await respondToDelivery(
      trx,
      world,
      {
        messageId,
        verdict,
        messageIds,
        fingerprint: judgement.fingerprint,
        campaign: printed.campaign,
        subject: message.subject,
        recipients: named,
      },
      ready.settings,
      null,
    );
    await finishLook(trx, messageId, { claimed: null, dueAt, acted, now });
    await audit(trx, {
      tenant: world.tenant,
      actor: 'reelback',
      action: 'delivery.detected',
      subjectId: messageId,
      detail: {
        disposition: verdict.disposition,
        model: verdict.model,
        pdr: acted?.action,
        cluster: await clusterOfMessage(trx, messageId),
      },
    });
  }
  return { state: 'kept', messageId, disposition: verdict.disposition, copies: copies.copies.length, known: false };
}

/** The provider's own Message-ID first, where it told one. */
function searchKeys({ envelope, judgement }: Ready): string[] {
  const ids = [envelope.copy?.internetMessageId, judgement.message.messageId].filter((id): id is string => !!id);
  return [...new Set(ids)];
}

/** As one of a campaign, where the provider vouches for when it came in. */
function printedOf(
  { message, authentication }: FullJudgement,
  arrival: Arrival,
  envelope: Envelope,
  { own }: Recipients,
  settings: PdrResponseSettings,
): Printed {
  const vouched = envelope.mode === 'API' || envelope.mode === 'JOURNAL';
  const receivedAt = vouched ? (arrival.deliveredAt?.toISOString() ?? null) : null;
  const of = campaignOf({ message, authentication, own, receivedAt }, settings.psr.window_hours);
  return {
    print: of?.print ?? campaignPrintOf(message, own),
    campaign: of && receivedAt !== null ? { of, receivedAt } : null,
  };
}

import { TemporaryError } from '../../shared/errors.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { concludeWeighed, type Weighed } from '../analysis/conclude.ts';
import { withWave } from '../analysis/wave.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { describeMessage } from '../message/described.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { audit } from '../store/audit.ts';
import { type PreparedBlob, prepareBlob, putBlob } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { claimDeliveries, type DeliveryRow, finishLook, lockDelivery, postponeLook } from '../store/deliveries.ts';
import { type SeenRow, seenMails } from '../store/delivery-sweeps.ts';
import { describeAgain, insertVerdict, type MessageRow, messageById } from '../store/messages.ts';
import { lockMessageId } from '../store/retractions.ts';
import { copiesOf } from '../submission/cluster.ts';
import type { FullJudgement } from '../submission/judge.ts';
import { opinionOn } from '../submission/opinion.ts';
import { campaignKept } from '../submission/reported-campaign.ts';
import { bodyOf } from './body.ts';
import { storable } from './kept.ts';
import { type PdrResponseSettings, pdrSettings, respondToDelivery } from './respond.ts';
import { listsNow, type Reweighed, reweigh } from './weigh.ts';
import { type DeliveryWorld, nextLook } from './world.ts';

const AT_A_TIME = 40;
/** Evaluated at the same time; each waits mostly for the database. */
const LANES = 4;
const MOST_ATTEMPTS = 6;
const RETRY_MS = 30_000;
/** A margin that moves less changes nothing a person could see. */
const NOTICEABLE = 0.02;

/** Evaluates seen mails whose time has come. @returns false when none was due */
export async function evaluateDue(world: DeliveryWorld): Promise<boolean> {
  const { tenant, leaseMs } = world;
  const owner = world.randomId('own');
  const now = world.now();
  const due = await claimDeliveries(world.store.db, { tenant, owner, now, leaseMs, limit: AT_A_TIME });
  if (due.length === 0) return false;
  const settings = await pdrSettings(world.settings);
  const seen = await seenMails(
    world.store.db,
    due.map((delivery) => delivery.message_id),
  );
  const again = new Map((await reweigh(world, seen, await listsNow(world))).map((one) => [one.row.id, one]));
  const waiting = [...due];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await evaluate(world, next, owner, settings, again.get(next.message_id)).catch((error: unknown) =>
        postpone(world, next as DeliveryRow, owner, error),
      );
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return true;
}

async function postpone(world: DeliveryWorld, delivery: DeliveryRow, owner: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  world.log.warn({ message: delivery.message_id, error: text }, 'delivered mail could not be evaluated yet');
  const now = world.now();
  const waitMs = error instanceof TemporaryError ? Math.max(error.retryAfterMs ?? 0, RETRY_MS) : RETRY_MS;
  const at =
    delivery.attempts < MOST_ATTEMPTS
      ? new Date(now.getTime() + waitMs)
      : nextLook(world.delaysMs, delivery.first_seen_at, now);
  await postponeLook(world.store.db, delivery.message_id, owner, at, text);
}

/** What is known of the mail at this moment. */
interface Found {
  message: MessageRow;
  before: SeenRow;
  evidence: Weighed;
  authentication: Authentication;
  /** The mail itself, where it mattered enough to read it. */
  read: { judgement: FullJudgement; blob: PreparedBlob } | null;
}

async function evaluate(
  world: DeliveryWorld,
  delivery: DeliveryRow,
  owner: string,
  settings: PdrResponseSettings,
  again: Reweighed | undefined,
): Promise<void> {
  const { db } = world.store;
  const message = await messageById(db, delivery.message_id);
  if (!message || !again) return finishLook(db, delivery.message_id, idle(world, delivery));
  const before = again.row;
  const first: Found = {
    message,
    before,
    evidence: again.evidence,
    authentication: before.authentication as Authentication,
    read: null,
  };
  const { verdict, changed } = await conclude(db, world, first);
  // Most mail is what it was, and needs no locks to stay so. Whoever has taken it over meanwhile finds the same.
  if (!changed && verdict.disposition === 'NONE') {
    return finishLook(db, delivery.message_id, idle(world, delivery));
  }
  const found = verdict.disposition === before.body.disposition ? first : await readAgain(world, first);
  await world.store.inTransaction(async (trx) => {
    // In the order in which reports conclude: Message-ID, campaign.
    await lockMessageId(trx, world.tenant, message.internet_message_id ?? `sha256:${message.sha256}`);
    const campaign = campaignKept(message, found.authentication, settings.psr);
    if (campaign) await lockMessageId(trx, world.tenant, `campaign ${campaign.of.print.key}`);
    const held = await lockDelivery(trx, delivery.message_id, owner);
    if (!held) return;
    const concluded = await conclude(trx, world, found);
    if (concluded.changed) await store(trx, world, found, concluded);
    const acted =
      concluded.verdict.disposition === 'NONE'
        ? null
        : await respondToDelivery(
            trx,
            world,
            {
              messageId: message.id,
              verdict: concluded.verdict,
              messageIds: message.internet_message_id === null ? [] : [message.internet_message_id],
              fingerprint: message.fingerprint as Fingerprint,
              campaign,
              subject: message.subject,
              recipients: message.recipients,
            },
            settings,
            held,
          );
    await finishLook(trx, message.id, { ...idle(world, delivery), acted });
  });
}

const idle = (world: DeliveryWorld, delivery: DeliveryRow) => ({
  claimed: delivery.due_at,
  dueAt: nextLook(world.delaysMs, delivery.first_seen_at, world.now()),
  acted: null,
  now: world.now(),
});

/** The verdict would be another one: then the whole mail decides, where a mailbox still has it. */
async function readAgain(world: DeliveryWorld, found: Found): Promise<Found> {
  const raw = await bodyOf(world, found.message);
  if (!raw) return found;
  const judgement = await world.judge(raw);
  const { weighed, authentication } = judgement;
  return { ...found, evidence: weighed, authentication, read: { judgement, blob: await prepareBlob(raw) } };
}

async function conclude(db: Db, world: DeliveryWorld, { message, before, evidence, authentication }: Found) {
  const { opinion, waveSize } = await opinionOn(db, world, {
    clusterId: message.cluster_id ?? message.id,
    copies: await copiesOf(db, world.tenant, message),
    messageId: message.id,
    authenticated: authentication.state === 'pass',
    exercise: evidence.simulation !== null,
  });
  const weighed = withWave(evidence, waveSize);
  const verdict = concludeWeighed(weighed, opinion);
  const changed =
    verdict.disposition !== before.body.disposition ||
    verdict.definitive !== before.body.definitive ||
    verdict.decidedBy !== before.body.decidedBy ||
    Math.abs(verdict.margin - before.body.margin) >= NOTICEABLE;
  return { weighed, opinion, verdict, changed };
}

async function store(
  trx: Db,
  world: DeliveryWorld,
  { message, before, authentication, read }: Found,
  { weighed, opinion, verdict }: Awaited<ReturnType<typeof conclude>>,
): Promise<void> {
  const detected = verdict.disposition !== 'NONE';
  // Another mailbox's copy has other bytes: it is judged, and kept only where it is the very mail of the row.
  const keep = detected && read !== null && read.blob.sha256 === message.sha256;
  if (keep) {
    await putBlob(trx, read.blob);
    await describeAgain(trx, message.id, describeMessage(read.judgement.message, read.judgement.authentication).facts);
  }
  const bodyKept = message.reported === true || (detected && (keep || before.body.disposition !== 'NONE'));
  const stored = storable(verdict, weighed, bodyKept);
  await insertVerdict(
    trx,
    message.id,
    stored.verdict,
    authentication,
    { evidence: stored.evidence, opinion },
    world.now(),
  );
  if (verdict.disposition === before.body.disposition) return;
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: 'delivery.rejudged',
    subjectId: message.id,
    detail: { from: before.body.disposition, to: verdict.disposition, model: (verdict satisfies Verdict).model },
  });
}

import type { GuardSettings, PsrSettings, RetractionSettings } from '../../shared/api.ts';
import type { PdrSettings } from '../../shared/delivery.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import type { Settings } from '../policies/face.ts';
import { campaignTaken } from '../retraction/campaign.ts';
import { decidePdr } from '../retraction/pdr.ts';
import { guardLimit } from '../retraction/psr.ts';
import { type Earlier, earlierRetractions, type ReportedCampaign, startRetraction } from '../retraction/start.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { type Acted, copiesOfMessage, type DeliveryRow } from '../store/deliveries.ts';
import { mailboxCount, mailboxesByAddress } from '../store/directory.ts';
import type { ScopeEntry } from '../store/retraction-mailboxes.ts';
import type { RetractionRow } from '../store/retractions.ts';
import type { DeliveryWorld } from './world.ts';

export interface PdrResponseSettings {
  pdr: PdrSettings;
  psr: PsrSettings;
  retraction: RetractionSettings;
  guard: GuardSettings;
}

/** Read before a transaction is opened. */
export async function pdrSettings(settings: Settings): Promise<PdrResponseSettings> {
  const [pdr, psr, retraction, guard] = await Promise.all([
    settings.get('pdr'),
    settings.get('psr'),
    settings.get('retraction'),
    settings.get('guard'),
  ]);
  return { pdr, psr, retraction, guard };
}

/** A seen mail as a retraction would search for it. */
export interface SeenMail {
  messageId: string;
  verdict: Verdict;
  messageIds: string[];
  fingerprint: Fingerprint;
  campaign: ReportedCampaign | null;
  subject: string;
  recipients: readonly string[];
}

const MOST_COPIES = 20_000;

/**
 * PDR's decision on a verdict, and the retraction that follows from it. The caller holds the lock on the Message-ID, and
 * on the campaign's key where there is one. However many copies there are, they share one retraction, also with PSR.
 * @param before what was done the last time; null at first sight
 * @returns null: nothing has changed
 */
export async function respondToDelivery(
  trx: Db,
  world: DeliveryWorld,
  mail: SeenMail,
  settings: PdrResponseSettings,
  before: Pick<DeliveryRow, 'action' | 'reason' | 'retraction_id' | 'acted_at'> | null,
): Promise<Acted | null> {
  const { verdict, messageIds, fingerprint, campaign } = mail;
  const earlier = await earlierRetractions(trx, world.tenant, messageIds, fingerprint, campaign);
  const copies = await copiesOfMessage(trx, mail.messageId, MOST_COPIES);
  const known = await mailboxesByAddress(trx, world.tenant, [...copies.map((c) => c.mailbox), ...mail.recipients]);
  const facts = {
    verdict,
    allowed: verdict.allowedBy !== undefined,
    simulation: verdict.simulation !== undefined,
    analystDecided: earlier.analystDecided,
    knownMailboxes: known.length,
    guardLimit: guardLimit(settings.guard, await mailboxCount(trx, world.tenant)),
  };
  const decision = decidePdr(facts, settings);
  const cause = before === null ? 'auto' : 'pdr';
  const tell = (action: string, detail: Record<string, unknown>) =>
    audit(trx, { tenant: world.tenant, actor: 'reelback', action, subjectId: mail.messageId, detail });

  if (decision.action === 'none') {
    const acted: Acted = { action: 'none', reason: decision.reason, retractionId: before?.retraction_id ?? null };
    const news = before?.action !== 'none' || before.reason !== decision.reason;
    // Switched off, or without a destination: the audit log still says what would have been taken back.
    const would = decidePdr(facts, { ...settings, pdr: { mode: 'on' } });
    if (news && (would.action !== 'none' || would.reason === 'no_action_configured')) {
      const destination = would.action === 'none' ? 'NoAction' : would.destination;
      await tell('delivery.previewed', { operation: 'PREVIEW', cause, disposition: verdict.disposition, destination });
    }
    return news ? acted : null;
  }

  const standing = standingOf(earlier);
  const late = copies.filter(
    (copy) => standing?.planned_at && copy.seen_at > standing.planned_at && copy.seen_at > (before?.acted_at ?? EPOCH),
  );
  if (standing && (decision.action !== 'retract' || late.length === 0)) {
    const done = before?.retraction_id === standing.id && before.action !== 'preview';
    const action = decision.action === 'preview' ? 'none' : decision.action;
    return done ? null : { action, reason: 'standing_retraction', retractionId: standing.id };
  }
  const same = before?.action === decision.action && before.retraction_id !== null;
  if (!standing && same && earlier.ofThisMail.some((r) => r.id === before.retraction_id)) return null;

  const mailboxes = known
    .filter(({ address }) => (standing ? late : copies).some((copy) => copy.mailbox === address))
    .map(({ address, provider }): ScopeEntry => ({ mailbox: address, provider, priority: 0 }));
  const retractionId = await startRetraction(trx, world, {
    cause,
    decision,
    earlier,
    messageId: mail.messageId,
    messageIds,
    fingerprint,
    campaign: campaignTaken(verdict, settings.psr, campaign?.of ?? null),
    subject: mail.subject,
    definitive: verdict.definitive,
    requestedBy: `delivery ${mail.messageId}`,
    reporterMailbox: null,
    mailboxes,
  });
  if (decision.action === 'preview') {
    await tell('delivery.previewed', {
      operation: 'PREVIEW',
      cause,
      disposition: verdict.disposition,
      destination: decision.destination,
      retraction: retractionId,
    });
  }
  await notify(trx, retractionId, 'retractions');
  const reason = 'reason' in decision ? (decision.reason ?? null) : null;
  return { action: decision.action, reason, retractionId };
}

const EPOCH = new Date(0);

/** A retraction that takes this mail already: whatever it needs, it gets there. */
function standingOf({ ofThisMail }: Earlier): RetractionRow | undefined {
  return ofThisMail.find((r) => !r.preview && !['cancelled', 'restoring', 'restored'].includes(r.state));
}

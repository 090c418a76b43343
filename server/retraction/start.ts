import type { Provider, PsrDecision, RetractionCause } from '../../shared/retraction.ts';
import { type Fingerprint, sameMail } from '../message/fingerprint.ts';
import { audit } from '../store/audit.ts';
import { retractionsOfCampaign, widenToCampaign } from '../store/campaigns.ts';
import type { Db } from '../store/database.ts';
import { addScope, type ScopeEntry } from '../store/retraction-mailboxes.ts';
import {
  insertRetraction,
  lockRetraction,
  type RetractionRow,
  retractionsOfMessageIds,
  setRetractionState,
} from '../store/retractions.ts';
import { belongsTo, type Campaign, campaignIn } from './campaign.ts';

export interface Earlier {
  /** Retractions that take this very mail: same Message-ID and fingerprint, or its campaign. Newest first. */
  ofThisMail: RetractionRow[];
  /** An analyst has restored or cancelled one: reporters do not overrule that. */
  analystDecided: boolean;
}

/**
 * The caller holds the lock on the Message-ID, and on the campaign's key.
 * @param campaign what this mail's own would be, and when it came in; null without an original
 */
export async function earlierRetractions(
  trx: Db,
  tenant: string,
  messageIds: readonly string[],
  fingerprint: Fingerprint,
  campaign: ReportedCampaign | null = null,
): Promise<Earlier> {
  const named = messageIds.length > 0 ? await retractionsOfMessageIds(trx, tenant, messageIds) : [];
  const ofThisMail = named.filter((r) => sameMail(r.fingerprint as Fingerprint, fingerprint).same);
  const known = new Set(ofThisMail.map((r) => r.id));
  for (const r of campaign ? await retractionsOfCampaign(trx, tenant, campaign.of.print.key) : []) {
    if (!known.has(r.id) && (await takes(r, campaign!))) ofThisMail.push(r);
  }
  ofThisMail.sort((a, b) => b.requested_at.getTime() - a.requested_at.getTime());
  const newest = ofThisMail.find((r) => !r.preview);
  return {
    ofThisMail,
    analystDecided:
      newest !== undefined &&
      newest.decided_by !== null &&
      ['cancelled', 'restoring', 'restored'].includes(newest.state),
  };
}

/** A reported mail as its campaign would be looked for. */
export interface ReportedCampaign {
  of: Campaign;
  /** RFC 3339, as the provider shows it. */
  receivedAt: string;
}

async function takes(retraction: RetractionRow, { of, receivedAt }: ReportedCampaign): Promise<boolean> {
  const campaign = campaignIn(retraction);
  if (!campaign) return false;
  return (await belongsTo(campaign, { print: of.print, receivedAt }, () => of.authentication)).is === 'same';
}

export interface Start {
  /** Default: a report and the verdict together. */
  cause?: RetractionCause;
  decision: Exclude<PsrDecision, { action: 'none' }>;
  earlier: Earlier;
  messageId: string;
  messageIds: string[];
  fingerprint: Fingerprint;
  /** Given: every mail of it is taken; absent or null: the judged mail alone. */
  campaign?: Campaign | null;
  subject: string;
  definitive: boolean;
  requestedBy: string;
  reporterMailbox: { mailbox: string; provider: Provider } | null;
  /** Further mailboxes that are known to have it; one that stands looks into them again. */
  mailboxes?: readonly ScopeEntry[];
}

const firstOf = ({ reporterMailbox, mailboxes }: Start): ScopeEntry[] => [
  ...(reporterMailbox ? [{ ...reporterMailbox, priority: 0 as const }] : []),
  ...(mailboxes ?? []),
];

/** Several reports of one mail share one retraction; a new one starts only when none stands. @returns its id */
export async function startRetraction(
  trx: Db,
  world: { tenant: string; now(): Date; randomId(prefix: string): string },
  start: Start,
): Promise<string> {
  const { decision } = start;
  const preview = decision.action === 'preview';
  const standing = start.earlier.ofThisMail.find(
    (r) => r.preview === preview && !['cancelled', 'restoring', 'restored'].includes(r.state),
  );
  if (standing) {
    await join(trx, world, standing.id, start);
    return standing.id;
  }
  const id = world.randomId('ret');
  await insertRetraction(trx, {
    id,
    tenant: world.tenant,
    cause: start.cause ?? 'psr',
    state: decision.action === 'hold' ? 'held' : 'planned',
    preview,
    reason: decision.action === 'hold' ? decision.reason : null,
    message_id: start.messageId,
    internet_message_ids: start.messageIds,
    fingerprint: start.fingerprint,
    subject: start.subject,
    destination: decision.destination,
    definitive: start.definitive,
    generation: start.earlier.ofThisMail.length + 1,
    requested_by: start.requestedBy,
    requested_at: world.now(),
  });
  if (start.campaign) await widenToCampaign(trx, id, start.campaign.print.key, start.campaign);
  await addScope(trx, id, firstOf(start), world.now());
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: `retraction.${decision.action === 'hold' ? 'held' : decision.action === 'preview' ? 'previewed' : 'started'}`,
    subjectId: id,
    detail: {
      destination: decision.destination,
      scope: start.campaign ? 'campaign' : 'message',
      ...(start.cause ? { cause: start.cause } : {}),
      by: start.requestedBy,
      ...('reason' in decision ? { reason: decision.reason } : {}),
    },
  });
  return id;
}

/** Another report of the same mail: its mailbox is looked at (again) at once. */
async function join(trx: Db, world: { tenant: string; now(): Date }, id: string, start: Start): Promise<void> {
  const { decision, definitive } = start;
  const standing = await lockRetraction(trx, id);
  if (!standing) return;
  await addScope(trx, id, firstOf(start), world.now(), true);
  // What waited only for an original has one now.
  const released =
    standing.state === 'held' && standing.reason === 'client_supplied_only' && decision.action === 'retract';
  const reopened = ['confirming', 'done'].includes(standing.state) && !standing.preview;
  if (released) await setRetractionState(trx, id, { state: 'planned', reason: null });
  else if (reopened) await setRetractionState(trx, id, { state: 'running', completedAt: null });
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: 'retraction.joined',
    subjectId: id,
    detail: { released, reopened, definitive },
  });
}

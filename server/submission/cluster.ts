import { type CampaignPrint, sameCampaign } from '../message/campaign.ts';
import { type Fingerprint, sameMail } from '../message/fingerprint.ts';
import { clusterCandidates, messagesOfId } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';

/** One judged mail as a reader sees it. */
export interface Likeness {
  messageIds: readonly string[];
  fingerprint: Fingerprint;
  campaign: CampaignPrint;
}

export interface FoundCluster {
  /** null: nothing like it has been judged. */
  clusterId: string | null;
  /** Judged mails that are copies of this very one. */
  copies: string[];
}

/**
 * The cluster of a mail: copies of it (same Message-ID and fingerprint), and mails of its campaign (equal but for what is
 * personal to the recipient). Likeness alone joins nobody: votes would spill from a lure to the mail it imitates.
 */
export async function findCluster(trx: Db, tenant: string, mail: Likeness): Promise<FoundCluster> {
  const candidates = await clusterCandidates(trx, tenant, {
    messageIds: mail.messageIds,
    campaignKey: mail.campaign.key,
  });
  const isCopy = (other: (typeof candidates)[number]) =>
    other.internet_message_id !== null &&
    mail.messageIds.includes(other.internet_message_id) &&
    sameMail(other.fingerprint as Fingerprint, mail.fingerprint).same;
  const copies = candidates.filter(isCopy);
  const near =
    copies[0] ??
    candidates.find(({ campaign }) => campaign !== null && sameCampaign(campaign as CampaignPrint, mail.campaign).same);
  return { clusterId: near?.cluster_id ?? null, copies: [...new Set(copies.map(({ id }) => id))] };
}

/** Judged mails that are copies of a stored one, itself included. */
export async function copiesOf(
  db: Db,
  tenant: string,
  mail: { id: string; internet_message_id: string | null; fingerprint: unknown },
): Promise<string[]> {
  if (mail.internet_message_id === null) return [mail.id];
  const others = await messagesOfId(db, tenant, mail.internet_message_id);
  const same = others.filter((o) => sameMail(o.fingerprint as Fingerprint, mail.fingerprint as Fingerprint).same);
  return [...new Set([mail.id, ...same.map(({ id }) => id)])];
}

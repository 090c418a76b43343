import type { SimilarMessage, SimilarMessages } from '../../shared/similar.ts';
import { type CampaignPrint, sameCampaign } from '../message/campaign.ts';
import { campaignSimilarity } from '../message/fingerprint.ts';
import { type PrintRow, printOfMessage, printsNear, standingOfMessages } from '../store/campaigns.ts';
import type { Store } from '../store/database.ts';

/** Candidates taken by the campaign's key, and by each of the 16 bands: a thousand prints are 3 MB, and milliseconds to compare. */
const MOST_COMPARED = { ofKey: 200, ofBand: 50 };
const MOST_SHOWN = 100;
/** Below, two mails have little more in common than the phrases of their kind. */
const LEAST_LIKENESS = 0.5;

/** Judged mails that are like this one; null when there is no such mail. */
export async function similarMessages(
  world: { tenant: string; store: Store },
  messageId: string,
): Promise<SimilarMessages | null> {
  const { db } = world.store;
  const judged = await printOfMessage(db, world.tenant, messageId);
  if (!judged) return null;
  const print = judged.campaign as CampaignPrint;
  const near = { id: judged.id, key: print.key, bands: judged.bands };
  const { prints, complete } = await printsNear(db, world.tenant, near, MOST_COMPARED);
  const compared = prints
    .map((row) => ({ row, ...compare(print, row) }))
    .filter((one) => one.same || one.similarity >= LEAST_LIKENESS)
    .sort((a, b) => Number(b.same) - Number(a.same) || b.similarity - a.similarity);
  const shown = compared.slice(0, MOST_SHOWN);
  const standings = await standingOfMessages(
    db,
    world.tenant,
    shown.map(({ row }) => row.id),
  );
  const standingOf = new Map(standings.map((standing) => [standing.id, standing]));
  return {
    items: shown.map(({ row, same, similarity }): SimilarMessage => {
      const standing = standingOf.get(row.id);
      return {
        id: row.id,
        subject: row.subject,
        header_from: row.header_from,
        internet_message_id: row.internet_message_id,
        first_seen_at: row.received_at.toISOString(),
        similarity,
        same_campaign: same,
        disposition: standing?.disposition ?? null,
        score: standing?.score ?? null,
        reports: standing?.reports ?? 0,
        submission_id: standing?.submission_id ?? null,
        retraction_id: standing?.retraction_id ?? null,
      };
    }),
    complete: complete && compared.length <= MOST_SHOWN,
  };
}

function compare(judged: CampaignPrint, { campaign }: PrintRow): { same: boolean; similarity: number } {
  const other = campaign as CampaignPrint;
  return { same: sameCampaign(judged, other).same, similarity: campaignSimilarity(judged.print, other.print) };
}

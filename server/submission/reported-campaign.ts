import type { PsrSettings } from '../../shared/api.ts';
import type { Copy } from '../mailboxes/port.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { bandsOf } from '../message/bands.ts';
import { type CampaignPrint, campaignPrintOf } from '../message/campaign.ts';
import { campaignAgain, campaignOf } from '../retraction/campaign.ts';
import type { ReportedCampaign } from '../retraction/start.ts';
import { rememberPrint } from '../store/campaigns.ts';
import type { Db, Store } from '../store/database.ts';
import { mailboxesByAddress } from '../store/directory.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Judgement } from './world.ts';

export interface Printed {
  /** The reported mail without what is personal to its recipient. */
  print: CampaignPrint;
  /** null where no original vouches for when the mail came in: then it has no campaign to be taken or joined. */
  campaign: ReportedCampaign | null;
}

/** The reported mail as one of a campaign. */
export async function printOf(
  world: { store: Store; tenant: string },
  mail: { mailbox: string; judgement: Pick<Judgement, 'message' | 'authentication'>; copy: Copy | null },
  setting: PsrSettings,
): Promise<Printed> {
  const { message, authentication } = mail.judgement;
  const [owner] = await mailboxesByAddress(world.store.db, world.tenant, [mail.mailbox]);
  const own = [mail.mailbox, ...(owner ? [owner.address, ...owner.aliases] : [])];
  const receivedAt = mail.copy?.receivedAt ?? null;
  const of = campaignOf({ message, authentication, own, receivedAt }, setting.window_hours);
  const campaign = of && receivedAt !== null ? { of, receivedAt } : null;
  return { print: of?.print ?? campaignPrintOf(message, own), campaign };
}

/** What similar mail is found by later, and the campaign again. */
export async function keepPrint(
  trx: Db,
  message: { id: string; tenant: string },
  { print, campaign }: Printed,
): Promise<void> {
  const taken = campaign && { deliveredAt: campaign.receivedAt, words: campaign.of.subjectWords };
  await rememberPrint(trx, message, { key: print.key, print, bands: bandsOf(print.print.minHash), taken });
}

/** The campaign of a mail that was judged before; null when no original has vouched for when it came in. */
export function campaignKept(
  message: MessageRow,
  authentication: Authentication,
  setting: PsrSettings,
): ReportedCampaign | null {
  const { campaign, campaign_words: subjectWords, delivered_at: receivedAt, header_from: headerFrom } = message;
  if (!campaign || !subjectWords || !receivedAt) return null;
  const kept = { print: campaign as CampaignPrint, authentication, headerFrom, subjectWords, receivedAt };
  return { of: campaignAgain(kept, setting.window_hours), receivedAt: receivedAt.toISOString() };
}

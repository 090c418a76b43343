import type { PsrSettings } from '../../shared/api.ts';
import type { Copy } from '../mailboxes/port.ts';
import { bandsOf } from '../message/bands.ts';
import { type CampaignPrint, campaignPrintOf } from '../message/campaign.ts';
import { campaignOf } from '../retraction/campaign.ts';
import type { ReportedCampaign } from '../retraction/start.ts';
import { rememberPrint } from '../store/campaigns.ts';
import type { Db, Store } from '../store/database.ts';
import { mailboxesByAddress } from '../store/directory.ts';
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

/** What similar mail is found by later. */
export async function keepPrint(trx: Db, message: { id: string; tenant: string }, print: CampaignPrint): Promise<void> {
  await rememberPrint(trx, message, { key: print.key, print, bands: bandsOf(print.print.minHash) });
}

import type { Copy, MailProvider } from '../mailboxes/port.ts';
import { campaignPrintOf } from '../message/campaign.ts';
import { type Fingerprint, fingerprintOf, sameMail } from '../message/fingerprint.ts';
import { parseMessage } from '../message/parse.ts';
import { mailboxesByAddress } from '../store/directory.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { belongsTo, campaignIn } from './campaign.ts';
import type { RetractionWorld } from './world.ts';

/**
 * Message-ID, sender and subject are chosen by the attacker: every found copy is compared with the judged mail before it is
 * touched. `other`: found only by sender and subject, and nothing that anybody need look at.
 */
export type Match =
  | { state: 'same' }
  | { state: 'different'; reason: 'different_content' | 'similar_content' | 'authenticates_better' }
  | { state: 'other' }
  | { state: 'vanished' };

/** @throws TemporaryError | PermanentError when the bytes cannot be read now */
export async function matchCopy(
  world: Pick<RetractionWorld, 'store' | 'tenant' | 'authenticate'>,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: Copy,
): Promise<Match> {
  const raw = await provider.readRaw(copy.mailbox, copy.providerMessageId);
  if (!raw) return { state: 'vanished' };
  const message = await parseMessage(raw);
  // Only the Message-ID makes it a copy of the judged mail itself; without it the campaign's stricter comparison decides.
  const named = isNamed(retraction, copy);
  if (named && sameMail(retraction.fingerprint as Fingerprint, fingerprintOf(message)).same) return { state: 'same' };
  const campaign = campaignIn(retraction);
  if (campaign && world.authenticate) {
    const { authenticate } = world;
    const [owner] = await mailboxesByAddress(world.store.db, world.tenant, [copy.mailbox]);
    const own = [copy.mailbox, ...(owner ? [owner.address, ...owner.aliases] : [])];
    const belonging = await belongsTo(
      campaign,
      { print: campaignPrintOf(message, own), receivedAt: copy.receivedAt },
      () => authenticate(raw, message),
    );
    if (belonging.is === 'same') return { state: 'same' };
    if (belonging.is === 'near') return { state: 'different', reason: belonging.reason };
  }
  return named ? { state: 'different', reason: 'different_content' } : { state: 'other' };
}

/** Found by its Message-ID, as opposed to by sender, subject and time. */
export function isNamed(retraction: Pick<RetractionRow, 'internet_message_ids'>, copy: Copy): boolean {
  const id = copy.internetMessageId.toLowerCase();
  return retraction.internet_message_ids.some((known) => known.toLowerCase() === id);
}

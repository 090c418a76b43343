import type { Db } from '../store/database.ts';
import { recordDecision } from '../store/decisions.ts';
import { latestVerdict } from '../store/messages.ts';
import type { RetractionRow } from '../store/retractions.ts';

/**
 * What a person's decision about a retraction says of the mail: letting it run says that the verdict was right, putting
 * everything back that the mail was harmless. Stopping it says neither. Learning and later verdicts rest on it.
 */
export async function adjudicate(
  trx: Db,
  context: { tenant: string; now(): Date },
  retraction: RetractionRow,
  by: string,
  what: 'approved' | 'put_back',
): Promise<void> {
  const verdict = what === 'approved' ? await latestVerdict(trx, retraction.message_id) : null;
  const disposition = what === 'put_back' ? 'NONE' : verdict?.body.disposition;
  // Moved by hand although nothing was found: that is no word about what it is.
  if (!disposition || (what === 'approved' && disposition === 'NONE')) return;
  await recordDecision(trx, {
    tenant: context.tenant,
    messageId: retraction.message_id,
    disposition,
    by,
    at: context.now(),
  });
}

import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import { claimPurging, type PurgingCopy, purgeProgress } from '../store/purges.ts';
import { type CopyChange, recordOutcome } from '../store/retraction-copies.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { isInDestination } from './ledger.ts';
import { isSamePlace } from './put-back.ts';
import { backoffMs, type RetractionWorld } from './world.ts';

const AT_A_TIME = 40;

/** Deletes the next confirmed copies for good. @returns false when none waits. */
export async function purgeNext(world: RetractionWorld, retraction: RetractionRow): Promise<boolean> {
  const owner = world.randomId('own');
  const { leaseMs } = world.tuning;
  const copies = await claimPurging(world.store.db, retraction.id, owner, world.now(), leaseMs, AT_A_TIME);
  if (copies.length === 0) return false;
  await Promise.all(
    copies.map(async (copy) => recordOutcome(world.store.db, copy.id, owner, await outcomeOf(world, retraction, copy))),
  );
  const { purging, purged, kept } = await purgeProgress(world.store.db, retraction.id);
  if (purging === 0) {
    await world.store.inTransaction(async (trx) => {
      await audit(trx, {
        tenant: world.tenant,
        actor: 'reelback',
        action: 'retraction.purged',
        subjectId: retraction.id,
        detail: { purged, kept },
      });
      await notify(trx, retraction.id, 'retractions');
    });
  }
  return true;
}

async function outcomeOf(world: RetractionWorld, retraction: RetractionRow, copy: PurgingCopy): Promise<CopyChange> {
  const provider = world.providers.get(copy.provider);
  if (!provider) return kept(copy, 'purge_unsupported');
  try {
    return await destroy(world, retraction, provider, copy);
  } catch (error) {
    return afterError(world, copy, error);
  }
}

/** Only where it was shown to lie: what its owner has moved since is not what was confirmed. */
async function destroy(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: PurgingCopy,
): Promise<CopyChange> {
  const current = await provider.readCopy(copy.mailbox, copy.provider_message_id);
  if (!current) return absent(world, copy);
  const there =
    copy.purge_from === 'retracted'
      ? await isInDestination({ preview: false, destination: retraction.destination }, provider, current)
      : isSamePlace(current, { folder: copy.from_folder, labels: copy.labels });
  if (!there) return kept(copy, 'purge_moved_by_user');
  const result = await provider.move(copy.mailbox, copy.provider_message_id, 'RecoverableItemsPurges');
  if (result.state === 'gone') return absent(world, copy);
  return { state: 'purged', reason: null, errorCode: null, requestId: result.requestId, actedAt: world.now() };
}

/** After an answer that was lost it was most likely our own success; otherwise its owner was faster. */
function absent(world: RetractionWorld, copy: PurgingCopy): CopyChange {
  return copy.resumed || copy.attempts > 0
    ? { state: 'purged', reason: null, errorCode: null, actedAt: world.now() }
    : { state: 'gone', reason: 'removed_by_user', errorCode: null };
}

/** It stays where it is and can be put back as before; the reason says why. */
const kept = (copy: PurgingCopy, reason: string, errorCode: string | null = null): CopyChange => ({
  state: copy.purge_from,
  reason,
  errorCode,
});

function afterError(world: RetractionWorld, copy: PurgingCopy, caught: unknown): CopyChange {
  const error = patientIfShutOut(caught);
  const now = world.now().getTime();
  if (error instanceof PermanentError) return kept(copy, `purge_${error.code}`, error.code);
  const text = error instanceof Error ? error.message.slice(0, 200) : 'unknown error';
  if (now - copy.purge_requested_at.getTime() > world.tuning.giveUpMs) return kept(copy, 'purge_unreachable', text);
  const told = error instanceof TemporaryError ? (error.retryAfterMs ?? 0) : 0;
  const attempts = copy.attempts + 1;
  const notBefore = new Date(now + Math.max(told, backoffMs(world.tuning, attempts)));
  return { state: 'purging', attempts, notBefore, errorCode: text };
}

import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { mailboxCount } from '../store/directory.ts';
import {
  type CopyChange,
  type CopyRow,
  lockFoundCopies,
  recordOutcome,
  writeIntents,
} from '../store/retraction-copies.ts';
import { addTouched, lockRetraction, type RetractionRow, setRetractionState } from '../store/retractions.ts';
import { canaryOf } from './canary.ts';
import { guardLimit } from './psr.ts';
import { settleLost } from './reconcile.ts';
import { backoffMs, type RetractionWorld } from './world.ts';

const AT_A_TIME = 40;

/** Moves the next found copies, unread ones first. @returns false when there is nothing that may be moved now. */
export async function actNext(world: RetractionWorld, retractionId: string): Promise<boolean> {
  const owner = world.randomId('own');
  const [{ paused }, guard] = await Promise.all([world.settings.get('retraction'), world.settings.get('guard')]);
  if (paused) return false;
  const claimed = await world.store.inTransaction(async (trx) => {
    const retraction = await lockRetraction(trx, retractionId);
    if (!retraction || retraction.preview || !['running', 'confirming'].includes(retraction.state)) return null;
    const canary = await canaryOf(trx, retraction, guard.canary_mailbox);
    if (canary === 'failed') {
      await holdForApproval(trx, world, retraction, { reason: 'canary' });
      return null;
    }
    const only = canary === 'first' ? guard.canary_mailbox : null;
    const candidates = await lockFoundCopies(trx, retractionId, world.now(), AT_A_TIME, only);
    const limit = retraction.approved_at
      ? Number.POSITIVE_INFINITY
      : guardLimit(guard, await mailboxCount(trx, world.tenant));
    const allowed = withinGuard(candidates, retraction.mailboxes_touched, limit);
    await writeIntents(
      trx,
      allowed.copies.map((c) => c.id),
      owner,
      world.now(),
      world.tuning.leaseMs,
    );
    if (allowed.touched > 0) await addTouched(trx, retractionId, allowed.touched);
    if (allowed.copies.length < candidates.length)
      await holdForApproval(trx, world, retraction, { reason: 'blast_radius', limit });
    return { retraction, copies: allowed.copies };
  });
  if (!claimed || claimed.copies.length === 0) return false;
  await Promise.all(claimed.copies.map((copy) => act(world, claimed.retraction, copy, owner)));
  return true;
}

/** The guard bounds how many mailboxes are touched before a person has looked, exactly: it is asked with the retraction locked. */
function withinGuard(
  candidates: readonly (CopyRow & { mailbox_touched: boolean })[],
  touchedBefore: number,
  limit: number,
): { copies: CopyRow[]; touched: number } {
  const opened = new Set<string>();
  const copies = candidates.filter((c) => {
    if (c.mailbox_touched || opened.has(c.mailbox)) return true;
    if (touchedBefore + opened.size >= limit) return false;
    opened.add(c.mailbox);
    return true;
  });
  return { copies, touched: opened.size };
}

async function holdForApproval(
  trx: Db,
  world: RetractionWorld,
  retraction: RetractionRow,
  why: { reason: 'blast_radius'; limit: number } | { reason: 'canary' },
): Promise<void> {
  await setRetractionState(trx, retraction.id, { state: 'held', reason: why.reason });
  await audit(trx, {
    tenant: world.tenant,
    actor: 'reelback',
    action: 'retraction.held',
    subjectId: retraction.id,
    detail: why,
  });
  await notify(trx, retraction.id, 'retractions');
}

/** One move. The intent stands already: whatever happens from here on, the ledger says that it may have happened. */
async function act(world: RetractionWorld, retraction: RetractionRow, copy: CopyRow, owner: string): Promise<void> {
  const provider = world.providers.get(copy.provider);
  if (!provider) return;
  try {
    await moveCopy(world, retraction, provider, copy, owner);
  } catch (error) {
    await recordOutcome(world.store.db, copy.id, owner, afterError(world, copy, error));
  }
}

async function moveCopy(
  world: RetractionWorld,
  retraction: RetractionRow,
  provider: MailProvider,
  copy: CopyRow,
  owner: string,
): Promise<void> {
  const result = await provider.move(copy.mailbox, copy.provider_message_id, retraction.destination);
  if (result.state === 'gone') return settleLost(world, retraction, provider, copy, owner);
  const newId = result.copy.providerMessageId;
  await recordOutcome(world.store.db, copy.id, owner, {
    state: 'retracted',
    reason: copy.reason === 'came_back' ? 'came_back' : null,
    readAtMove: result.copy.isRead,
    folderAfter: result.copy.folder,
    ...(result.labelsBefore ? { labels: result.labelsBefore } : {}),
    requestId: result.requestId,
    errorCode: null,
    actedAt: world.now(),
    ...(newId !== copy.provider_message_id ? { providerMessageId: newId, previousId: copy.provider_message_id } : {}),
  });
}

/** What an error says about the copy: nothing happened, nobody knows, or never. */
export function afterError(world: RetractionWorld, copy: CopyRow, caught: unknown): CopyChange {
  const error = patientIfShutOut(caught);
  const now = world.now().getTime();
  if (error instanceof PermanentError) return { state: 'failed', reason: error.code, errorCode: error.code };
  const text = error instanceof Error ? error.message.slice(0, 200) : 'unknown error';
  if (now - copy.first_seen_at.getTime() > world.tuning.giveUpMs) {
    return { state: 'failed', reason: 'unreachable', errorCode: text };
  }
  const told = error instanceof TemporaryError ? (error.retryAfterMs ?? 0) : 0;
  const attempts = copy.attempts + 1;
  const notBefore = new Date(now + Math.max(told, backoffMs(world.tuning, attempts)));
  // A refusal that tells us nothing was done leaves the copy as it was; every other error leaves the outcome open.
  const nothingHappened = error instanceof TemporaryError && !error.outcomeUnknown;
  return { state: nothingHappened ? 'found' : 'unknown', notBefore, attempts, errorCode: text };
}

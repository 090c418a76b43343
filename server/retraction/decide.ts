import { PermanentError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Destination } from '../../shared/retraction.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { endPreview } from '../store/purges.ts';
import { releaseProtected, requestRestore } from '../store/retraction-copies.ts';
import { changeDestination, reopenMailboxes } from '../store/retraction-effects.ts';
import { closeMailboxes } from '../store/retraction-mailboxes.ts';
import { retractionProgress } from '../store/retraction-progress.ts';
import { lockRetraction, type RetractionRow, setRetractionState } from '../store/retractions.ts';
import { adjudicate } from './adjudicate.ts';
import { effectsOf } from './effects.ts';
import type { RetractionWorld } from './world.ts';

/** Who decides. A person with a role overrules reporters; a reporter's own withdrawal leaves the way open for others. */
export interface Decider {
  id: string;
  person: boolean;
}

interface Context extends Pick<RetractionWorld, 'tenant' | 'providers'> {
  now(): Date;
}

/**
 * Lets a held retraction run, or makes a preview the real thing, protected mailboxes included.
 * @param choice where copies go instead, as long as none has been moved; the language of a refusal
 * @throws PermanentError `wrong_state`, `destination_fixed`, `destination_unsupported` (a sentence for a person)
 */
export async function approve(
  trx: Db,
  context: Context,
  id: string,
  decider: Decider,
  choice: { destination?: Destination; language?: Language } = {},
): Promise<boolean> {
  const retraction = await lockRetraction(trx, id);
  if (!retraction) return false;
  const states = ['held', 'running', 'confirming', 'done', ...(retraction.preview ? ['planned'] : [])];
  refuseUnless(retraction, states, 'approved');
  const destination = choice.destination ?? retraction.destination;
  const { allowed, refusal } = await effectsOf(trx, context, retraction, destination, choice.language ?? 'en');
  if (!allowed) throw new PermanentError('destination_unsupported', refusal);
  if (destination !== retraction.destination) {
    if (retraction.mailboxes_touched > 0 || (await retractionProgress(trx, id)).retracted > 0) {
      throw new PermanentError('destination_fixed');
    }
    await changeDestination(trx, id, destination);
  }
  if (retraction.preview) {
    await endPreview(trx, id);
    await reopenMailboxes(trx, id, context.now());
  }
  await releaseProtected(trx, id);
  await setRetractionState(trx, id, {
    // Planned again: a plan may have been cut short by the hold, and making it twice changes nothing.
    state: retraction.state === 'held' || retraction.state === 'planned' ? 'planned' : 'running',
    reason: null,
    approvedAt: context.now(),
    decidedBy: decider.id,
    completedAt: null,
  });
  if (decider.person) await adjudicate(trx, context, retraction, decider.id, 'approved');
  await told(trx, context, retraction, decider, 'approved', {
    destination,
    ...(retraction.preview ? { preview: true } : {}),
  });
  return true;
}

/** Stops what has not happened; what has stays. @throws PermanentError `wrong_state` */
export async function cancel(trx: Db, context: Context, id: string, decider: Decider): Promise<boolean> {
  const retraction = await lockRetraction(trx, id);
  if (!retraction) return false;
  refuseUnless(retraction, ['planned', 'held', 'running', 'confirming'], 'cancelled');
  await closeMailboxes(trx, id);
  await setRetractionState(trx, id, {
    state: 'cancelled',
    completedAt: context.now(),
    ...(decider.person ? { decidedBy: decider.id } : {}),
  });
  await told(trx, context, retraction, decider, 'cancelled');
  return true;
}

/** Puts every copy that we moved back; nothing more is moved. @throws PermanentError `wrong_state` */
export async function restoreAll(trx: Db, context: Context, id: string, decider: Decider): Promise<boolean> {
  const retraction = await lockRetraction(trx, id);
  if (!retraction) return false;
  refuseUnless(retraction, ['held', 'running', 'confirming', 'done', 'cancelled'], 'restored');
  await closeMailboxes(trx, id);
  await setRetractionState(trx, id, {
    state: 'restoring',
    completedAt: null,
    ...(decider.person ? { decidedBy: decider.id } : {}),
  });
  await requestRestore(trx, id, decider.id);
  if (decider.person) await adjudicate(trx, context, retraction, decider.id, 'put_back');
  await told(trx, context, retraction, decider, 'restoring');
  return true;
}

function refuseUnless(retraction: RetractionRow, states: readonly string[], what: string): void {
  if (states.includes(retraction.state)) return;
  throw new PermanentError('wrong_state', `A retraction that is ${retraction.state} cannot be ${what}.`);
}

async function told(
  trx: Db,
  context: Context,
  retraction: RetractionRow,
  decider: Decider,
  what: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await audit(trx, {
    tenant: context.tenant,
    actor: decider.id,
    action: `retraction.${what}`,
    subjectId: retraction.id,
    detail: { from: retraction.state, ...more },
  });
  await notify(trx, retraction.id, 'retractions');
}

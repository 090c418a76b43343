import { PermanentError } from '../../shared/errors.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { releaseProtected, requestRestore } from '../store/retraction-copies.ts';
import { closeMailboxes } from '../store/retraction-mailboxes.ts';
import { lockRetraction, type RetractionRow, setRetractionState } from '../store/retractions.ts';

/** Who decides. A person with a role overrules reporters; a reporter's own withdrawal leaves the way open for others. */
export interface Decider {
  id: string;
  person: boolean;
}

interface Context {
  tenant: string;
  now(): Date;
}

/** Lets a held retraction run, protected mailboxes included. @throws PermanentError `wrong_state` */
export async function approve(trx: Db, context: Context, id: string, decider: Decider): Promise<boolean> {
  const retraction = await lockRetraction(trx, id);
  if (!retraction) return false;
  refuseUnless(retraction, ['held', 'running', 'confirming', 'done'], 'approved');
  await releaseProtected(trx, id);
  await setRetractionState(trx, id, {
    // Planned again: a plan may have been cut short by the hold, and making it twice changes nothing.
    state: retraction.state === 'held' ? 'planned' : 'running',
    reason: null,
    approvedAt: context.now(),
    decidedBy: decider.id,
    completedAt: null,
  });
  await told(trx, context, retraction, decider, 'approved');
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
): Promise<void> {
  await audit(trx, {
    tenant: context.tenant,
    actor: decider.id,
    action: `retraction.${what}`,
    subjectId: retraction.id,
    detail: { from: retraction.state },
  });
  await notify(trx, retraction.id, 'retractions');
}

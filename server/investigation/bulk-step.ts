/** What a bulk job does with one message. The deed and the row that says so commit together: it happens once. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { cancel, restoreAll } from '../retraction/decide.ts';
import { type JudgedMail, judgedMails } from '../retraction/judged-mails.ts';
import { moveByHand } from '../retraction/manual.ts';
import { earlierRetractions } from '../retraction/start.ts';
import type { BulkJobRow } from '../store/bulk-jobs.ts';
import {
  type BulkMessageRow,
  type MessageOutcome,
  recordMessage,
  retryMessage,
  stillMine,
  untouchable,
} from '../store/bulk-messages.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { retractionById } from '../store/retractions.ts';
import { copiesOf } from '../submission/cluster.ts';
import type { CaseworkWorld } from './casework-world.ts';
import { reclassify } from './reclassify.ts';

/** Refusals that say there is nothing to do, not that something went wrong. */
const NOTHING_TO_DO: ReadonlySet<string> = new Set(['simulation', 'nothing_to_restore', 'not_reclassifiable']);
const MAX_TRIES = 8;
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

type Done = Omit<MessageOutcome, 'at'>;
type Deed = (trx: Db) => Promise<Done>;

/** Never throws for the message's sake. */
export async function processMessage(
  world: CaseworkWorld,
  job: BulkJobRow,
  claimed: BulkMessageRow,
  owner: string,
): Promise<void> {
  try {
    await record(world, claimed, owner, await deedFor(world, job, claimed));
  } catch (error) {
    if (error instanceof PermanentError) {
      const status = NOTHING_TO_DO.has(error.code) ? 'SKIPPED' : 'FAILED';
      return record(world, claimed, owner, async () => ({ status, message: error.code }));
    }
    await tryAgain(world, claimed, owner, error);
  }
}

async function record(world: CaseworkWorld, claimed: BulkMessageRow, owner: string, deed: Deed): Promise<void> {
  await world.store.inTransaction(async (trx) => {
    if (!(await stillMine(trx, claimed, owner))) return;
    await recordMessage(trx, claimed, { ...(await deed(trx)), at: world.now() });
    await notify(trx, claimed.job_id);
  });
}

/** Everything that can be read before the transaction is. */
async function deedFor(world: CaseworkWorld, job: BulkJobRow, claimed: BulkMessageRow): Promise<Deed> {
  if (claimed.undoes !== null && job.action === 'RELEASE') return putBack(world, job, claimed.undoes);
  const why = claimed.undoes === null ? await untouchable(world.store.db, claimed.message_id) : null;
  if (why) return async () => ({ status: 'SKIPPED', message: why });
  const [mail] = (await judgedMails(world, [claimed.message_id])) ?? [];
  if (!mail) return async () => ({ status: 'FAILED', message: 'gone' });
  if (claimed.undoes !== null) return takeAgain(world, job, claimed.undoes, mail);
  const { paused } = await world.settings.get('retraction');
  switch (job.action) {
    case 'MOVE':
      return moveTo(world, job, mail, job.destination!, paused);
    case 'RELEASE':
      return async (trx) => ({
        status: 'PROCESSING',
        message: null,
        retractionId: (await byHand(trx, world, job, mail, 'Inbox', false))!,
        own: true,
      });
    case 'RECLASSIFY':
      return reclassified(world, job, mail, paused);
  }
}

function moveTo(
  world: CaseworkWorld,
  job: BulkJobRow,
  mail: JudgedMail,
  destination: ChoosableDestination,
  paused: boolean,
): Deed {
  return async (trx) => {
    const print = mail.fingerprint as Fingerprint;
    const { ofThisMail } = await earlierRetractions(trx, world.tenant, mail.messageIds, print);
    const retractionId = (await byHand(trx, world, job, mail, destination, paused))!;
    // One that stood already is joined, and is not this job's to undo.
    const own = !ofThisMail.some(({ id }) => id === retractionId);
    return { status: 'PROCESSING', message: null, retractionId, own };
  };
}

async function byHand(
  trx: Db,
  world: CaseworkWorld,
  job: BulkJobRow,
  mail: JudgedMail,
  destination: ChoosableDestination | 'Inbox',
  paused: boolean,
): Promise<string | undefined> {
  const moved = await moveByHand(trx, world, {
    mails: [mail],
    destination,
    comment: job.comment,
    actor: job.created_by,
    token: null,
    secondPerson: false,
    paused,
    language: languageOf(job.language),
  });
  return (moved as string[])[0];
}

async function reclassified(world: CaseworkWorld, job: BulkJobRow, mail: JudgedMail, paused: boolean): Promise<Deed> {
  const copies = await copiesOf(world.store.db, world.tenant, mail);
  return async (trx) => {
    const said = await reclassify(trx, world, mail, copies, {
      disposition: job.disposition!,
      comment: job.comment,
      actor: job.created_by,
      language: languageOf(job.language),
      escalatedSubmissionId: null,
      restore: false,
      destination: null,
      paused,
    });
    return { status: 'COMPLETED', message: null, submissionId: said.submission_id ?? null };
  };
}

/** Undoing a move is no word about the mail: nobody says that it was harmless. */
function putBack(world: CaseworkWorld, job: BulkJobRow, undoes: string): Deed {
  return async (trx) => {
    const retraction = await retractionById(trx, world.tenant, undoes);
    const decider = { id: job.created_by, person: false };
    if (!retraction || ['restoring', 'restored'].includes(retraction.state)) {
      return { status: 'SKIPPED', message: 'nothing_to_restore' };
    }
    if (retraction.state === 'planned') {
      await cancel(trx, world, undoes, decider);
      return { status: 'COMPLETED', message: 'cancelled', retractionId: undoes };
    }
    await restoreAll(trx, world, undoes, decider);
    return { status: 'PROCESSING', message: null, retractionId: undoes };
  };
}

/** What was given back goes where it had been moved. */
async function takeAgain(world: CaseworkWorld, job: BulkJobRow, undoes: string, mail: JudgedMail): Promise<Deed> {
  const before = await retractionById(world.store.db, world.tenant, undoes);
  if (before?.state === 'restoring') throw new TemporaryError('restoring');
  if (before?.state !== 'restored' || ['Inbox', 'RecoverableItemsPurges'].includes(before.destination)) {
    throw new PermanentError('nothing_to_restore');
  }
  const { paused } = await world.settings.get('retraction');
  return moveTo(world, job, mail, before.destination as ChoosableDestination, paused);
}

/** Waiting for somebody else spends no try; our own failures do. */
async function tryAgain(world: CaseworkWorld, claimed: BulkMessageRow, owner: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  const temporary = error instanceof TemporaryError;
  if (!temporary && claimed.retry_count >= MAX_TRIES) {
    return record(world, claimed, owner, async () => ({ status: 'FAILED', message: 'error' }));
  }
  world.log.warn({ job: claimed.job_id, message: claimed.message_id, error: text }, 'a message of a job waits');
  const backoffMs = Math.min(RETRY_MS * 2 ** claimed.retry_count, MAX_RETRY_MS);
  const after = new Date(world.now().getTime() + Math.max(temporary ? (error.retryAfterMs ?? 0) : 0, backoffMs));
  await retryMessage(world.store.db, claimed, owner, { after, message: temporary ? error.message : 'error' });
}

/** Giving back what was taken away, message by message, with what became of it mailbox by mailbox. */
import { PermanentError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ReleaseResult } from '../../shared/reclassify.ts';
import type { CopyState } from '../../shared/retraction.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { listCopies } from '../store/retraction-copies.ts';
import type { JudgedMail } from './judged-mails.ts';
import { moveByHand } from './manual.ts';
import { earlierRetractions } from './start.ts';
import type { RetractionWorld } from './world.ts';

/** Of each list; a mail with more copies than that is read in its retraction. */
const MOST_MAILBOXES = 1_000;

// What was only found has never been moved, and is not any more.
const DELIVERED: ReadonlySet<CopyState> = new Set(['restored', 'found']);
const UNDELIVERED: ReadonlySet<CopyState> = new Set(['acting', 'unknown', 'retracted', 'restoring']);
const FAILED: ReadonlySet<CopyState> = new Set(['gone', 'failed', 'purging', 'purged']);

type World = Pick<RetractionWorld, 'store' | 'tenant' | 'providers' | 'now' | 'randomId'>;

/** Asking again changes nothing, and says how far it is. */
export async function releaseMail(
  world: World,
  mail: JudgedMail,
  by: { actor: string; comment: string; language: Language },
): Promise<ReleaseResult> {
  const none = { id: mail.id, delivered: [], undelivered: [], failed: [] };
  let id: string;
  try {
    id = await world.store.inTransaction(async (trx) => {
      const asked = { ...by, mails: [mail], destination: 'Inbox' as const, token: null, secondPerson: false };
      const moved = await moveByHand(trx, world, { ...asked, paused: false });
      return (moved as string[])[0]!;
    });
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    const before = error.code === 'nothing_to_restore' ? await givenBackBefore(world, mail) : null;
    if (before === null) return { ...none, reason: error.code };
    id = before;
  }
  return { ...none, retraction_id: id, ...(await mailboxesOf(world, id)) };
}

async function givenBackBefore({ store, tenant }: World, mail: JudgedMail): Promise<string | null> {
  const print = mail.fingerprint as Fingerprint;
  const { ofThisMail } = await earlierRetractions(store.db, tenant, mail.messageIds, print);
  const newest = ofThisMail.find((r) => !r.preview);
  return newest && ['restoring', 'restored'].includes(newest.state) ? newest.id : null;
}

async function mailboxesOf({ store }: World, retractionId: string) {
  const copies = await listCopies(store.db, retractionId, 0, 3 * MOST_MAILBOXES);
  const of = (states: ReadonlySet<CopyState>) => [
    ...new Set(copies.filter(({ state }) => states.has(state)).map(({ mailbox }) => mailbox)),
  ];
  return {
    delivered: of(DELIVERED).slice(0, MOST_MAILBOXES),
    undelivered: of(UNDELIVERED).slice(0, MOST_MAILBOXES),
    failed: of(FAILED).slice(0, MOST_MAILBOXES),
  };
}

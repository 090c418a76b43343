/** Taking a judged mail back by hand, from wherever it was seen: no report and no verdict is needed, only a person. */
import { PermanentError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Destination } from '../../shared/retraction.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { addScope } from '../store/retraction-mailboxes.ts';
import {
  insertRetraction,
  lockMessageId,
  lockRetraction,
  type RetractionRow,
  setRetractionState,
} from '../store/retractions.ts';
import { linkSubmissions, submissionsOfMessage } from '../store/submissions.ts';
import { restoreAll } from './decide.ts';
import { effectsOf } from './effects.ts';
import type { JudgedMail } from './judged-mails.ts';
import { type PurgeAnswer, purge } from './purge.ts';
import { type Earlier, earlierRetractions } from './start.ts';
import type { RetractionWorld } from './world.ts';

/** How long a finished preview's count is good enough to decide about permanent deletion. */
const PREVIEW_FRESH_MS = 15 * 60_000;

export interface ManualMove {
  mails: readonly JudgedMail[];
  destination: Destination;
  comment: string;
  actor: string;
  /** Of permanent deletion. */
  token: string | null;
  secondPerson: boolean;
  paused: boolean;
  language: Language;
}

type World = Pick<RetractionWorld, 'tenant' | 'providers' | 'now' | 'randomId'>;

/**
 * All or nothing. The guard and protected mailboxes hold as ever; a retraction of the same mail that stands is joined.
 * @returns ids of the retractions in the order of the mails, or what permanent deletion answers
 * @throws PermanentError `simulation`, `standing_retraction`, `nothing_to_restore`, `not_searchable`,
 *   `destination_unsupported`, `one_at_a_time`, and those of purge()
 */
export async function moveByHand(trx: Db, world: World, move: ManualMove): Promise<string[] | PurgeAnswer> {
  // Always in the same order, so that two people who choose the same mails do not wait for each other in a circle.
  for (const key of move.mails.map(lockKey).sort()) await lockMessageId(trx, world.tenant, key);
  if (move.destination === 'RecoverableItemsPurges') return destroyByHand(trx, world, move);
  // The same for every mail that nobody has looked for yet: asked once, however many there are.
  let asked: Promise<void> | null = null;
  const refuseUnsupported = () => {
    asked ??= refuseDestination(trx, world, move);
    return asked;
  };
  const ids: string[] = [];
  for (const mail of move.mails) ids.push(await moveOne(trx, world, mail, move, refuseUnsupported));
  return ids;
}

async function refuseDestination(trx: Db, world: World, move: ManualMove): Promise<void> {
  const { allowed, refusal } = await effectsOf(trx, world, null, move.destination, move.language);
  if (!allowed) throw new PermanentError('destination_unsupported', refusal);
}

const lockKey = (mail: JudgedMail) => mail.messageIds[0] ?? `sha256:${mail.sha256}`;

async function moveOne(
  trx: Db,
  world: World,
  mail: JudgedMail,
  move: ManualMove,
  refuseUnsupported: () => Promise<void>,
): Promise<string> {
  const earlier = await earlierOf(trx, world, mail);
  if (move.destination === 'Inbox') return restoreOne(trx, world, earlier, move.actor);
  await refuseSimulation(trx, mail);
  const standing = earlier.ofThisMail.find((r) => !r.preview && !['cancelled', 'restored'].includes(r.state));
  if (standing) {
    if (standing.state === 'restoring') throw new PermanentError('wrong_state');
    if (standing.destination !== move.destination) throw new PermanentError('standing_retraction');
    await join(trx, world, mail, standing.id, move);
    return standing.id;
  }
  await refuseUnsupported();
  return startByHand(trx, world, mail, earlier, { ...move, destination: move.destination, preview: false });
}

/** Held, it goes on waiting for its approval; otherwise the reporters' mailboxes are looked into again at once. */
async function join(trx: Db, world: World, mail: JudgedMail, id: string, move: ManualMove): Promise<void> {
  const standing = (await lockRetraction(trx, id))!;
  await addScope(trx, id, await reportersOf(trx, mail), world.now(), true);
  const reopened = ['confirming', 'done'].includes(standing.state);
  if (reopened) await setRetractionState(trx, id, { state: 'running', completedAt: null });
  await audit(trx, {
    tenant: world.tenant,
    actor: move.actor,
    action: 'retraction.joined',
    subjectId: id,
    detail: { reopened, cause: 'manual', ...(move.comment ? { comment: move.comment } : {}) },
  });
  await notify(trx, id, 'retractions');
}

async function startByHand(
  trx: Db,
  world: World,
  mail: JudgedMail,
  earlier: Earlier,
  move: { destination: Destination; preview: boolean; actor: string; comment: string; paused: boolean },
): Promise<string> {
  if (mail.messageIds.length === 0) throw new PermanentError('not_searchable');
  const id = world.randomId('ret');
  const held = move.paused && !move.preview;
  await insertRetraction(trx, {
    id,
    tenant: world.tenant,
    cause: 'manual',
    state: held ? 'held' : 'planned',
    preview: move.preview,
    reason: held ? 'paused' : null,
    message_id: mail.id,
    internet_message_ids: mail.messageIds,
    fingerprint: mail.fingerprint,
    subject: mail.subject,
    destination: move.destination,
    definitive: false,
    generation: earlier.ofThisMail.length + 1,
    requested_by: move.actor,
    requested_at: world.now(),
  });
  await addScope(trx, id, await reportersOf(trx, mail), world.now());
  const linked = move.preview ? [] : await linkSubmissions(trx, mail.id, id);
  await audit(trx, {
    tenant: world.tenant,
    actor: move.actor,
    action: `retraction.${held ? 'held' : move.preview ? 'previewed' : 'started'}`,
    subjectId: id,
    detail: { destination: move.destination, cause: 'manual', ...(move.comment ? { comment: move.comment } : {}) },
  });
  await notify(trx, id, 'retractions', ...linked);
  return id;
}

async function restoreOne(trx: Db, world: World, earlier: Earlier, actor: string): Promise<string> {
  const standing = earlier.ofThisMail.find(
    (r) => !r.preview && !['planned', 'restoring', 'restored'].includes(r.state),
  );
  if (!standing) throw new PermanentError('nothing_to_restore');
  await restoreAll(trx, world, standing.id, { id: actor, person: true });
  return standing.id;
}

/** What has been taken back is destroyed where it lies; otherwise a preview first counts what would be. */
async function destroyByHand(trx: Db, world: World, move: ManualMove): Promise<PurgeAnswer> {
  const [mail, second] = move.mails;
  if (!mail || second) throw new PermanentError('one_at_a_time');
  await refuseSimulation(trx, mail);
  const earlier = await earlierOf(trx, world, mail);
  const stands = (r: RetractionRow) => ['planned', 'held', 'running', 'confirming', 'done'].includes(r.state);
  const counted = (r: RetractionRow) =>
    move.token !== null ||
    r.completed_at === null ||
    world.now().getTime() - r.completed_at.getTime() < PREVIEW_FRESH_MS;
  const standing =
    earlier.ofThisMail.find((r) => stands(r) && !r.preview) ??
    earlier.ofThisMail.find((r) => stands(r) && r.preview && counted(r));
  if (standing) {
    const { actor, token, secondPerson, language } = move;
    return (await purge(trx, world, { retractionId: standing.id, actor, token, secondPerson, language }))!;
  }
  const preview = { ...move, destination: 'Quarantine' as const, preview: true };
  return { state: 'counting', retractionId: await startByHand(trx, world, mail, earlier, preview) };
}

const earlierOf = (trx: Db, world: World, mail: JudgedMail) =>
  earlierRetractions(trx, world.tenant, mail.messageIds, mail.fingerprint as Fingerprint);

async function refuseSimulation(trx: Db, mail: JudgedMail): Promise<void> {
  if ((await submissionsOfMessage(trx, mail.id)).some((s) => s.simulation)) throw new PermanentError('simulation');
}

/** Where the mail is known to lie. */
async function reportersOf(trx: Db, mail: JudgedMail) {
  const submissions = await submissionsOfMessage(trx, mail.id);
  return submissions
    .filter((s) => s.mailbox_verified)
    .map((s) => ({ mailbox: s.mailbox, provider: s.provider, priority: 0 as const }));
}

import { decodeCursor, encodeCursor } from '../store/cursor.ts';
import type { Db } from '../store/database.ts';
import { listCopies } from '../store/retraction-copies.ts';
import { listRetractions, retractionById } from '../store/retractions.ts';
import { approve, cancel, type Decider, restoreAll } from './decide.ts';
import { effectsOf, effectsOfMails } from './effects.ts';
import type { Actor, Moved, Retractions } from './face.ts';
import { judgedMails } from './judged-mails.ts';
import { type ManualMove, moveByHand } from './manual.ts';
import { type PurgeAnswer, purge } from './purge.ts';
import { copyView, retractionView, retractionViews } from './view.ts';
import type { RetractionWorld } from './world.ts';

/** The face of the room towards the doors. */
export function openRetractions(
  world: Pick<RetractionWorld, 'store' | 'tenant' | 'now' | 'providers' | 'settings' | 'randomId'>,
): Retractions {
  const { db } = world.store;

  const get = async (id: string) => {
    const retraction = await retractionById(db, world.tenant, id);
    return retraction && retractionView(db, retraction);
  };

  const decide = async (
    id: string,
    actor: Actor,
    decision: (trx: Db, context: typeof world, id: string, decider: Decider) => Promise<boolean>,
  ) => {
    if (!(await retractionById(db, world.tenant, id))) return null;
    const decider: Decider = { id: actor.id, person: true };
    await world.store.inTransaction((trx) => decision(trx, world, id, decider));
    return get(id);
  };

  const twoPersons = async () => (await world.settings.get('retraction')).second_person ?? false;

  const answered = async (answer: PurgeAnswer | null): Promise<Moved | null> =>
    answer?.state === 'confirmed' ? { state: 'done', retractions: [(await get(answer.retractionId))!] } : answer;

  return {
    get,
    list: async ({ cursor, limit }) => {
      const found = await listRetractions(db, { tenant: world.tenant, before: decodeCursor(cursor), limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: await retractionViews(db, page),
        ...(found.length > limit && last ? { next_cursor: encodeCursor(last.requested_at, last.id) } : {}),
      };
    },
    copies: async (id, { cursor, limit }) => {
      if (!(await retractionById(db, world.tenant, id))) return null;
      const after = cursor && /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;
      const found = await listCopies(db, id, after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(copyView),
        ...(found.length > limit && last ? { next_cursor: String(last.id) } : {}),
      };
    },
    effects: async (id, destination, language) => {
      const retraction = await retractionById(db, world.tenant, id);
      return retraction && effectsOf(db, world, retraction, destination ?? retraction.destination, language);
    },
    effectsOfMessages: async (ids, destination, language) => {
      const mails = await judgedMails(world, ids);
      return mails && effectsOfMails(db, world, mails, destination, language);
    },
    approve: (id, actor, choice) =>
      decide(id, actor, (trx, context, retractionId, decider) => approve(trx, context, retractionId, decider, choice)),
    cancel: (id, actor) => decide(id, actor, cancel),
    restore: (id, actor) => decide(id, actor, restoreAll),
    move: async (request, actor, language) => {
      const mails = await judgedMails(world, request.ids);
      if (!mails) return null;
      const move: ManualMove = {
        mails,
        destination: request.destination,
        comment: request.comment ?? '',
        actor: actor.id,
        token: request.confirmation ?? null,
        secondPerson: await twoPersons(),
        paused: (await world.settings.get('retraction')).paused,
        language,
      };
      const answer = await world.store.inTransaction((trx) => moveByHand(trx, world, move));
      if (!Array.isArray(answer)) return answered(answer);
      return { state: 'done', retractions: await Promise.all(answer.map(async (id) => (await get(id))!)) };
    },
    purge: async (id, token, actor, language) => {
      const request = { retractionId: id, actor: actor.id, token, secondPerson: await twoPersons(), language };
      return answered(await world.store.inTransaction((trx) => purge(trx, world, request)));
    },
  };
}

import { decodeCursor, encodeCursor } from '../store/cursor.ts';
import { listCopies } from '../store/retraction-copies.ts';
import { listRetractions, retractionById } from '../store/retractions.ts';
import { submissionsOfRetraction } from '../store/submissions.ts';
import { approve, cancel, type Decider, restoreAll } from './decide.ts';
import type { Actor, Retractions } from './face.ts';
import { copyView, retractionView } from './view.ts';
import type { RetractionWorld } from './world.ts';

/** The face of the room towards the doors. */
export function openRetractions(world: Pick<RetractionWorld, 'store' | 'tenant' | 'now'>): Retractions {
  const { db } = world.store;

  const get = async (id: string) => {
    const retraction = await retractionById(db, world.tenant, id);
    if (!retraction) return null;
    const [first] = await submissionsOfRetraction(db, id);
    return retractionView(db, retraction, first?.id ?? null);
  };

  const decide = async (id: string, actor: Actor, decision: typeof approve) => {
    if (!(await retractionById(db, world.tenant, id))) return null;
    const decider: Decider = { id: actor.id, person: true };
    await world.store.inTransaction((trx) => decision(trx, world, id, decider));
    return get(id);
  };

  return {
    get,
    list: async ({ cursor, limit }) => {
      const found = await listRetractions(db, { tenant: world.tenant, before: decodeCursor(cursor), limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: await Promise.all(
          page.map(async (r) => retractionView(db, r, (await submissionsOfRetraction(db, r.id))[0]?.id ?? null)),
        ),
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
    approve: (id, actor) => decide(id, actor, approve),
    cancel: (id, actor) => decide(id, actor, cancel),
    restore: (id, actor) => decide(id, actor, restoreAll),
  };
}

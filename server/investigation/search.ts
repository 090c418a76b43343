import type { MessagePage, MessageSearch } from '../../shared/messages.ts';
import { findMessages, type SearchPlace } from '../store/message-search.ts';
import type { SearchTrouble } from './face.ts';
import { messageResults } from './message-result.ts';
import { readSearch } from './read-search.ts';
import type { SearchWorld } from './search-mailboxes.ts';

type World = Pick<SearchWorld, 'tenant' | 'store' | 'now'>;

/** Mails, newest first. */
export async function searchMessages(
  world: World,
  search: MessageSearch,
  page: { cursor?: string; limit: number; language: string },
): Promise<MessagePage | { trouble: SearchTrouble }> {
  const found = await matchingMessages(world, search, page);
  if ('trouble' in found) return found;
  const { ids, next_cursor, count, scope, ignored } = found;
  const items = await messageResults(world.store.db, world.tenant, ids, page.language);
  return {
    items,
    ...(next_cursor === undefined ? {} : { next_cursor }),
    ...(count === null ? {} : { count }),
    scope,
    ignored,
  };
}

/** The ids alone, for work on everything that matches. */
export async function matchingMessages(
  world: World,
  search: MessageSearch,
  page: { cursor?: string; limit: number },
): Promise<
  | { trouble: SearchTrouble }
  | ({ ids: string[]; next_cursor?: string; count: number | null } & Pick<MessagePage, 'scope' | 'ignored'>)
> {
  const read = readSearch(search, world.now());
  if ('trouble' in read) return read;
  const before = page.cursor === undefined ? null : decodePlace(page.cursor);
  if (page.cursor !== undefined && !before)
    return { trouble: { code: 'cursor_invalid', at: 0, what: 'cursor', expected: [] } };
  const { start, end, detections, filters, ignored } = read;
  const query = { tenant: world.tenant, start, end, detections, filters, before, limit: page.limit };
  const found = await findMessages(world.store.db, query);
  return {
    ids: found.places.map(({ id }) => id),
    ...(found.next ? { next_cursor: encodePlace(found.next) } : {}),
    count: found.count,
    scope: { start: start?.toISOString() ?? null, end: end?.toISOString() ?? null, detections_only: detections },
    ignored,
  };
}

const encodePlace = ({ at, id }: SearchPlace) => Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** null for one that we did not write. */
function decodePlace(cursor: string): SearchPlace | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(read)) return null;
    const [at, id] = read as unknown[];
    return typeof at === 'string' && /^\d{1,17}$/.test(at) && typeof id === 'string' && !id.includes('\0')
      ? { at, id }
      : null;
  } catch {
    return null;
  }
}

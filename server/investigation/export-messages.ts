import type { MessageSearch } from '../../shared/messages.ts';
import type { Actor } from '../retraction/face.ts';
import { audit } from '../store/audit.ts';
import type { SearchTrouble } from './face.ts';
import { CSV_HEAD, csvRow } from './message-csv.ts';
import { messageResults } from './message-result.ts';
import { matchingMessages } from './search.ts';
import type { SearchWorld } from './search-mailboxes.ts';

export const MOST_ROWS = 1_000_000;
const PAGE = 500;

/** Page by page, so that neither the server nor a transaction holds a million rows. The audit line says who took what along. */
export async function exportMessages(
  world: Pick<SearchWorld, 'tenant' | 'store' | 'now'>,
  search: MessageSearch,
  actor: Actor,
  language: string,
): Promise<AsyncIterable<string> | { trouble: SearchTrouble }> {
  // Without an end the set would grow while it is written.
  const fixed = { ...search, end: search.end ?? world.now().toISOString() };
  const first = await matchingMessages(world, fixed, { limit: PAGE });
  if ('trouble' in first) return first;
  const { db } = world.store;
  const { scope } = first;
  await audit(db, {
    tenant: world.tenant,
    actor: actor.id,
    action: 'messages.exported',
    subjectId: 'messages',
    detail: { ...scope },
  });
  return (async function* pieces() {
    yield CSV_HEAD;
    let written = 0;
    for (let page = first; ; ) {
      const results = await messageResults(db, world.tenant, page.ids, language);
      yield results
        .slice(0, MOST_ROWS - written)
        .map(csvRow)
        .join('');
      written += results.length;
      if (page.next_cursor === undefined || written >= MOST_ROWS) return;
      const next = await matchingMessages(world, fixed, { cursor: page.next_cursor, limit: PAGE });
      if ('trouble' in next) return;
      page = next;
    }
  })();
}

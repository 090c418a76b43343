/** Mails of one sender in a time window, as Graph finds them. */
import { PermanentError } from '../../shared/errors.ts';
import { similarPath } from './graph-copy.ts';
import { find } from './graph-find.ts';
import type { GraphTenant } from './graph-tenant.ts';
import { type Copy, MOST_SIMILAR, type Outcome, type SimilarQuery } from './port.ts';
import { subjectHas } from './subject-words.ts';

/** Of fifty: a sender of whom a mailbox got more in the window is no campaign's. */
const MOST_PAGES = 20;

/** One outcome a mailbox, in input order; copies newest first. Graph cannot be asked for words of a subject beside a sort. */
export async function findSimilar(
  tenant: GraphTenant,
  mailboxes: readonly string[],
  query: SimilarQuery,
): Promise<Outcome<Copy[]>[]> {
  if (query.headerFrom.trim() === '') {
    const error = new PermanentError('bad_query', 'a sender is needed');
    return mailboxes.map(() => ({ ok: false, error }));
  }
  return find(tenant, mailboxes, {
    path: (top) => similarPath(query, top),
    fits: (copy) => subjectHas(copy.subject, query.subjectWords),
    most: { pages: MOST_PAGES, copies: MOST_SIMILAR },
  });
}

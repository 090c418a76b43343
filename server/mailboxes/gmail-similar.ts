/** Mails of one sender in a time window, as Gmail's search finds them. */
import { PermanentError } from '../../shared/errors.ts';
import { find } from './gmail-find.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import { type Copy, MOST_SIMILAR, type Outcome, type SimilarQuery } from './port.ts';
import { subjectHas } from './subject-words.ts';

/** One outcome a mailbox, in input order; copies newest first. */
export async function findSimilar(
  tenant: GmailTenant,
  mailboxes: readonly string[],
  query: SimilarQuery,
): Promise<Outcome<Copy[]>[]> {
  if (quoted(query.headerFrom) === '""') {
    const error = new PermanentError('bad_query', 'a sender is needed');
    return mailboxes.map(() => ({ ok: false, error }));
  }
  return find(tenant, mailboxes, {
    query: similarQuery(query),
    fits: (copy) => subjectHas(copy.subject, query.subjectWords),
    most: MOST_SIMILAR,
  });
}

/**
 * An attacker writes sender and subject: each stands in quotes, inside which no operator is one, and quotes cannot be
 * escaped, so they are left out. Times are seconds since 1970, since a date would mean midnight in California.
 * @see https://developers.google.com/workspace/gmail/api/guides/filtering
 */
export function similarQuery({ headerFrom, subjectWords, since, until }: SimilarQuery): string {
  const words = subjectWords.map((word) => `subject:${quoted(word)}`).filter((term) => term !== 'subject:""');
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  // `before:` leaves its second out, and the first one counts whole.
  const window = `after:${seconds(since)} before:${seconds(until) + 1}`;
  return [`from:${quoted(headerFrom)}`, ...words, window, 'in:anywhere'].join(' ');
}

function quoted(text: string): string {
  return `"${text.replace(/["\p{C}\p{Z}]+/gu, ' ').trim()}"`;
}

/** Messages of Graph as our Copy, and the addresses they are asked at. */
import { TemporaryError } from '../../shared/errors.ts';
import type { Copy, SimilarQuery } from './port.ts';

/** Large pages without $select provoke 504; flag, importance and categories prove that a restore left them alone. */
export const COPY_FIELDS =
  'id,internetMessageId,parentFolderId,isRead,receivedDateTime,changeKey,subject,flag,importance,categories';

/** Below the mailbox. */
export function messagePath(providerMessageId: string): string {
  return `/messages/${encodeURIComponent(providerMessageId)}`;
}

/**
 * A string literal of $filter, quotes included, ready for a URL. The quotes inside are doubled (OData 4.01 part 2,
 * 5.1.1.6.1), then everything is percent-encoded: a bare `+` would arrive as a space and ask for another id, `#` and
 * `&` would cut the query, and the answer would be an empty list either way.
 */
export function filterLiteral(value: string): string {
  return `'${encodeURIComponent(value.replaceAll("'", "''").replace(/\p{Surrogate}/gu, '\ufffd'))}'`;
}

/** Below the mailbox. @param folder a well-known name; without it the whole mailbox, deleted items included, the dumpster not */
export function findPath(messageId: string, top: number, folder?: string): string {
  const place = folder ? `/mailFolders/${folder}/messages` : '/messages';
  const filter = `internetMessageId%20eq%20${filterLiteral(messageId)}`;
  return `${place}?$filter=${filter}&$select=${COPY_FIELDS}&$top=${top}`;
}

/**
 * Below the mailbox: mails of one sender in a time window, newest first. What is sorted by has to stand first in the filter,
 * else Graph answers 400 InefficientFilter.
 * @see https://learn.microsoft.com/graph/api/user-list-messages#using-filter-and-orderby-in-the-same-query
 */
export function similarPath({ headerFrom, since, until }: SimilarQuery, top: number): string {
  const time = (date: Date) => date.toISOString().replace(/\.\d+/, '');
  const filter = [
    `receivedDateTime ge ${time(since)}`,
    `receivedDateTime le ${time(until)}`,
    'from/emailAddress/address eq ',
  ].join(' and ');
  const order = '$orderby=receivedDateTime%20desc';
  return `/messages?$filter=${filter.replaceAll(' ', '%20')}${filterLiteral(headerFrom)}&${order}&$select=${COPY_FIELDS}&$top=${top}`;
}

/**
 * null for a row without a folder, such as Teams chat. A folder id is not looked up: were that answered 404 for a hidden
 * or recoverable folder, a lure would pass for a chat.
 */
export function copyOf(mailbox: string, row: unknown): Copy | null {
  const fields = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
  const { id, parentFolderId, flag } = fields;
  if (typeof id !== 'string' || typeof parentFolderId !== 'string' || parentFolderId === '') return null;
  const flagged = typeof flag === 'object' && flag !== null && 'flagStatus' in flag ? flag.flagStatus : null;
  return {
    mailbox,
    providerMessageId: id,
    internetMessageId: text(fields.internetMessageId),
    subject: text(fields.subject),
    folder: parentFolderId,
    labels: [],
    isRead: fields.isRead === true,
    flag: text(flagged) || 'notFlagged',
    importance: text(fields.importance) || 'normal',
    categories: Array.isArray(fields.categories) ? fields.categories.filter((each) => typeof each === 'string') : [],
    receivedAt: typeof fields.receivedDateTime === 'string' ? fields.receivedDateTime : null,
  };
}

/** The copy an answer to a write must hold; when it does not, nobody knows what happened. */
export function copyInAnswer(mailbox: string, body: unknown): Copy {
  const copy = copyOf(mailbox, body);
  if (!copy) throw new TemporaryError('graph: unreadable message', { outcomeUnknown: true });
  return copy;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

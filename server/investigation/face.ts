/** What the doors may ask of the investigation room. Implemented by investigations.ts. */
import type { ActionLog, MailTrace, MessageDetail, MessagePage, MessageSearch } from '../../shared/messages.ts';
import type { SearchFault } from '../../shared/search-query.ts';
import type { SimilarMessages } from '../../shared/similar.ts';
import type { Actor } from '../retraction/face.ts';

/** What cannot be understood of a search. */
export interface SearchTrouble {
  code: SearchFault['code'] | 'query_bad_value' | 'cursor_invalid';
  /** Offset in the query. */
  at: number;
  /** Name of the field at fault; '' when it is none. */
  what: string;
  /** What may stand there. */
  expected: string[];
}

export interface Investigations {
  /**
   * Judged mails that are like one and, where asked for, mails in the mailboxes by sender and subject.
   * @param messageId of a judged mail (`msg_…`), not the Message-ID
   * @returns null when there is no such mail
   */
  similar(messageId: string, options: { searchMailboxes: boolean }): Promise<SimilarMessages | null>;
  /** Mails, newest first. A page may have fewer items than the limit, and a cursor all the same. */
  search(
    search: MessageSearch,
    page: { cursor?: string; limit: number; language: string },
  ): Promise<MessagePage | { trouble: SearchTrouble }>;
  /**
   * The ids of what matches, newest first, page by page until there is no cursor. With an `end` in the search the set does not
   * grow meanwhile.
   */
  matching(
    search: MessageSearch,
    page: { cursor?: string; limit: number },
  ): Promise<{ ids: string[]; next_cursor?: string } | { trouble: SearchTrouble }>;
  /** A search as CSV, piece by piece, at most a million rows, written into the audit log. */
  exportCsv(
    search: MessageSearch,
    actor: Actor,
    language: string,
  ): Promise<AsyncIterable<string> | { trouble: SearchTrouble }>;
  /** @param id of a mail, or of a submission for the mail it was judged by; null: there is none */
  detail(id: string, language: string): Promise<MessageDetail | null>;
  actionLog(id: string): Promise<ActionLog | null>;
  trace(id: string): Promise<MailTrace | null>;
  /** The bytes, written into the audit log; `not_kept` when there are none (any more). null: no such mail. */
  raw(id: string, actor: Actor): Promise<Uint8Array | { notKept: 'undetected' | 'deleted' } | null>;
  /** A page that is safe to show in a frame without rights, written into the audit log. */
  preview(id: string, actor: Actor, language: string): Promise<string | { notKept: 'undetected' | 'deleted' } | null>;
}

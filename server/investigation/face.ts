/** What the doors may ask of the investigation room. Implemented by investigations.ts. */
import type { SimilarMessages } from '../../shared/similar.ts';

export interface Investigations {
  /**
   * Judged mails that are like one and, where asked for, mails in the mailboxes by sender and subject.
   * @param messageId of a judged mail (`msg_…`), not the Message-ID
   * @returns null when there is no such mail
   */
  similar(messageId: string, options: { searchMailboxes: boolean }): Promise<SimilarMessages | null>;
}

import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import { type MessageRow, messageById } from '../store/messages.ts';
import type { RetractionWorld } from './world.ts';

/** A judged mail with every Message-ID its copies may carry. */
export interface JudgedMail extends MessageRow {
  messageIds: string[];
}

/** In the order of the ids; null when one of them does not exist here. */
export async function judgedMails(
  { store, tenant }: Pick<RetractionWorld, 'store' | 'tenant'>,
  ids: readonly string[],
): Promise<JudgedMail[] | null> {
  const mails: JudgedMail[] = [];
  for (const id of ids) {
    const message = await messageById(store.db, id);
    if (message?.tenant !== tenant) return null;
    const raw = await getBlob(store.db, message.sha256);
    // Exchange may show another Message-ID than the sender wrote: the row has the one, the bytes the other.
    const written = raw && (await parseMessage(raw)).messageId;
    const messageIds = [message.internet_message_id, written].filter((key): key is string => !!key);
    mails.push({ ...message, messageIds: [...new Set(messageIds)] });
  }
  return mails;
}

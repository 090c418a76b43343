/** `users.history` and the profile of the Gmail API. */
import { type GoogleCall, pageOf, pageSize } from '../google-api/call.ts';
import { invalidArgument, notFound } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import type { HistoryEntry } from '../workspace/mailbox.ts';

/** Of every history entry, its kind as `historyTypes` names it. */
const typeOf = {
  messagesAdded: 'messageAdded',
  messagesDeleted: 'messageDeleted',
  labelsAdded: 'labelAdded',
  labelsRemoved: 'labelRemoved',
} as const;

/** What happened after `startHistoryId`, oldest first. @throws GoogleRefusal 400; 404 before the mailbox began */
export function listHistory(call: GoogleCall): Answer {
  const { mailbox, query } = call;
  const start = query.get('startHistoryId');
  if (start === null) throw invalidArgument("Missing required parameter 'startHistoryId'");
  if (!/^\d+$/.test(start)) throw invalidArgument(`Invalid value at 'start_history_id': "${start}"`);
  const first = mailbox.history[0]?.id ?? mailbox.historyId + 1;
  if (Number(start) < first - 1) throw notFound();
  const types = query.getAll('historyTypes');
  const label = query.get('labelId');
  const rows = mailbox.history.filter(
    (entry) =>
      entry.id > Number(start) &&
      (types.length === 0 || types.includes(typeOf[entry.kind])) &&
      (label === null || entry.message.labelIds.includes(label) || entry.labelIds.includes(label)),
  );
  const { page, nextPageToken } = pageOf(rows, query, pageSize(query, 100, 500));
  return json(200, {
    ...(page.length > 0 && { history: page.map(rowOf) }),
    nextPageToken,
    historyId: String(mailbox.historyId),
  });
}

export function getProfile({ mailbox }: GoogleCall): Answer {
  const messages = mailbox.list();
  return json(200, {
    emailAddress: mailbox.address,
    messagesTotal: messages.length,
    threadsTotal: new Set(messages.map((message) => message.threadId)).size,
    historyId: String(mailbox.historyId),
  });
}

function rowOf({ id, kind, message, labelIds }: HistoryEntry): object {
  const change = kind === 'labelsAdded' || kind === 'labelsRemoved' ? { message, labelIds } : { message };
  return { id: String(id), messages: [{ id: message.id, threadId: message.threadId }], [kind]: [change] };
}

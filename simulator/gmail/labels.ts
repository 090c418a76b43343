/** `users.labels` of the Gmail API. */
import { bodyOf, type GoogleCall, onlyFields } from '../google-api/call.ts';
import { GoogleRefusal, invalidArgument, notFound } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import { type Label, systemLabels } from '../workspace/label.ts';

const mostLabels = 10_000;
const messageVisibilities = ['show', 'hide'] as const;
const labelVisibilities = ['labelShow', 'labelShowIfUnread', 'labelHide'] as const;

export function listLabels({ mailbox }: GoogleCall): Answer {
  return json(200, { labels: mailbox.labels() });
}

/** With counts, which the list does not have. */
export function getLabel(call: GoogleCall): Answer {
  const label = labelOf(call);
  const messages = call.mailbox.list().filter((message) => message.labelIds.has(label.id));
  const unread = messages.filter((message) => message.labelIds.has('UNREAD'));
  const threads = (rows: typeof messages) => new Set(rows.map((message) => message.threadId)).size;
  return json(200, {
    ...label,
    messagesTotal: messages.length,
    messagesUnread: unread.length,
    threadsTotal: threads(messages),
    threadsUnread: threads(unread),
  });
}

/** @throws GoogleRefusal 400; 409 when the name is taken, whatever its case */
export function createLabel(call: GoogleCall): Answer {
  const body = bodyOf(call);
  onlyFields(body, ['name', 'messageListVisibility', 'labelListVisibility', 'color', 'type']);
  const { name, messageListVisibility = 'show', labelListVisibility = 'labelShow' } = body;
  if (typeof name !== 'string' || name.trim() === '' || name.length > 225) throw invalidArgument('Invalid label name');
  if (!isOneOf(messageListVisibility, messageVisibilities))
    throw invalidArgument(`Invalid value at 'label.message_list_visibility', "${messageListVisibility}"`);
  if (!isOneOf(labelListVisibility, labelVisibilities))
    throw invalidArgument(`Invalid value at 'label.label_list_visibility', "${labelListVisibility}"`);
  if (systemLabels.some((label) => label.name === name.toUpperCase())) throw invalidArgument('Invalid label name');
  if (call.mailbox.label(name)) throw new GoogleRefusal(409, 'aborted', 'Label name exists or conflicts');
  if (call.mailbox.labels().length >= mostLabels) throw invalidArgument('Too many labels');
  return json(200, call.mailbox.createLabel(name, { messageListVisibility, labelListVisibility }));
}

export function deleteLabel(call: GoogleCall): Answer {
  const label = labelOf(call);
  if (label.type === 'system') throw invalidArgument('Invalid delete request');
  call.mailbox.deleteLabel(label.id);
  return { status: 204 };
}

function labelOf(call: GoogleCall): Label {
  const id = call.segments[5] ?? '';
  const label = call.mailbox.labels().find((one) => one.id === id);
  if (!label) throw notFound();
  return label;
}

function isOneOf<T extends string>(value: unknown, words: readonly T[]): value is T {
  return words.some((word) => word === value);
}

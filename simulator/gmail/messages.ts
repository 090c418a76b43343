/** `users.messages` of the Gmail API. */
import { bodyOf, type GoogleCall, onlyFields, pageOf, pageSize, scope, stringList } from '../google-api/call.ts';
import { forbidden, invalidArgument, notFound } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import { gmailsOwn, isDiscarded } from '../workspace/label.ts';
import type { GmailMailbox, GmailMessage } from '../workspace/mailbox.ts';
import { paddedBase64Url } from './bytes.ts';
import { attachmentOf } from './payload.ts';
import { changedResource, formatOf, messageResource } from './resource.ts';
import { parseSearch } from './search.ts';

/** Ids and thread ids only; without a hit there is no `messages` at all. */
export function listMessages(call: GoogleCall): Answer {
  const { mailbox, query, workspace } = call;
  const q = query.get('q') ?? '';
  if (q !== '' && hasOnlyMetadata(call)) throw forbidden("Metadata scope does not support 'q' parameter");
  const { matches, includesDiscarded } = parseSearch(q, { mailbox, now: workspace.now() });
  const labelIds = query.getAll('labelIds');
  for (const id of labelIds) if (mailbox.label(id)?.id !== id) throw invalidArgument(`Invalid label: ${id}`);
  const withDiscarded =
    query.get('includeSpamTrash') === 'true' ||
    includesDiscarded ||
    labelIds.includes('TRASH') ||
    labelIds.includes('SPAM');
  const rows = mailbox
    .list(call.staleMs)
    .filter(
      (message) =>
        (withDiscarded || !isDiscarded(message.labelIds)) &&
        labelIds.every((id) => message.labelIds.has(id)) &&
        matches(message),
    );
  const { page, nextPageToken } = pageOf(rows, query, pageSize(query, 100, 500));
  return json(200, {
    ...(page.length > 0 && { messages: page.map(({ id, threadId }) => ({ id, threadId })) }),
    nextPageToken,
    resultSizeEstimate: rows.length,
  });
}

export function getMessage(call: GoogleCall): Answer {
  const format = formatOf(call.query);
  if (hasOnlyMetadata(call) && (format === 'raw' || format === 'full'))
    throw forbidden(`Metadata scope doesn't allow format ${format.toUpperCase()}`);
  return json(200, messageResource(messageOf(call), format, call.query.getAll('metadataHeaders')));
}

export function getAttachment(call: GoogleCall): Answer {
  const bytes = attachmentOf(messageOf(call).eml, call.segments[7] ?? '');
  if (!bytes) throw invalidArgument('Invalid attachment token');
  return json(200, { size: bytes.length, data: paddedBase64Url(bytes) });
}

/** A set operation; the answer has all labels of the message. */
export function modifyMessage(call: GoogleCall): Answer {
  const { add, remove } = changesOf(call, ['addLabelIds', 'removeLabelIds']);
  const message = messageOf(call);
  changeLabels(call, message, add, remove);
  return json(200, changedResource(message));
}

/** Up to 1,000 ids; those that are not there are passed over. */
export function batchModify(call: GoogleCall): Answer {
  const { add, remove } = changesOf(call, ['ids', 'addLabelIds', 'removeLabelIds']);
  const ids = stringList(bodyOf(call), 'ids');
  if (ids.length === 0) throw invalidArgument('No message ids specified');
  if (ids.length > 1000) throw invalidArgument('Too many message ids in request');
  for (const id of ids) {
    const message = call.mailbox.message(id);
    if (message) changeLabels(call, message, add, remove);
  }
  return { status: 204 };
}

export function trashMessage(call: GoogleCall): Answer {
  const message = messageOf(call);
  call.mailbox.change(message, ['TRASH'], ['INBOX', 'SPAM']);
  return json(200, changedResource(message));
}

/** Takes TRASH away and gives nothing back: the mail is in All Mail then. */
export function untrashMessage(call: GoogleCall): Answer {
  const message = messageOf(call);
  call.mailbox.change(message, [], ['TRASH']);
  return json(200, changedResource(message));
}

/** For good, without TRASH. */
export function deleteMessage(call: GoogleCall): Answer {
  call.mailbox.remove(messageOf(call));
  return { status: 204 };
}

export function getThread(call: GoogleCall): Answer {
  const id = call.segments[5] ?? '';
  const messages = call.mailbox.list().filter((message) => message.threadId === id);
  if (messages.length === 0) throw notFound();
  const format = formatOf(call.query);
  if (format === 'raw') throw invalidArgument('Format RAW is not supported for threads');
  const names = call.query.getAll('metadataHeaders');
  return json(200, {
    id,
    historyId: String(Math.max(...messages.map((message) => message.historyId))),
    messages: messages.reverse().map((message) => messageResource(message, format, names)),
  });
}

/** @throws GoogleRefusal 400 for what cannot be an id, 404 for what is none */
function messageOf(call: GoogleCall): GmailMessage {
  const id = call.segments[5] ?? '';
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const message = call.mailbox.message(id);
  if (!message) throw notFound();
  return message;
}

function changesOf(call: GoogleCall, fields: readonly string[]): { add: string[]; remove: string[] } {
  const body = bodyOf(call);
  onlyFields(body, fields);
  const [add, remove] = [stringList(body, 'addLabelIds'), stringList(body, 'removeLabelIds')];
  if (add.length + remove.length === 0) throw invalidArgument('No label add or removes specified');
  if (add.length > 100 || remove.length > 100) throw invalidArgument('Too many labels in request');
  for (const id of [...add, ...remove]) {
    if (call.mailbox.label(id)?.id !== id) throw invalidArgument(`Invalid label: ${id}`);
    if (gmailsOwn.has(id)) throw invalidArgument(`Invalid label: ${id}`);
  }
  if (add.some((id) => remove.includes(id))) throw invalidArgument('Cannot both add and remove the same label');
  return { add, remove };
}

function changeLabels(call: GoogleCall, message: GmailMessage, add: string[], remove: string[]): void {
  const pushedOut: string[] = [];
  if (call.settings.exclusiveLabels) {
    if (add.includes('TRASH') || add.includes('SPAM')) pushedOut.push('INBOX');
    if (add.includes('INBOX')) pushedOut.push('TRASH', 'SPAM');
  }
  const mailbox: GmailMailbox = call.mailbox;
  mailbox.change(message, add, [...remove, ...pushedOut.filter((id) => !add.includes(id))]);
}

/** The token reads headers and nothing else. */
function hasOnlyMetadata({ grant }: GoogleCall): boolean {
  const reading = ['https://mail.google.com/', 'gmail.modify', 'gmail.readonly'];
  return !reading.some((name) => grant.scopes.has(scope(name)));
}

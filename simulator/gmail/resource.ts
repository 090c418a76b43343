/** A message as the API shows it, in its four formats. */
import { invalidArgument } from '../google-api/errors.ts';
import { bodyOf, previewOf } from '../mime/body.ts';
import { headerOf } from '../mime/header.ts';
import type { GmailMessage } from '../workspace/mailbox.ts';
import { paddedBase64Url } from './bytes.ts';
import { payloadOf } from './payload.ts';

export type Format = 'minimal' | 'metadata' | 'full' | 'raw';

/** @throws GoogleRefusal 400 */
export function formatOf(query: URLSearchParams): Format {
  const format = (query.get('format') ?? 'full').toLowerCase();
  if (format !== 'minimal' && format !== 'metadata' && format !== 'full' && format !== 'raw')
    throw invalidArgument(`Invalid value at 'format' (type.googleapis.com/google.gmail.v1.MessageFormat), "${format}"`);
  return format;
}

/** @param names of header fields to show in `metadata`; [] shows all */
export function messageResource(message: GmailMessage, format: Format, names: readonly string[] = []): object {
  const { id, threadId, eml, historyId, internalDate } = message;
  const minimal = {
    id,
    threadId,
    labelIds: labelIdsOf(message),
    snippet: snippetOf(eml),
    sizeEstimate: eml.length,
    historyId: String(historyId),
    internalDate: String(internalDate),
  };
  if (format === 'minimal') return minimal;
  if (format === 'raw') return { ...minimal, raw: paddedBase64Url(eml) };
  if (format === 'full') return { ...minimal, payload: payloadOf(eml) };
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const headers = headerOf(eml).fields.filter(({ name }) => wanted.size === 0 || wanted.has(name.toLowerCase()));
  const mimeType = (headerOf(eml).fields.find(({ name }) => /^content-type$/i.test(name))?.value ?? 'text/plain')
    .split(';')[0]!
    .trim()
    .toLowerCase();
  return { ...minimal, payload: { mimeType, headers } };
}

/** What `modify`, `trash` and `untrash` answer: ids and all labels. */
export function changedResource(message: GmailMessage): object {
  return { id: message.id, threadId: message.threadId, labelIds: labelIdsOf(message) };
}

/** Gmail leaves the field out when a message has no label at all. */
export function labelIdsOf(message: GmailMessage): string[] | undefined {
  return message.labelIds.size === 0 ? undefined : [...message.labelIds];
}

const snippets = new WeakMap<Buffer, string>();

function snippetOf(eml: Buffer): string {
  const known = snippets.get(eml);
  if (known !== undefined) return known;
  const snippet = previewOf(bodyOf(eml)).slice(0, 200);
  snippets.set(eml, snippet);
  return snippet;
}

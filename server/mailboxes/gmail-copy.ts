/** Messages of Gmail as our Copy, and the words its labels are for us. */
import { TemporaryError } from '../../shared/errors.ts';
import type { Copy } from './port.ts';

export const TRASH = 'TRASH';
export const SPAM = 'SPAM';
export const INBOX = 'INBOX';
export const UNREAD = 'UNREAD';

/** @param sought Message-ID that was searched for, for an answer without the header */
export function copyOf(mailbox: string, body: unknown, sought = ''): Copy {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof fields.id !== 'string') throw new TemporaryError('gmail: unreadable message');
  const labels = labelsIn(body);
  const receivedMs = typeof fields.internalDate === 'string' ? Number(fields.internalDate) : Number.NaN;
  return {
    mailbox,
    providerMessageId: fields.id,
    internetMessageId: headerIn(body, 'message-id') ?? sought,
    subject: headerIn(body, 'subject') ?? '',
    folder: '',
    labels,
    isRead: !labels.includes(UNREAD),
    flag: labels.includes('STARRED') ? 'STARRED' : '',
    importance: labels.includes('IMPORTANT') ? 'IMPORTANT' : '',
    categories: labels.filter((label) => label.startsWith('CATEGORY_')),
    receivedAt: Number.isNaN(receivedMs) ? null : new Date(receivedMs).toISOString(),
  };
}

/** Label ids of a message, also in the answer to a modify; a message without any has no such field. */
export function labelsIn(body: unknown): string[] {
  const labels = typeof body === 'object' && body !== null && 'labelIds' in body ? body.labelIds : [];
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}

/** Where the owner sees a copy of these labels, in Gmail's words. */
export function placeName(labels: readonly string[]): string {
  if (labels.includes(TRASH)) return 'Trash';
  if (labels.includes(SPAM)) return 'Spam';
  return labels.includes(INBOX) ? 'Inbox' : 'All Mail';
}

/** The first field of that name, lower case; null when the message has none. */
function headerIn(body: unknown, name: string): string | null {
  const payload = (body as { payload?: { headers?: unknown } }).payload;
  const headers = Array.isArray(payload?.headers) ? payload.headers : [];
  const field = headers.find((header) => String(header?.name).toLowerCase() === name);
  return typeof field?.value === 'string' ? field.value.trim() : null;
}

/** New mail of one mailbox, as Gmail's history tells it. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { call, callForBody, pageOf } from './gmail-call.ts';
import { INBOX, labelsIn } from './gmail-copy.ts';
import { getProfile, listHistory, listMessages } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { Arrival, NewMail } from './port.ts';

/** `history` goes on from an id, on a page of it; `list` reads what came in before the history was begun. */
type Cursor =
  | { from: 'history'; id: string; page?: string }
  | { from: 'list'; since: number; id: string; page?: string };

/**
 * The history is begun before older mail is listed, so that nothing falls between the two; what is in both is told twice.
 * @see https://developers.google.com/workspace/gmail/api/guides/sync
 */
export async function newMail(
  tenant: GmailTenant,
  mailbox: string,
  cursor: string | null,
  since: Date,
): Promise<NewMail | 'lost'> {
  if (cursor === null) return begin(tenant, mailbox, since);
  const at = cursorIn(cursor);
  if (at === null) return 'lost';
  return at.from === 'list' ? older(tenant, mailbox, at) : recent(tenant, mailbox, at);
}

async function begin(tenant: GmailTenant, mailbox: string, since: Date): Promise<NewMail> {
  const profile = await callForBody(tenant, mailbox, await getProfile());
  const id = (profile as { historyId?: unknown }).historyId;
  if (typeof id !== 'string' || !/^\d+$/.test(id)) throw new TemporaryError('gmail: no history id');
  // Seconds: of the mails of this very second some came before.
  const seconds = Math.floor(since.getTime() / 1000);
  return older(tenant, mailbox, { from: 'list', since: seconds, id });
}

async function older(tenant: GmailTenant, mailbox: string, at: Extract<Cursor, { from: 'list' }>): Promise<NewMail> {
  const body = await callForBody(tenant, mailbox, await listMessages(`in:inbox after:${at.since}`, at.page));
  const { rows, next } = pageOf(body as never, 'messages');
  const arrivals = rows.flatMap(({ id }) => (typeof id === 'string' ? [arrivalOf(id)] : []));
  const then: Cursor = next === null ? { from: 'history', id: at.id } : { ...at, page: next };
  return { arrivals, cursor: JSON.stringify(then), more: next !== null };
}

async function recent(
  tenant: GmailTenant,
  mailbox: string,
  at: Extract<Cursor, { from: 'history' }>,
): Promise<NewMail | 'lost'> {
  const called = await call(tenant, mailbox, await listHistory(at.id, at.page));
  // 404: an id from before what Google keeps, a week or less.
  if (called.is === 'gone') return 'lost';
  if (called.is !== 'done') throw new PermanentError('unexpected_answer', `gmail: ${called.is}`);
  const { body } = called.answer;
  const { rows, next } = pageOf(body, 'history');
  const added = rows.flatMap(({ messagesAdded }) => (Array.isArray(messagesAdded) ? messagesAdded : []));
  const arrivals = new Map<string, Arrival>();
  for (const { message } of added as { message?: { id?: unknown } }[]) {
    // Sent mail, drafts and spam come in as well; an empty list of labels is a mail that is filed at once.
    if (typeof message?.id === 'string' && labelsIn(message).includes(INBOX)) {
      arrivals.set(message.id, arrivalOf(message.id));
    }
  }
  const newest = (body as { historyId?: unknown }).historyId;
  const then: Cursor =
    next === null
      ? { from: 'history', id: typeof newest === 'string' && /^\d+$/.test(newest) ? newest : at.id }
      : { ...at, page: next };
  return { arrivals: [...arrivals.values()], cursor: JSON.stringify(then), more: next !== null };
}

const arrivalOf = (id: string): Arrival => ({ providerMessageId: id, receivedAt: null, internetMessageId: null });

function cursorIn(text: string): Cursor | null {
  try {
    const read = JSON.parse(text) as Cursor;
    return (read.from === 'history' || read.from === 'list') && /^\d+$/.test(read.id) ? read : null;
  } catch {
    return null;
  }
}

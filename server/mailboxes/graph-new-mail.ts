/** New mail of one inbox, as Graph's delta query tells it. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { call, pageOf } from './graph-call.ts';
import { PREFER_IMMUTABLE } from './graph-client.ts';
import type { GraphTenant } from './graph-tenant.ts';
import type { Arrival, NewMail } from './port.ts';

const PAGE = 25;
const FIELDS = 'id,internetMessageId,receivedDateTime,isDraft';

/**
 * The cursor is the path of the nextLink or deltaLink, which repeats what was asked: from when on, and only what is new.
 * @see https://learn.microsoft.com/graph/api/message-delta
 */
export async function newMail(
  tenant: GraphTenant,
  mailbox: string,
  cursor: string | null,
  since: Date,
): Promise<NewMail | 'lost'> {
  const called = await ask(tenant, mailbox, cursor ?? firstPath(since), cursor !== null);
  if (called === 'lost') return 'lost';
  const { rows, next } = pageOf(called);
  const delta = (called as Record<string, unknown>)['@odata.deltaLink'];
  const link = next ?? (typeof delta === 'string' ? delta : null);
  if (link === null) throw new TemporaryError('graph: a delta without a link');
  return {
    arrivals: rows.flatMap((row) => arrivalOf(row) ?? []),
    cursor: tenant.client.pathOf(link),
    more: next !== null,
  };
}

/** A filter by time answers what came in from then on, and nothing older; at most 5,000 mails, which is a week of one inbox. */
function firstPath(since: Date): string {
  const time = since.toISOString().replace(/\.\d+/, '');
  return `/mailFolders/inbox/messages/delta()?changeType=created&$filter=receivedDateTime%20ge%20${time}&$select=${FIELDS}`;
}

async function ask(tenant: GraphTenant, mailbox: string, path: string, isLink: boolean): Promise<unknown> {
  const headers = { Prefer: `${PREFER_IMMUTABLE}, odata.maxpagesize=${PAGE}` };
  const url = isLink ? tenant.client.base + path : path;
  try {
    const called = await call(tenant, mailbox, { method: 'GET', url, headers });
    if (called.is === 'done') return called.answer.body;
    throw new PermanentError('unexpected_answer', `graph: ${called.is}`);
  } catch (error) {
    // 410 SyncStateNotFound, SyncStateInvalid or ResyncRequired: the state behind the link is gone.
    if (isLink && error instanceof PermanentError && error.code === 'sync_lost') return 'lost';
    throw error;
  }
}

/** null for what is no mail that came in: a draft, a row that says that something left. */
function arrivalOf(row: Record<string, unknown>): Arrival | null {
  if (typeof row.id !== 'string' || '@removed' in row || row.isDraft === true) return null;
  return {
    providerMessageId: row.id,
    receivedAt: typeof row.receivedDateTime === 'string' ? row.receivedDateTime : null,
    internetMessageId: typeof row.internetMessageId === 'string' ? row.internetMessageId : null,
  };
}

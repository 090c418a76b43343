/** Ids as add-ins hand them over (EWS, REST or immutable) to the immutable id. */
import { PermanentError } from '../../shared/errors.ts';
import { call } from './graph-call.ts';
import { messagePath } from './graph-copy.ts';
import type { GraphTenant } from './graph-tenant.ts';

const LONGEST_ID = 1_024;

/**
 * The immutable id; null when the mailbox holds no such item.
 * @see https://learn.microsoft.com/graph/api/user-translateexchangeids
 */
export async function toImmutableId(tenant: GraphTenant, mailbox: string, clientId: string): Promise<string | null> {
  if (clientId === '' || clientId.length > LONGEST_ID) return null;
  // What Office's convertToRestId does: the same bytes in base64 and base64url.
  const restId = clientId.replaceAll('/', '-').replaceAll('+', '_');
  return (await translated(tenant, mailbox, restId)) ?? (await readBack(tenant, mailbox, restId));
}

async function translated(tenant: GraphTenant, mailbox: string, restId: string): Promise<string | null> {
  const body = { inputIds: [restId], sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' };
  const url = '/translateExchangeIds';
  try {
    const called = await call(tenant, mailbox, { method: 'POST', url, body, purpose: 'read' });
    const answer = called.is === 'done' ? (called.answer.body as { value?: unknown } | null) : null;
    const row: unknown = Array.isArray(answer?.value) ? answer.value[0] : null;
    if (typeof row !== 'object' || row === null || !('targetId' in row)) return null;
    return typeof row.targetId === 'string' && row.targetId !== '' ? row.targetId : null;
  } catch (error) {
    // An id that is immutable already, or no id at all, is refused as a bad request.
    if (error instanceof PermanentError && error.code === 'unexpected_answer') return null;
    throw error;
  }
}

/** With Prefer the answer names the immutable id, whichever kind was asked for. */
async function readBack(tenant: GraphTenant, mailbox: string, restId: string): Promise<string | null> {
  try {
    const called = await call(tenant, mailbox, { method: 'GET', url: `${messagePath(restId)}?$select=id` });
    const body = called.is === 'done' ? (called.answer.body as { id?: unknown } | null) : null;
    return typeof body?.id === 'string' ? body.id : null;
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'unexpected_answer') return null;
    throw error;
  }
}

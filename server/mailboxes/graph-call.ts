/** One request to one mailbox (or to the directory), with the throttle, and with retries when it only reads. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, type Purpose, type Refused, troubleOf } from './answer.ts';
import type { GraphRequest } from './graph-client.ts';
import { type Meaning, meaningOf } from './graph-errors.ts';
import { addressed, type GraphTenant } from './graph-tenant.ts';
import { pauseMs } from './pause.ts';

/** Answers that are outcomes; everything else is thrown. */
export type Called = Exclude<Meaning, { is: 'refused' }>;

/**
 * @param mailbox address or user id the lanes and pauses are kept by; null for the directory
 * @throws TemporaryError after the retries of a read, at once for a write; PermanentError
 */
export async function call(
  tenant: GraphTenant,
  mailbox: string | null,
  asked: GraphRequest | ((attempt: number) => GraphRequest),
): Promise<Called> {
  const requestOf = typeof asked === 'function' ? asked : () => asked;
  let request = requestOf(0);
  const purpose = request.purpose ?? (request.method === 'GET' ? 'read' : 'write');
  const { now, sleep, random } = tenant.effects;
  const deadline = now() + tenant.retryForMs;
  if (mailbox && tenant.absent.get(mailbox.toLowerCase())) throw new PermanentError('no_mailbox');
  for (let attempt = 0; ; attempt++) {
    let meaning = await once(tenant, mailbox, request, purpose, deadline);
    if (meaning.is === 'unknown' && mailbox !== null && (await learnKey(tenant, mailbox))) {
      meaning = await once(tenant, mailbox, request, purpose, deadline);
    }
    if (meaning.is === 'unknown' && mailbox !== null) throw noSuchMailbox(tenant, mailbox);
    if (meaning.is !== 'refused') return meaning;
    const { error } = meaning;
    if (error instanceof PermanentError || purpose === 'write') throw error;
    const wait = pauseMs(attempt, error.retryAfterMs, random);
    if (now() + wait > deadline) throw error;
    await sleep(wait);
    request = requestOf(attempt + 1);
  }
}

/** As `call`, for requests of which the item or folder is not expected to be missing. */
export async function callForBody(tenant: GraphTenant, mailbox: string | null, request: GraphRequest) {
  const called = await call(tenant, mailbox, request);
  if (called.is !== 'done') throw new PermanentError('unexpected_answer', `graph: ${called.is}`);
  return called.answer.body;
}

async function once(
  tenant: GraphTenant,
  mailbox: string | null,
  request: GraphRequest,
  purpose: Purpose,
  deadline: number,
): Promise<Meaning> {
  const { throttle, effects } = tenant;
  const paused =
    mailbox === null ? 0 : throttle.waitMs(mailbox) || (purpose === 'write' ? throttle.writeWaitMs(mailbox) : 0);
  if (paused > 0) {
    // A write does not wait here: its caller has rows with a not-before, and other mailboxes to go on with.
    if (purpose === 'write' || effects.now() + paused > deadline) return pausedFor(paused);
    await effects.sleep(paused);
  }
  if (mailbox !== null) await throttle.lane(mailbox);
  try {
    return await inWindow(tenant, mailbox, request, purpose);
  } finally {
    if (mailbox !== null) throttle.freeLane(mailbox);
  }
}

async function inWindow(
  tenant: GraphTenant,
  mailbox: string | null,
  request: GraphRequest,
  purpose: Purpose,
): Promise<Meaning> {
  const { throttle, client, effects } = tenant;
  const slot = await throttle.enter('first', purpose === 'write' ? 0 : tenant.retryForMs);
  if (slot === null) return pausedFor(throttle.waitMs(mailbox ?? ''));
  let meaning: Meaning;
  try {
    meaning = meaningOf(await client.send(addressed(tenant, mailbox, request)), purpose, effects.now());
  } catch (error) {
    if (!(error instanceof TemporaryError)) {
      throttle.leave(slot, null);
      throw error;
    }
    meaning = { is: 'refused', error };
  }
  const trouble = troubleOf(meaning);
  // One mailbox's trouble is its own; the directory has only the tenant to speak for.
  throttle.leave(slot, mailbox === null && trouble ? trouble : null);
  if (mailbox !== null) noteMeaning(tenant, mailbox, meaning);
  return meaning;
}

/** Nothing was sent. */
export function pausedFor(retryAfterMs: number): Refused {
  return { is: 'refused', error: new TemporaryError('graph: the mailbox pauses', { retryAfterMs }) };
}

/** Whether the directory named another key for the mailbox than the one that was just refused. */
async function learnKey(tenant: GraphTenant, mailbox: string): Promise<boolean> {
  const address = mailbox.toLowerCase();
  if (tenant.keys.get(address) !== undefined) return false;
  const userId = await tenant.userIdOf(address);
  if (userId === null) return false;
  tenant.keys.set(address, userId);
  return true;
}

function noSuchMailbox(tenant: GraphTenant, mailbox: string): PermanentError {
  tenant.absent.set(mailbox.toLowerCase(), true);
  return new PermanentError('no_mailbox', 'graph: no such user');
}

/** Tells throttle and memory what the mailbox answered. */
export function noteMeaning(tenant: GraphTenant, mailbox: string, meaning: Meaning): void {
  tenant.throttle.noteMailbox(mailbox, troubleOf(meaning));
  if (meaning.is === 'refused' && meaning.error instanceof PermanentError && meaning.error.code === 'no_mailbox') {
    tenant.absent.set(mailbox.toLowerCase(), true);
  }
}

/** Array of objects under `value`, and where the list goes on. @throws TemporaryError when the answer is no list */
export function pageOf(body: Answer['body']): { rows: Record<string, unknown>[]; next: string | null } {
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) {
    throw new TemporaryError('graph: unreadable list');
  }
  const next = '@odata.nextLink' in body ? body['@odata.nextLink'] : null;
  return { rows: body.value, next: typeof next === 'string' ? next : null };
}

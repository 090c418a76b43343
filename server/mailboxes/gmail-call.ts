/** One request to one mailbox (or to the directory), within the quota, and with retries when it only reads. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Answer, type Refused, troubleOf } from './answer.ts';
import { type Meaning, meaningOf } from './gmail-errors.ts';
import type { GmailRequest } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import { pauseMs } from './pause.ts';

/** Answers that are outcomes; everything else is thrown. */
export type Called = Exclude<Meaning, Refused>;

/**
 * @param mailbox whose lanes, pauses and quota count; null for the directory
 * @throws TemporaryError after the retries of a read, at once for a write; PermanentError
 */
export async function call(tenant: GmailTenant, mailbox: string | null, request: GmailRequest): Promise<Called> {
  const { now, sleep, random } = tenant.effects;
  const deadline = now() + tenant.retryForMs;
  if (mailbox && tenant.absent.get(mailbox.toLowerCase())) throw new PermanentError('no_mailbox');
  for (let attempt = 0; ; attempt++) {
    const meaning = await once(tenant, mailbox, request, deadline);
    if (meaning.is !== 'refused') return meaning;
    const { error } = meaning;
    if (error instanceof PermanentError || request.purpose === 'write') throw error;
    const wait = pauseMs(attempt, error.retryAfterMs, random);
    if (now() + wait > deadline) throw error;
    await sleep(wait);
  }
}

/** As `call`, for requests of which nothing is expected to be missing. */
export async function callForBody(
  tenant: GmailTenant,
  mailbox: string | null,
  request: GmailRequest,
): Promise<unknown> {
  const called = await call(tenant, mailbox, request);
  if (called.is !== 'done') throw new PermanentError('unexpected_answer', `gmail: ${called.is}`);
  return called.answer.body;
}

async function once(
  tenant: GmailTenant,
  mailbox: string | null,
  request: GmailRequest,
  deadline: number,
): Promise<Meaning> {
  if (mailbox === null) return inWindow(tenant, null, request);
  const { throttle, quota, effects } = tenant;
  await throttle.lane(mailbox);
  try {
    const paused = throttle.waitMs(mailbox);
    // A write does not wait for long: its caller has rows with a not-before, and other mailboxes to go on with.
    if (effects.now() + paused > deadline || (paused > 0 && request.purpose === 'write')) return pausedFor(paused);
    if (paused > 0) await effects.sleep(paused);
    for (let wait = 1; wait > 0; ) {
      wait = quota.userWaitMs(mailbox, request.units);
      if (effects.now() + wait > deadline) return pausedFor(wait);
      if (wait > 0) await effects.sleep(wait);
    }
    quota.spendOfUser(mailbox, request.units);
    return await inWindow(tenant, mailbox, request);
  } finally {
    throttle.freeLane(mailbox);
  }
}

async function inWindow(tenant: GmailTenant, mailbox: string | null, request: GmailRequest): Promise<Meaning> {
  const { throttle, quota, client, effects } = tenant;
  const slot = await throttle.enter('first', request.purpose === 'write' ? 0 : tenant.retryForMs);
  if (slot === null) return pausedFor(throttle.waitMs(mailbox ?? ''));
  let meaning: Meaning;
  try {
    const wait = quota.reserveOfProject(request.units);
    if (wait > 0) await effects.sleep(wait);
    const answer = await client.send({ subject: mailbox ?? tenant.admin, request });
    meaning = meaningOf(answer, request.purpose, effects.now());
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) {
      throttle.leave(slot, null);
      throw error;
    }
    meaning = { is: 'refused', error };
  }
  // One mailbox's trouble is its own; the directory has only the tenant to speak for.
  throttle.leave(slot, mailbox === null ? troubleOf(meaning) : null);
  if (mailbox !== null) noteMeaning(tenant, mailbox, meaning);
  return meaning;
}

/** Nothing was sent. */
export function pausedFor(retryAfterMs: number): Refused {
  return { is: 'refused', error: new TemporaryError('gmail: the mailbox pauses', { retryAfterMs }) };
}

/** Tells throttle and memory what the mailbox answered. */
export function noteMeaning(tenant: GmailTenant, mailbox: string, meaning: Meaning): void {
  tenant.throttle.noteMailbox(mailbox, troubleOf(meaning));
  if (meaning.is === 'refused' && meaning.error instanceof PermanentError && meaning.error.code === 'no_mailbox') {
    tenant.absent.set(mailbox.toLowerCase(), true);
  }
}

/** Array of objects under `name`, and where the list goes on; Google leaves an empty array out. */
export function pageOf(body: Answer['body'], name: string): { rows: Record<string, unknown>[]; next: string | null } {
  if (typeof body !== 'object' || body === null) throw new TemporaryError('gmail: unreadable list');
  const fields = body as Record<string, unknown>;
  const rows = fields[name] ?? [];
  if (!Array.isArray(rows)) throw new TemporaryError('gmail: unreadable list');
  const next = fields.nextPageToken;
  return { rows, next: typeof next === 'string' && next !== '' ? next : null };
}

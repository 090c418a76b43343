/** What each press leads to, without Gmail: the outside arrives as an argument. */
import type { SubmissionRequest, SubmissionView } from '../shared/api.ts';
import type { Exposure, ReportType } from '../shared/submission.ts';
import { VERSION } from './configuration.ts';
import type { Answer, Kept, Outside, Press } from './outside.ts';
import { type Screen, shownView, type TroubleScreen } from './screen.ts';
import { type GmailTrouble, isSafeToRepeat, mayTryAgain } from './trouble.ts';

export interface Draft {
  type: ReportType;
  comment: string;
  exposure: Exposure[];
}

/** The message that is open, and where. */
export interface Place {
  messageId: string;
  platform: string;
}

/** Limit of `comment` in the contract. */
const COMMENT_LIMIT = 2000;

/** A message is opened. Neither the message nor the server is asked: a server that hangs must not slow down reading mail. */
export function open(messageId: string, { memory }: Pick<Outside, 'memory'>): Screen {
  if (!messageId) return { at: 'home' };
  const kept = memory.recall(messageId);
  if (!kept || kept.sentAt === null) return { at: 'ready' };
  if (kept.arrived === null) return { at: 'unsure', sentAt: kept.sentAt };
  const last = memory.lastView(kept.arrived);
  if (!last) return { at: 'reported', id: kept.arrived, sentAt: kept.sentAt };
  const exposed = kept.press.exposure.length > 0;
  return { at: 'result', view: last.view, asOf: last.asOf, known: true, exposed };
}

/** A new press of the report button. */
export function report(draft: Draft, place: Place, outside: Outside): Screen {
  const comment = draft.comment.trim().slice(0, COMMENT_LIMIT);
  // Of a message that is only odd nobody says what has happened already.
  const exposure = draft.type === 'safe' ? [] : draft.exposure;
  return deliver({ key: outside.randomId(), type: draft.type, comment, exposure }, place, outside);
}

/** The press of before once more, under the same key; a new one when nothing is remembered. */
export function sendAgain(draft: Draft, place: Place, outside: Outside): Screen {
  const kept = outside.memory.recall(place.messageId);
  if (kept?.arrived) return check(kept.arrived, place, outside);
  return kept ? deliver(kept.press, place, outside) : report(draft, place, outside);
}

function deliver(press: Press, { messageId, platform }: Place, outside: Outside): Screen {
  const { backend, memory, now } = outside;
  if (!messageId) return trouble('no_item');
  // Kept before anything can fail: "Try again" sends what was chosen, under the same key.
  const kept: Kept = { v: 1, press, sentAt: memory.recall(messageId)?.sentAt ?? null, arrived: null };
  memory.keep(messageId, kept);
  const identity = outside.identity();
  if (!identity) return trouble('scope_missing');
  const reading = outside.readMessage();
  if (!reading.ok) {
    memory.forget(messageId);
    return trouble(reading.trouble);
  }
  const request: SubmissionRequest = {
    provider: 'google',
    mailbox: identity.email,
    provider_message_id: messageId,
    internet_message_id: reading.internetMessageId ?? undefined,
    type: press.type,
    comment: press.comment || undefined,
    exposure: press.exposure.length > 0 ? press.exposure : undefined,
    client: { name: 'gmail', version: VERSION, host: platform || undefined },
  };
  if (reading.base64 !== null) Object.assign(request, { raw_message: reading.base64, fidelity: reading.fidelity });
  // Before it is sent: an execution that takes too long is killed without another word.
  const sent: Kept = { ...kept, sentAt: now() };
  memory.keep(messageId, sent);
  let answer = backend.submit(request, identity.token, press.key);
  if (!answer.ok && answer.trouble === 'too_large' && request.raw_message !== undefined) {
    answer = backend.submit(withoutBytes(request), identity.token, press.key);
  }
  if (!answer.ok) return refused(answer, sent, messageId, memory);
  const view = shownView(answer.value);
  memory.keep(messageId, { ...sent, press: { ...press, comment: '' }, arrived: view.id });
  memory.keepView(view, now());
  const exposed = press.exposure.length > 0;
  return { at: 'result', view, known: answer.status === 200, exposed, asOf: now() };
}

/** What may have arrived stays remembered as sent; what was refused can be tried again; the rest is forgotten. */
function refused(
  answer: Extract<Answer<SubmissionView>, { ok: false }>,
  sent: Kept,
  messageId: string,
  memory: Outside['memory'],
): Screen {
  if (!mayTryAgain(answer.trouble)) memory.forget(messageId);
  else if (!isSafeToRepeat(answer.trouble)) memory.keep(messageId, { ...sent, sentAt: null });
  return troubleOf(answer);
}

/** "Check again": the panel cannot refresh itself. */
export function check(id: string, { messageId }: Place, outside: Outside): Screen {
  const { backend, memory, now } = outside;
  const identity = outside.identity();
  if (!identity) return trouble('scope_missing', { next: 'check', id });
  const answer = backend.view(id, identity.token);
  const exposed = (memory.recall(messageId)?.press.exposure.length ?? 0) > 0;
  if (answer.ok) {
    const view = shownView(answer.value);
    memory.keepView(view, now());
    return { at: 'result', view, known: false, exposed, asOf: now() };
  }
  if (answer.status === 403 || answer.status === 404) {
    memory.forget(messageId);
    return troubleOf(answer, { next: null });
  }
  const last = memory.lastView(id);
  if (last) return { at: 'result', ...last, known: false, exposed, stale: answer.trouble };
  return trouble('answer_missing', { next: 'check', id, detail: detailOf(answer, id), ...waitOf(answer) });
}

/** "I was wrong", after the question. */
export function withdraw(id: string, place: Place, outside: Outside): Screen {
  const identity = outside.identity();
  const answer = identity && outside.backend.withdraw(id, identity.token);
  const screen = check(id, place, outside);
  if (screen.at !== 'result') return screen;
  return { ...screen, withdrawal: answer?.ok ? answer.value.restore : 'failed' };
}

function withoutBytes({ raw_message: _, fidelity: __, ...ids }: SubmissionRequest): SubmissionRequest {
  return ids;
}

function trouble(what: GmailTrouble, more: Partial<Omit<TroubleScreen, 'at' | 'trouble'>> = {}): TroubleScreen {
  return { at: 'trouble', trouble: what, next: mayTryAgain(what) ? 'send_again' : null, detail: '', ...more };
}

function troubleOf(
  answer: Extract<Answer<unknown>, { ok: false }>,
  more: Partial<Omit<TroubleScreen, 'at' | 'trouble'>> = {},
): TroubleScreen {
  return trouble(answer.trouble, { detail: detailOf(answer, answer.submissionId), ...waitOf(answer), ...more });
}

function detailOf({ status }: { status: number }, id: string): string {
  return [status || '', id].filter(Boolean).join(' · ');
}

function waitOf({ retryAfterMs }: { retryAfterMs: number | null }) {
  return retryAfterMs === null ? {} : { waitMs: retryAfterMs };
}

/** Taking a copy away by its labels, and putting it back. Every write is sent once. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Destination } from '../../shared/retraction.ts';
import { type Called, call } from './gmail-call.ts';
import { copyOf, INBOX, labelsIn, SPAM, TRASH, UNREAD } from './gmail-copy.ts';
import type { GmailLabels } from './gmail-label.ts';
import { deleteForGood, getCopy, modifyLabels } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { Copy, MoveResult } from './port.ts';

/** Where labels can put a copy. */
export type LabelPlace = Exclude<Destination, 'RecoverableItemsDeletions' | 'RecoverableItemsPurges'>;

const PLACES = [INBOX, TRASH, SPAM];
/** Only Gmail itself applies these. */
const GMAILS_OWN = new Set(['SENT', 'DRAFT', 'CHAT']);

/** What is applied, and whether the marker stays: the trash of ours is told from the owner's by it. */
const GOAL: Record<LabelPlace, { place: string; marked: boolean }> = {
  Quarantine: { place: TRASH, marked: true },
  DeletedItems: { place: TRASH, marked: false },
  JunkEmail: { place: SPAM, marked: false },
  Inbox: { place: INBOX, marked: false },
};

/** @throws PermanentError `unsupported`: Gmail has no recoverable items */
export function placeOf(destination: Destination): LabelPlace | 'purge' {
  if (destination === 'RecoverableItemsPurges') return 'purge';
  if (destination === 'RecoverableItemsDeletions') {
    throw new PermanentError('unsupported', 'Gmail has no place for deleted items that the owner can recover');
  }
  return destination;
}

export async function readCopy(tenant: GmailTenant, mailbox: string, id: string): Promise<Copy | null> {
  const called = await call(tenant, mailbox, await getCopy(id));
  return called.is === 'done' ? copyOf(mailbox, called.answer.body) : null;
}

/** Whether the copy lies where the destination means; without any request unless it lies in the trash. */
export async function isIn(labels: GmailLabels, copy: Copy, destination: Destination): Promise<boolean> {
  // What was deleted for good is not shown.
  if (destination === 'RecoverableItemsDeletions' || destination === 'RecoverableItemsPurges') return false;
  const { place, marked } = GOAL[destination];
  if (!copy.labels.includes(place)) return false;
  if (place === INBOX) return !copy.labels.includes(TRASH) && !copy.labels.includes(SPAM);
  if (!marked) return true;
  const marker = await labels.markerIfAny(copy.mailbox);
  return marker !== null && copy.labels.includes(marker);
}

/**
 * Claims first: the marker goes on, and the answer names all labels, which is the pre-image of this very moment. Then the
 * labels of the place change hands. After a crash between the two the copy still lies where it lay, marked.
 */
export async function moveCopy(
  tenant: GmailTenant,
  labels: GmailLabels,
  mailbox: string,
  id: string,
  destination: Destination,
): Promise<MoveResult> {
  const place = placeOf(destination);
  if (place === 'purge') return purge(tenant, mailbox, id);
  tenant.readSoFar.delete(mailbox);
  let marker = await labels.marker(mailbox);
  let claimed = await call(tenant, mailbox, await claimOf(id, marker));
  if (claimed.is === 'label_gone') {
    // The owner deleted our label meanwhile. The claim was refused and did nothing, so this is no blind repetition.
    labels.forget(mailbox);
    marker = await labels.marker(mailbox);
    claimed = await call(tenant, mailbox, await claimOf(id, marker));
  }
  if (claimed.is !== 'done') return goneOr(claimed);
  const before = preimageIn(claimed.answer.body, marker);
  const moved = await call(tenant, mailbox, await removalOf(id, place, before, marker));
  return moved.is === 'done' ? movedBy(mailbox, id, moved, before, marker) : goneOr(moved);
}

export const claimOf = (id: string, marker: string) => modifyLabels(id, { addLabelIds: [marker], removeLabelIds: [] });

/** @param before labels of the claimed copy, marker included */
export function removalOf(id: string, destination: LabelPlace, before: readonly string[], marker: string) {
  const { place, marked } = GOAL[destination];
  const leaves = PLACES.filter((label) => label !== place && before.includes(label));
  return modifyLabels(id, { addLabelIds: [place], removeLabelIds: marked ? leaves : [...leaves, marker] });
}

/**
 * Labels in the answer to a claim, marker included.
 * @throws TemporaryError when the marker is not among them: such an answer is no pre-image
 */
export function preimageIn(body: unknown, marker: string): string[] {
  const labels = labelsIn(body);
  if (!labels.includes(marker)) throw new TemporaryError('gmail: unreadable claim', { outcomeUnknown: true });
  return labels;
}

export function movedBy(
  mailbox: string,
  providerMessageId: string,
  called: Extract<Called, { is: 'done' }>,
  before: readonly string[],
  marker: string,
): MoveResult {
  const labels = labelsIn(called.answer.body);
  const copy = { mailbox, providerMessageId, folder: '', labels, isRead: !labels.includes(UNREAD) };
  // It lay there already: a worker that was slower than its lease has moved it, and what we saw is its work, not the past.
  if (placesIn(before) === placesIn(labels)) return { state: 'moved', copy, requestId: null };
  return { state: 'moved', copy, requestId: null, labelsBefore: before.filter((label) => label !== marker) };
}

const placesIn = (labels: readonly string[]) => PLACES.filter((label) => labels.includes(label)).join();

function goneOr(called: Exclude<Called, { is: 'done' }>): MoveResult {
  if (called.is === 'gone') return { state: 'gone' };
  throw new PermanentError('unexpected_answer', `gmail: ${called.is}`);
}

/** Nobody can bring it back, so only a person ever asks for it; the answer is empty, so the copy is read before. */
async function purge(tenant: GmailTenant, mailbox: string, id: string): Promise<MoveResult> {
  const copy = await readCopy(tenant, mailbox, id);
  if (copy === null) return { state: 'gone' };
  const called = await call(tenant, mailbox, await deleteForGood(id));
  if (called.is !== 'done') return goneOr(called);
  return { state: 'moved', copy, requestId: null, labelsBefore: copy.labels };
}

/** Reads first, so that it may run twice; then one modify, so that there is no half of it. */
export async function restoreCopy(
  tenant: GmailTenant,
  labels: GmailLabels,
  mailbox: string,
  id: string,
  preimage: { labels: string[]; isRead: boolean },
): Promise<{ state: 'restored'; copy: Copy; fallback: boolean } | { state: 'gone' }> {
  const copy = await readCopy(tenant, mailbox, id);
  if (copy === null) return { state: 'gone' };
  const marker = await labels.markerIfAny(mailbox);
  // A copy that was first seen in our quarantine: where it lay before is not known.
  const unknown = marker !== null && preimage.labels.includes(marker) && preimage.labels.includes(TRASH);
  const original = unknown ? [INBOX] : preimage.labels.filter((label) => label !== marker);
  const first = await apply(tenant, copy, original, marker, preimage.isRead);
  if (first) return { state: 'restored', copy: first, fallback: unknown };
  if (first === null) return { state: 'gone' };
  // One of the original labels was deleted meanwhile; nothing was done yet.
  const all = await labels.all(mailbox);
  const left = original.filter((label) => all.has(label));
  const shown = left.some((label) => label === INBOX || label === TRASH || label === SPAM || !isSystem(label));
  const second = await apply(tenant, copy, shown ? left : [...left, INBOX], marker, preimage.isRead);
  if (second === undefined) throw new PermanentError('unexpected_answer', 'gmail: label_gone');
  return second === null ? { state: 'gone' } : { state: 'restored', copy: second, fallback: true };
}

/** The copy with its labels back; null when it is gone, undefined when a label is not there any more. */
async function apply(
  tenant: GmailTenant,
  copy: Copy,
  original: readonly string[],
  marker: string | null,
  isRead: boolean,
): Promise<Copy | null | undefined> {
  const wanted = new Set(original.filter((label) => label !== UNREAD && !GMAILS_OWN.has(label)));
  if (!isRead) wanted.add(UNREAD);
  const ours = [...PLACES, UNREAD, ...(marker === null ? [] : [marker])];
  const addLabelIds = [...wanted].filter((label) => !copy.labels.includes(label));
  const removeLabelIds = ours.filter((label) => copy.labels.includes(label) && !wanted.has(label));
  if (addLabelIds.length + removeLabelIds.length === 0) return copy;
  const request = await modifyLabels(copy.providerMessageId, { addLabelIds, removeLabelIds });
  const called = await call(tenant, copy.mailbox, request);
  if (called.is === 'gone') return null;
  if (called.is === 'label_gone') return undefined;
  const labels = labelsIn(called.answer.body);
  return { ...copy, labels, isRead: !labels.includes(UNREAD) };
}

/** Gmail's own labels are words in capitals; those of people are `Label_` and a number. */
function isSystem(label: string): boolean {
  return /^[A-Z_]+$/.test(label);
}

/** Permanent deletion: two confirmations, of exactly the copies that were shown. */
import type { PurgeConfirmation } from '../../shared/effects.ts';
import { PermanentError } from '../../shared/errors.ts';
import { effectText } from '../../shared/i18n/effect-words.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import {
  endPreview,
  insertPurgeConfirmation,
  openPurgeConfirmation,
  type PurgeableCopies,
  type PurgeConfirmationRow,
  purgeableCopies,
  purgeConfirmation,
  requestPurge,
  usePurgeConfirmation,
} from '../store/purges.ts';
import { lockRetraction, type RetractionRow } from '../store/retractions.ts';
import type { RetractionWorld } from './world.ts';

/** Long enough to read and to think, short enough that what was shown still holds. */
const ALONE_MS = 10 * 60_000;
/** A second person has to be found first. */
const TOGETHER_MS = 60 * 60_000;

export type PurgeAnswer =
  | { state: 'confirmed'; retractionId: string }
  /** Nothing has happened. `outdated`: a token was given, but other copies lie there by now. */
  | { state: 'confirm'; outdated: boolean; confirmation: PurgeConfirmation }
  /** A preview still counts what would be destroyed. */
  | { state: 'counting'; retractionId: string };

export interface PurgeRequest {
  retractionId: string;
  actor: string;
  token: string | null;
  /** The setting of two persons. */
  secondPerson: boolean;
  language: Language;
}

type World = Pick<RetractionWorld, 'tenant' | 'providers' | 'now' | 'randomId'>;

/**
 * Without a token: says what would be destroyed, and hands out a token for exactly that. With it: destroys.
 * Protected mailboxes are left alone.
 * @returns null when there is no such retraction
 * @throws PermanentError `wrong_state`, `nothing_to_purge`, `destination_unsupported`, `confirmation_invalid` (unknown, used,
 *   expired, or of another retraction), `second_person_required`
 */
export async function purge(trx: Db, world: World, request: PurgeRequest): Promise<PurgeAnswer | null> {
  const retraction = await lockRetraction(trx, request.retractionId);
  if (retraction?.tenant !== world.tenant) return null;
  if (retraction.preview && ['planned', 'running'].includes(retraction.state)) {
    return { state: 'counting', retractionId: retraction.id };
  }
  if (!['held', 'confirming', 'done', 'cancelled'].includes(retraction.state)) throw new PermanentError('wrong_state');
  const copies = await purgeableCopies(trx, retraction.id, retraction.preview);
  refuseImpossible(world, copies);
  if (request.token === null) {
    return { state: 'confirm', outdated: false, confirmation: await ask(trx, world, retraction, request, copies) };
  }
  const given = await purgeConfirmation(trx, world.tenant, retraction.id, request.token);
  if (!given || given.used_at !== null || given.expires_at <= world.now()) {
    throw new PermanentError('confirmation_invalid');
  }
  if (given.copies_digest !== copies.digest) {
    return { state: 'confirm', outdated: true, confirmation: await ask(trx, world, retraction, request, copies) };
  }
  if (request.secondPerson && given.requested_by === request.actor) {
    throw new PermanentError('second_person_required');
  }
  await usePurgeConfirmation(trx, given.token, request.actor, world.now());
  if (retraction.preview) await endPreview(trx, retraction.id);
  await requestPurge(trx, retraction.id, retraction.preview, world.now());
  await audit(trx, {
    tenant: world.tenant,
    actor: request.actor,
    action: 'retraction.purging',
    subjectId: retraction.id,
    detail: { asked_by: given.requested_by, copies: copies.providers },
  });
  await notify(trx, retraction.id, 'retractions');
  return { state: 'confirmed', retractionId: retraction.id };
}

function refuseImpossible(world: World, { providers }: PurgeableCopies): void {
  if (providers.length === 0) throw new PermanentError('nothing_to_purge');
  for (const { provider } of providers) {
    if (world.providers.get(provider)?.effectOf('RecoverableItemsPurges').supported) continue;
    throw new PermanentError('destination_unsupported', `Permanent deletion is not offered by ${provider} here.`);
  }
}

/** What another person has asked for already is answered with their token: confirming it is the second voice. */
async function ask(
  trx: Db,
  world: World,
  retraction: RetractionRow,
  request: PurgeRequest,
  copies: PurgeableCopies,
): Promise<PurgeConfirmation> {
  const now = world.now();
  let asked = await openPurgeConfirmation(trx, retraction.id, copies.digest, now);
  if (!asked) {
    asked = {
      token: world.randomId('del'),
      retraction_id: retraction.id,
      requested_by: request.actor,
      requested_at: now,
      expires_at: new Date(now.getTime() + (request.secondPerson ? TOGETHER_MS : ALONE_MS)),
      copies_digest: copies.digest,
      used_at: null,
    };
    await insertPurgeConfirmation(trx, world.tenant, asked);
    await audit(trx, {
      tenant: world.tenant,
      actor: request.actor,
      action: 'retraction.purge_asked',
      subjectId: retraction.id,
      detail: { copies: copies.providers, second_person: request.secondPerson },
    });
  }
  return confirmationOf(asked, copies, request);
}

function confirmationOf(
  asked: PurgeConfirmationRow,
  { providers }: PurgeableCopies,
  { secondPerson, language }: PurgeRequest,
): PurgeConfirmation {
  return {
    token: asked.token,
    expires_at: asked.expires_at.toISOString(),
    retraction_id: asked.retraction_id,
    requested_by: asked.requested_by,
    second_person: secondPerson,
    mailboxes: providers.reduce((n, p) => n + p.mailboxes, 0),
    copies: providers.reduce((n, p) => n + p.copies, 0),
    providers: providers.map((p) => ({
      ...p,
      text: effectText(p.provider, 'RecoverableItemsPurges', true, language),
    })),
  };
}

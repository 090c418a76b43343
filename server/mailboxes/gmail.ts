/** Google Workspace behind the port: the verbs, wired. */
import { PermanentError } from '../../shared/errors.ts';
import { gmailEffect } from './destination-effect.ts';
import { type Effects, REAL_EFFECTS } from './effects.ts';
import { BATCH_SIZE } from './gmail-batch.ts';
import { call } from './gmail-call.ts';
import { GmailClient } from './gmail-client.ts';
import { placeName } from './gmail-copy.ts';
import { GmailDirectory } from './gmail-directory.ts';
import { findCopies } from './gmail-find.ts';
import { apiId } from './gmail-id.ts';
import { GmailLabels } from './gmail-label.ts';
import { isIn, moveCopy, placeOf, readCopy, restoreCopy } from './gmail-move.ts';
import { moveMany } from './gmail-move-many.ts';
import { newMail } from './gmail-new-mail.ts';
import { Quota } from './gmail-quota.ts';
import { GmailReports } from './gmail-reports.ts';
import { getRaw } from './gmail-requests.ts';
import type { GmailSettings } from './gmail-settings.ts';
import { findSimilar } from './gmail-similar.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { MailProvider } from './port.ts';
import { Recent } from './recent.ts';
import { Throttle } from './throttle.ts';

export type { GmailSettings } from './gmail-settings.ts';

const ABSENT_FOR_MS = 24 * 3_600_000;
const ABSENT_MOST = 200_000;
/** Labels that old are told anew by the claim. */
const READ_FOR_MS = 10 * 60_000;
const READ_MOST = 1_000;
/** Batches of fifty; Google publishes units a minute, not requests at a time. */
const WINDOW = { start: 32, max: 64 };

/**
 * One Workspace. Keeps tokens, quota, label ids and "no mailbox" in memory, so there is one per Workspace and process.
 * @throws PermanentError `insecure_url`, `bad_service_account` for settings that cannot work
 */
export function gmailProvider(settings: GmailSettings, outside: Partial<Effects> = {}): MailProvider {
  const effects: Effects = { ...REAL_EFFECTS, ...outside };
  const tenant: GmailTenant = {
    client: new GmailClient(settings, effects),
    throttle: new Throttle(effects, settings.inFlight ?? WINDOW),
    quota: new Quota(effects.now, settings.quota),
    effects,
    admin: settings.admin,
    absent: new Recent(ABSENT_FOR_MS, ABSENT_MOST, effects.now),
    readSoFar: new Recent(READ_FOR_MS, READ_MOST, effects.now),
    retryForMs: settings.retryForMs ?? 20_000,
    batchesRefusedAt: settings.batches === false ? Number.POSITIVE_INFINITY : null,
  };
  const labels = new GmailLabels(tenant, settings.markerLabelName ?? 'Reelback Quarantine');
  const directory = new GmailDirectory(tenant);
  const reports = new GmailReports(tenant);

  return {
    provider: 'google',
    findsAtOnce: BATCH_SIZE,
    listMailboxes: () => directory.mailboxes(),
    resolve: (address) => directory.resolve(address),
    mailboxOfUser: (userId) => directory.mailboxOfUser(userId),
    isMember: (userId, group) => directory.isMember(userId, group),
    recipientsOf: async (messageId, since) =>
      settings.reports === false ? null : reports.recipientsOf(messageId, since),
    // Gmail has no dumpster: what left the trash is gone.
    findCopies: (mailboxes, messageId) => findCopies(tenant, mailboxes, messageId),
    findSimilar: (mailboxes, query) => findSimilar(tenant, mailboxes, query),
    newMail: (mailbox, cursor, since) => newMail(tenant, mailbox, cursor, since),
    readRaw: (mailbox, id) => readRaw(tenant, mailbox, id),
    readCopy: (mailbox, id) => readCopy(tenant, mailbox, id),
    // Ids never change; the one that names nothing here is told by the read that follows.
    toImmutableId: async (_mailbox, clientId) => apiId(clientId),
    destinationFolder: async (_mailbox, destination) => {
      placeOf(destination);
      return '';
    },
    effectOf: gmailEffect,
    isIn: (copy, destination) => isIn(labels, copy, destination),
    folderName: async (_mailbox, folder, labels) => (labels ? placeName(labels) : folder),
    move: async (mailbox, id, destination) => moveCopy(tenant, labels, mailbox, id, destination),
    moveMany: async (copies, destination) => moveMany(tenant, labels, copies, destination),
    restore: (mailbox, id, preimage) => restoreCopy(tenant, labels, mailbox, id, preimage),
  };
}

async function readRaw(tenant: GmailTenant, mailbox: string, id: string): Promise<Uint8Array | null> {
  const called = await call(tenant, mailbox, await getRaw(id));
  if (called.is !== 'done') return null;
  const raw = (called.answer.body as { raw?: unknown } | null)?.raw;
  if (typeof raw !== 'string') throw new PermanentError('unexpected_answer', 'gmail: no raw');
  return new Uint8Array(Buffer.from(raw, 'base64url'));
}

/** Microsoft 365 behind the port: the verbs, wired. */
import { PermanentError } from '../../shared/errors.ts';
import { graphEffect } from './destination-effect.ts';
import { type Effects, REAL_EFFECTS } from './effects.ts';
import { BATCH_SIZE } from './graph-batch.ts';
import { call } from './graph-call.ts';
import { GraphClient } from './graph-client.ts';
import { messagePath } from './graph-copy.ts';
import { GraphDirectory } from './graph-directory.ts';
import { findCopies } from './graph-find.ts';
import { GraphFolders } from './graph-folder.ts';
import { toImmutableId } from './graph-id.ts';
import { moveCopy, purgesIn, readCopy, refusePurgeOutside, restoreCopy } from './graph-move.ts';
import { moveMany } from './graph-move-many.ts';
import { newMail } from './graph-new-mail.ts';
import type { GraphSettings } from './graph-settings.ts';
import { findSimilar } from './graph-similar.ts';
import { ABSENT_FOR_MS, type GraphTenant } from './graph-tenant.ts';
import type { MailProvider } from './port.ts';
import { Recent } from './recent.ts';
import { Throttle } from './throttle.ts';

export type { GraphSettings } from './graph-settings.ts';

const ABSENT_MOST = 200_000;
const KEYS_MOST = 500_000;

/**
 * One tenant. Keeps a token, the throttle's state, folder ids and "no mailbox" in memory, so there is one per tenant and process.
 * @throws PermanentError `insecure_url`, `bad_certificate` for settings that cannot work
 */
export function graphProvider(settings: GraphSettings, outside: Partial<Effects> = {}): MailProvider {
  const effects: Effects = { ...REAL_EFFECTS, ...outside };
  const client = new GraphClient(settings, effects);
  const tenant: GraphTenant = {
    userIdOf: (address) => directory.userIdOf(address),
    keys: new Recent(ABSENT_FOR_MS, KEYS_MOST, effects.now),
    client,
    effects,
    throttle: new Throttle(effects, settings.inFlight),
    absent: new Recent(ABSENT_FOR_MS, ABSENT_MOST, effects.now),
    retryForMs: settings.retryForMs ?? 20_000,
  };
  const folders = new GraphFolders(tenant, settings.quarantineFolderName ?? 'Reelback Quarantine');
  const directory = new GraphDirectory(tenant);

  return {
    provider: 'microsoft365',
    findsAtOnce: BATCH_SIZE,
    listMailboxes: () => directory.mailboxes(),
    resolve: (address) => directory.resolve(address),
    mailboxOfUser: (userId) => directory.mailboxOfUser(userId),
    isMember: (userId, group) => directory.isMember(userId, group),
    recipientsOf: async (messageId, since) => (settings.messageTrace ? directory.recipientsOf(messageId, since) : null),
    findCopies: (mailboxes, messageId, options) => findCopies(tenant, mailboxes, messageId, options),
    findSimilar: (mailboxes, query) => findSimilar(tenant, mailboxes, query),
    newMail: (mailbox, cursor, since) => newMail(tenant, mailbox, cursor, since),
    readRaw: (mailbox, id) => readRaw(tenant, mailbox, id),
    readCopy: (mailbox, id) => readCopy(tenant, mailbox, id),
    toImmutableId: (mailbox, clientId) => toImmutableId(tenant, mailbox, clientId),
    destinationFolder: (mailbox, destination) => folders.idOf(mailbox, destination),
    effectOf: (destination) => graphEffect(destination, purgesIn(client.base)),
    isIn: async (copy, destination) => copy.folder === (await folders.idOf(copy.mailbox, destination)),
    folderName: (mailbox, folder) => folders.nameOf(mailbox, folder),
    move: async (mailbox, id, destination) => {
      refusePurgeOutside(client.base, destination);
      return moveCopy(tenant, folders, mailbox, id, destination);
    },
    moveMany: async (copies, destination) => {
      refusePurgeOutside(client.base, destination);
      return moveMany(tenant, folders, copies, destination);
    },
    restore: (mailbox, id, preimage) => restoreCopy(tenant, folders, mailbox, id, preimage),
  };
}

async function readRaw(tenant: GraphTenant, mailbox: string, id: string): Promise<Uint8Array | null> {
  const called = await call(tenant, mailbox, { method: 'GET', url: `${messagePath(id)}/$value`, bytes: true });
  if (called.is !== 'done') return null;
  if (!(called.answer.body instanceof Uint8Array)) throw new PermanentError('unexpected_answer');
  return called.answer.body;
}

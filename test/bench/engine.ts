/** The whole retraction engine with a database of its own (fsync on), for benches. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { migrationsOf } from '../../server/open-database.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { listDirectory } from '../../server/retraction/directory.ts';
import { createEngine } from '../../server/retraction/engine.ts';
import { DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import { prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { listenForChanges, notify } from '../../server/store/changes.ts';
import { openStore } from '../../server/store/database.ts';
import { startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import { migrate } from '../../server/store/migrate.ts';
import { insertRetraction, retractionById, setRetractionState } from '../../server/store/retractions.ts';
import { undescribed } from '../store/undescribed.ts';

export interface BenchEngine {
  world: RetractionWorld;
  /** Plans, searches everybody and moves what it finds, approved beforehand. @returns the id, once the first pass is over */
  retract(mail: { messageId: string; raw: string }): Promise<string>;
}

/** Hands over an engine whose directory is listed already; takes everything away afterwards. */
export async function withEngine<T>(
  providers: readonly MailProvider[],
  work: (engine: BenchEngine) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-'));
  // The database runs as another user when we are root, and must get in.
  chmodSync(dataDir, 0o711);
  const rootDir = process.cwd();
  const database = await startEmbedded({ dataDir, rootDir });
  await migrate(database.url, migrationsOf(rootDir));
  const fail = (error: Error) => console.error(error.message);
  const store = openStore(database.url, fail);
  const changes = await listenForChanges(database.url, fail);
  const quiet = () => {};
  let serial = 0;
  const world: RetractionWorld = {
    tenant: 'bench',
    store,
    changes,
    providers: new Map(providers.map((provider) => [provider.provider, provider])),
    settings: openSettings(store, 'bench', DEFAULT_SETTINGS),
    now: () => new Date(),
    randomId: (prefix) => `${prefix}_${++serial}`,
    log: { info: quiet, warn: (_, text) => console.error(text), error: (fields, text) => console.error(text, fields) },
    tuning: { ...DEFAULT_TUNING },
  };
  const engine = createEngine(world);
  try {
    await listDirectory(world);
    engine.start();
    return await work({ world, retract: (mail) => retract(world, mail) });
  } finally {
    await engine.stop();
    await changes.close();
    await store.close();
    await database.stop();
    await wipeEmbedded(dataDir, { evenInUse: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function retract(world: RetractionWorld, mail: { messageId: string; raw: string }): Promise<string> {
  const { store, tenant } = world;
  const raw = Buffer.from(mail.raw);
  const blob = await prepareBlob(raw);
  const fingerprint = fingerprintOf(await parseMessage(raw));
  const id = world.randomId('ret');
  await store.inTransaction(async (trx) => {
    await putBlob(trx, blob);
    const messageId = world.randomId('msg');
    const message = { id: messageId, tenant, sha256: blob.sha256, internet_message_id: mail.messageId };
    await rememberMessage(
      trx,
      { ...message, subject: 'Invoice 4711', header_from: '', fingerprint, recipients: [] },
      undescribed,
    );
    await insertRetraction(trx, {
      id,
      tenant,
      cause: 'psr',
      state: 'planned',
      preview: false,
      reason: null,
      message_id: messageId,
      internet_message_ids: [mail.messageId],
      fingerprint,
      subject: 'Invoice 4711',
      destination: 'Quarantine',
      definitive: false,
      generation: 1,
      requested_by: 'bench',
      requested_at: world.now(),
    });
    // A person has looked: the guard would hold a campaign of this size.
    await setRetractionState(trx, id, { state: 'planned', decidedBy: 'bench', approvedAt: world.now() });
    await notify(trx, 'retractions');
  });
  while ((await retractionById(store.db, tenant, id))?.state !== 'confirming') await sleep(20);
  return id;
}

import { directoryListedAt, finishListing, rememberMailboxes } from '../store/directory.ts';
import type { RetractionWorld } from './world.ts';

const FRESH_MS = 24 * 3_600_000;

/** Whether every provider's directory has been listed completely within a day; an hourly job keeps it warm. */
export async function directoryIsFresh(
  world: Pick<RetractionWorld, 'store' | 'tenant' | 'providers' | 'now'>,
): Promise<boolean> {
  for (const provider of world.providers.keys()) {
    const listedAt = await directoryListedAt(world.store.db, world.tenant, provider);
    if (!listedAt || world.now().getTime() - listedAt.getTime() > FRESH_MS) return false;
  }
  return true;
}

/** Lists every provider's directory page by page. @throws TemporaryError | PermanentError */
export async function listDirectory(
  world: Pick<RetractionWorld, 'store' | 'tenant' | 'providers' | 'now'>,
): Promise<void> {
  for (const provider of world.providers.values()) {
    const startedAt = world.now();
    for await (const page of provider.listMailboxes()) {
      await rememberMailboxes(world.store.db, world.tenant, page, startedAt);
    }
    await world.store.inTransaction((trx) => finishListing(trx, world.tenant, provider.provider, startedAt));
  }
}

import { directoryListedAt, finishListing, rememberMailboxes } from '../store/directory.ts';
import { addEveryone } from '../store/retraction-mailboxes.ts';
import { unsettledRetractions } from '../store/retractions.ts';
import type { RetractionWorld } from './world.ts';

const FRESH_MS = 3 * 3_600_000;

/** Whether every provider's directory has been listed completely of late; an hourly job keeps it warm. */
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
    let listed = 0;
    for await (const page of provider.listMailboxes()) {
      await rememberMailboxes(world.store.db, world.tenant, page, startedAt);
      listed += page.length;
    }
    // An empty answer is no listing: it would make every mailbox known so far unknown.
    if (listed === 0) continue;
    await world.store.inTransaction((trx) => finishListing(trx, world.tenant, provider.provider, startedAt));
  }
  // Mailboxes that are new since the plan come into scope of what still looks.
  for (const id of await unsettledRetractions(world.store.db)) {
    await addEveryone(world.store.db, id, world.tenant, world.now());
  }
}

import { notify } from '../store/changes.ts';
import { insertCopies, type NewCopy } from '../store/retraction-copies.ts';
import { type FindRecord, recordFinds } from '../store/retraction-mailboxes.ts';
import type { RetractionWorld } from './world.ts';

/** What one mailbox showed: the find, and the copies it is the first to tell of. They stand together or not at all. */
export interface Seen {
  /** null: the find is not over. */
  find: FindRecord | null;
  rows: readonly NewCopy[];
}

/**
 * Writes what the mailboxes of one wave show, one transaction at a time: whatever became ready during the last one goes
 * into the next. A campaign that hits everybody would otherwise queue hundreds of commits before the first move.
 */
export class LedgerWriter {
  private ready: { seen: Seen; done: () => void; failed: (error: unknown) => void }[] = [];
  private writing = false;

  constructor(
    private readonly world: Pick<RetractionWorld, 'store' | 'now'>,
    private readonly retractionId: string,
    private readonly owner: string,
  ) {}

  /** Resolves when it stands in the database, written with others or alone. */
  write(seen: Seen): Promise<void> {
    return new Promise((done, failed) => {
      this.ready.push({ seen, done, failed });
      if (!this.writing) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.ready.length > 0) {
      const batch = this.ready.splice(0);
      const [done, failed] = await this.commit(batch.map(({ seen }) => seen)).then(
        () => [true, null] as const,
        (error: unknown) => [false, error] as const,
      );
      for (const one of batch) done ? one.done() : one.failed(failed);
    }
    this.writing = false;
  }

  private async commit(seen: readonly Seen[]): Promise<void> {
    const { store, now } = this.world;
    const rows = seen.flatMap((one) => one.rows);
    const finds = seen.flatMap(({ find }) => find ?? []);
    await store.inTransaction(async (trx) => {
      await insertCopies(trx, rows);
      await recordFinds(trx, this.retractionId, this.owner, finds, now());
      // The first copies are moved while the rest of the tenant is still being searched.
      if (rows.some((row) => row.state === 'found')) await notify(trx, 'retractions');
    });
  }
}

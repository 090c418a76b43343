import type { Jobs } from '../jobs/queue.ts';
import type { Store } from '../store/database.ts';
import type { Log } from '../submission/world.ts';

/** Everything the learning room is handed. */
export interface LearningWorld {
  /** The organisation's name in our own rows. */
  tenant: string;
  store: Store;
  jobs: Jobs;
  ownDomains(): Promise<string[]>;
  now(): Date;
  log: Log;
}

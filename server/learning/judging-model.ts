import { type LocalTable, loadLocal } from '../analysis/local/table.ts';
import { FEATURES_VERSION } from '../analysis/model/features.ts';
import type { Changes } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { newestChange, weightsOfVersion } from '../store/model-versions.ts';
import type { LearningWorld } from './world.ts';

/** The table that judges in this process. */
export interface JudgingModel {
  /** null: the shipped model alone. */
  local(): LocalTable | null;
  stop(): void;
}

/** A notice arrives within milliseconds; where it was missed, this is how long the old version goes on judging. */
const LOOK_EVERY_MS = 15_000;

/** Follows promotions and rollbacks of every process. A table of another shipped model is not used. */
export async function followModel(
  {
    tenant,
    store,
    changes,
    baseDigest,
    log,
  }: {
    tenant: string;
    store: Store;
    changes: Changes;
    baseDigest: string;
    log: LearningWorld['log'];
  },
  lookEveryMs = LOOK_EVERY_MS,
): Promise<JudgingModel> {
  let local: LocalTable | null = null;
  let version: number | null = null;

  const look = async () => {
    const wanted = (await newestChange(store.db, tenant))?.version ?? null;
    if (wanted === version) return;
    const weights = wanted === null ? null : await weightsOfVersion(store.db, tenant, wanted);
    const table = weights && loadLocal(weights);
    const fits = table !== null && table.baseDigest === baseDigest && table.features === FEATURES_VERSION;
    local = fits ? table : null;
    version = wanted;
    if (table && !fits) log.warn({ version: wanted }, 'the own table was trained beside another model and rests');
    else log.info({ version: wanted }, 'model version in use');
  };
  const tried = () => {
    look().catch((error: unknown) =>
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the model version is not known'),
    );
  };
  await look();
  const off = changes.on('model', tried);
  const timer = setInterval(tried, lookEveryMs);
  timer.unref();
  return {
    local: () => local,
    stop: () => {
      off();
      clearInterval(timer);
    },
  };
}

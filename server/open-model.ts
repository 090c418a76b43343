import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from './analysis/model/model.ts';
import type { Configuration } from './configuration.ts';
import { type Base, type Prepare, prepareCandidate } from './learning/prepare.ts';
import { prepareInThread } from './learning/prepare-in-thread.ts';
import type { Store } from './store/database.ts';

const modelPath = ({ model }: Pick<Configuration, 'model'>, rootDir: string) =>
  model === 'default' || model === 'permissive' ? join(rootDir, `server/analysis/models/${model}.bin`) : model;

/** The shipped model of a configuration. @throws RangeError when the file is no model of this version */
export function openModel(configuration: Pick<Configuration, 'model'>, rootDir: string): Base {
  const bytes = new Uint8Array(readFileSync(modelPath(configuration, rootDir)));
  return { model: loadModel(bytes), digest: createHash('sha256').update(bytes).digest('hex') };
}

/** How versions are trained. @param trainWorker file of the bundled prepare-worker; without it in this thread */
export function openPrepare(
  configuration: Pick<Configuration, 'model'>,
  { rootDir, trainWorker }: { rootDir: string; trainWorker?: string },
  store: Store,
  base: Base,
): Prepare {
  if (!trainWorker) return (asked) => prepareCandidate(store.db, base, asked);
  return prepareInThread(trainWorker, { databaseUrl: store.url, modelPath: modelPath(configuration, rootDir) });
}

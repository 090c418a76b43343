/** A thread that trains and measures one version with a connection of its own, and answers with it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { loadModel } from '../analysis/model/model.ts';
import { openStore } from '../store/database.ts';
import { type Asked, prepareCandidate } from './prepare.ts';

interface Given extends Asked {
  databaseUrl: string;
  modelPath: string;
}

async function answer({ databaseUrl, modelPath, ...asked }: Given): Promise<void> {
  const bytes = new Uint8Array(readFileSync(modelPath));
  const base = { model: loadModel(bytes), digest: createHash('sha256').update(bytes).digest('hex') };
  const store = openStore(databaseUrl, () => {}, 1);
  try {
    parentPort?.postMessage(await prepareCandidate(store.db, base, asked));
  } finally {
    await store.close();
  }
}

// A rejection ends the thread with an error, which the parent hears.
void answer(workerData as Given);

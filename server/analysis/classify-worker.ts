/** A worker thread of `reelback classify`: takes a path, answers a line. */
import { parentPort, workerData } from 'node:worker_threads';
import { classifyFile, readModel } from './classify-one.ts';

interface Given {
  rootDir: string;
  model: string;
  compare: string | null;
}

const given = workerData as Given;
const models = {
  model: readModel(given.rootDir, given.model),
  compare: given.compare === null ? null : readModel(given.rootDir, given.compare),
};
parentPort?.on('message', async ({ id, file }: { id: number; file: string }) => {
  parentPort?.postMessage({ id, line: await classifyFile(file, models) });
});

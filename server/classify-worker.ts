/** A worker thread of `reelback classify`: takes a path or bytes, answers a line. */
import { workerData } from 'node:worker_threads';
import { classifyBytes, classifyFile, readModel } from './analysis/classify-one.ts';
import { type Line, lineOf, type Task } from './analysis/classify-pool.ts';
import { answerTasks } from './analysis/classify-port.ts';
import { codeReader, wasmFileIn } from './lookups/read-codes.ts';

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
const readCodes = codeReader(wasmFileIn(given.rootDir));

answerTasks<Task, Line>(async ({ file, raw, over }) => {
  const look = over === undefined ? { readCodes } : { over };
  return lineOf(await (raw === undefined ? classifyFile(file, models, look) : classifyBytes(file, raw, models, look)));
});

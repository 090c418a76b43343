/** The thread of one execution: it may be stopped at any moment, as Apps Script stops what takes too long. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { askingHost } from './ask.ts';
import type { Execution } from './run-function.ts';
import { runFunction } from './run-function.ts';
import signatures from './signatures.json';
import type { Signatures } from './signatures.ts';

export interface WorkerInput {
  execution: Execution;
  port: MessagePort;
  bell: Int32Array;
}

const { execution, port, bell } = workerData as WorkerInput;
try {
  parentPort?.postMessage({ answer: runFunction(execution, askingHost(port, bell), signatures as Signatures) });
} catch (error) {
  // Thrown in the script's realm, so not instanceof Error.
  const { message } = Object(error) as { message?: unknown };
  parentPort?.postMessage({ error: typeof message === 'string' ? message : String(error) });
}

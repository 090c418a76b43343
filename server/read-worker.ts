/** The worker thread of the server on which reported mails are read: takes bytes, answers a message. */
import { workerData } from 'node:worker_threads';
import { answerTasks } from './analysis/classify-port.ts';
import { codeReader, wasmFileIn } from './lookups/read-codes.ts';
import { type ReadReport, type ReadTask, readReport } from './submission/reader.ts';

const readCodes = codeReader(wasmFileIn((workerData as { rootDir: string }).rootDir));

answerTasks<ReadTask, ReadReport>((task) => readReport(task, readCodes));

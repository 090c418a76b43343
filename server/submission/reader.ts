import { GuardedThread, type Overrun } from '../analysis/classify-thread.ts';
import { type Fingerprint, fingerprintOf } from '../message/fingerprint.ts';
import { type ReadCodes, type Reading, readHead, readMail } from '../message/reading.ts';

/** A mail as it was read, and what its copies are compared with. */
export type ReadReport = Reading & { fingerprint: Fingerprint };

/** What the thread is asked; with `over` only for what the head says. */
export interface ReadTask {
  raw: Uint8Array;
  over?: Overrun['over'];
}

export interface Reader {
  /** Never throws for the mail's sake, and never takes much longer than its deadline. */
  read(raw: Uint8Array): Promise<ReadReport>;
  close(): Promise<void>;
}

/** Ordinary mail takes a millisecond, pictures with codes half a second: what takes this long does not end. */
const DEADLINE_MS = 10_000;
const MEMORY_MB = 256;

/** @param entry the bundled server/read-worker.ts; @param rootDir folder that has node_modules */
export function readerOnThread(
  entry: string,
  rootDir: string,
  limits = { deadlineMs: DEADLINE_MS, memoryMb: MEMORY_MB },
): Reader {
  const thread = new GuardedThread<ReadTask, ReadReport>({ entry, data: { rootDir }, limits });
  return {
    async read(raw) {
      const outcome = await thread.run({ raw });
      if ('answer' in outcome) return outcome.answer;
      const again = await thread.run({ raw, over: outcome.over });
      if ('answer' in again) return again.answer;
      // Not even the head: kept and shown as a mail that cannot be read.
      return readReport({ raw: new Uint8Array(0), over: outcome.over }, null);
    },
    close: () => thread.close(),
  };
}

/** In this thread, without a bound of time: for tests and tools. */
export function readerHere(readCodes: ReadCodes | null): Reader {
  return { read: (raw) => readReport({ raw }, readCodes), close: async () => {} };
}

export async function readReport({ raw, over }: ReadTask, readCodes: ReadCodes | null): Promise<ReadReport> {
  const reading = over === undefined ? await readMail(raw, readCodes, () => performance.now()) : readHead(raw, over);
  return { ...reading, fingerprint: fingerprintOf(reading.message) };
}

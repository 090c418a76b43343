import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareInThread } from '../../server/learning/prepare-in-thread.ts';
import { buildPrepareWorker } from './built-worker.ts';

const asked = { tenant: 'default', version: 1, now: new Date('2026-11-20T09:00:00Z') };
const given = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', modelPath: 'server/analysis/models/default.bin' };

test('a thread that cannot work is a failure that is told, not a wait', async () => {
  const worker = buildPrepareWorker();
  await expect(prepareInThread(worker.file, given)(asked)).rejects.toThrow(/ECONNREFUSED/);
  await expect(prepareInThread(worker.file, { ...given, modelPath: 'no-such.bin' })(asked)).rejects.toThrow(/ENOENT/);
  await expect(prepareInThread(join(tmpdir(), 'no-such-worker.mjs'), given)(asked)).rejects.toThrow();
  worker.remove();
});

test('a thread that grows without end is ended, and this process goes on', async () => {
  const file = join(tmpdir(), `greedy-${process.pid}.mjs`);
  writeFileSync(file, 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length + 0.5));');
  await expect(prepareInThread(file, given, { memoryMb: 32, timeoutMs: 30_000 })(asked)).rejects.toThrow(/memory/);
  writeFileSync(file, 'for (;;);');
  await expect(prepareInThread(file, given, { memoryMb: 32, timeoutMs: 300 })(asked)).rejects.toThrow(/too long/);
  rmSync(file);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyOnWorkers } from '../../server/analysis/classify-pool.ts';
import { GuardedThread } from '../../server/analysis/classify-thread.ts';

let dir: string;
let entry: string;

/** A worker that does what hostile mail makes a parser do, on demand. */
const HOSTILE = `
import { parentPort, workerData } from 'node:worker_threads';
const kept = [];
const works = {
  'regex': () => /^(a+)+$/.test('a'.repeat(40) + 'b'),
  'loop': () => { for (;;); },
  'eat': () => { for (;;) kept.push(new Array(100_000).fill(kept.length)); },
  'end': () => process.exit(3),
  'throw': () => { throw new Error('no mercy'); },
};
parentPort.on('message', ({ tasks }) => {
  const answers = [];
  for (const { id, task } of tasks) {
    Atomics.store(workerData.turn, 0, id);
    const work = works[task.file];
    if (work && !task.over) work();
    answers.push({ id, answer: { file: task.file, over: task.over } });
  }
  parentPort.postMessage({ answers });
});
parentPort.postMessage({ ready: true });
`;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'reelback-thread-'));
  entry = join(dir, 'hostile.mjs');
  writeFileSync(entry, HOSTILE);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const limits = { deadlineMs: 700, memoryMb: 32 };

test.each([
  ['loop', 'time'],
  ['regex', 'time'],
  ['eat', 'memory'],
  ['end', 'crash'],
  ['throw', 'crash'],
])('a task that would %s ends by its %s, and those around it are answered', async (file, over) => {
  const thread = new GuardedThread<{ file: string }, { file: string }>({ entry, data: {}, limits });
  const all = await Promise.all(['before', file, 'behind', 'last'].map((each) => thread.run({ file: each })));
  expect(all).toEqual([
    { answer: { file: 'before' } },
    { over, detail: expect.any(String) },
    { answer: { file: 'behind' } },
    { answer: { file: 'last' } },
  ]);
  await thread.close();
});

test('a thread that cannot start says so instead of being started for ever', async () => {
  const thread = new GuardedThread({ entry: join(dir, 'nowhere.mjs'), data: {}, limits });
  await expect(thread.run({ file: 'x' })).rejects.toThrow(/no thread can be started.*nowhere/s);
});

test('a closed thread fails what waits', async () => {
  const thread = new GuardedThread({ entry, data: {}, limits });
  const waiting = thread.run({ file: 'loop' });
  const failed = expect(waiting).rejects.toThrow('closed');
  await thread.close();
  await failed;
});

test('of a mail that breaks its budget the head is asked for, and every input has its line in order', async () => {
  const pool = { entry, jobs: 2, rootDir: dir, model: '', compare: null, ...limits };
  const inputs = ['a', 'loop', 'b', 'eat', 'c', 'd'].map((file) => ({ file }));
  const lines: unknown[] = [];
  await classifyOnWorkers([...inputs, { file: 'gone', error: 'no such file' }], pool, (line) => lines.push(line));
  expect(lines).toEqual([
    { file: 'a' },
    { file: 'loop', over: 'time' },
    { file: 'b' },
    { file: 'eat', over: 'memory' },
    { file: 'c' },
    { file: 'd' },
    { json: '{"file":"gone","error":"no such file"}', failed: true },
  ]);
});

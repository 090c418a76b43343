import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { classify } from '../../server/analysis/classify-command.ts';
import { type Classified, classifyFile, readModel } from '../../server/analysis/classify-one.ts';
import { classifyOnWorkers } from '../../server/analysis/classify-pool.ts';
import { mailFiles } from '../../server/analysis/mail-files.ts';
import { train } from '../../server/analysis/train-command.ts';
import { writtenMails } from '../../server/analysis/training/written/compose.ts';
import { PermanentError } from '../../shared/errors.ts';
import { compose } from './mail.ts';

const rootDir = join(__dirname, '../..');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'reelback-analysis-'));
  for (const [i, { raw, label }] of writtenMails(160, 11).entries()) {
    mkdirSync(join(dir, label), { recursive: true });
    writeFileSync(join(dir, label, `${String(i).padStart(4, '0')}.eml`), raw);
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function terminal(input = '') {
  const out: string[] = [];
  const err: string[] = [];
  return {
    io: {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => err.push(text) },
      stdin: (async function* () {
        yield Buffer.from(input);
      })(),
      rootDir,
    },
    out: () => out.join(''),
    lines: () =>
      out
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Classified),
  };
}

test('classify --json prints one object a mail in input order, with the fields of the contract', async () => {
  const { io, lines } = terminal();
  expect(
    await classify(['--json', '--jobs', '1', ...['benign', 'malicious', 'spam'].map((label) => join(dir, label))], io),
  ).toBe(0);
  const all = lines();
  expect(all).toHaveLength(160);
  expect(all.map(({ file }) => file)).toEqual([...all.map(({ file }) => file)].sort());
  for (const line of all) {
    expect(Object.keys(line)).toEqual([
      'file',
      'disposition',
      'score',
      'margin',
      'spam_score',
      'findings',
      'attributes',
      'coverage_missing',
      'model',
      'ms',
    ]);
    expect(line.score).toBeCloseTo(1 / (1 + Math.exp(-(line.margin ?? 0))), 12);
  }
});

test('unreadable input is one line with error and status 1, the rest is still judged', async () => {
  const empty = join(dir, 'empty.eml');
  writeFileSync(empty, '');
  const { io, lines } = terminal();
  expect(await classify(['--json', '--jobs', '1', empty, join(dir, 'nowhere.eml'), join(dir, 'benign')], io)).toBe(1);
  const all = lines();
  expect(all[0]).toEqual({ file: empty, error: 'the file is empty' });
  expect(all[1]?.error).toMatch(/no such file/);
  expect(all.slice(2).every((line) => line.disposition !== undefined)).toBe(true);
});

test('classify reads a mail from standard input, and says it in words without --json', async () => {
  const raw = Buffer.from(compose({ from: 'PayPal <x@example.net>', subject: 'Hello' })).toString('latin1');
  const { io, out } = terminal(raw);
  expect(await classify(['-'], io)).toBe(0);
  expect(out()).toMatch(/^-: [A-Z]+ 0\.\d{3}\n/);
  expect(out()).toContain('The sender uses the name of a well-known company');
});

test('worker threads answer the same in input order, and one that cannot start says why', async () => {
  const built = join(rootDir, 'node_modules/.cache/reelback-test');
  const entry = join(built, 'classify-worker.mjs');
  buildSync({
    entryPoints: [join(rootDir, 'server/classify-worker.ts')],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const files = mailFiles(join(dir, 'malicious'));
  const inputs = files.map((file) => ({ file }));
  const pool = { entry, jobs: 2, rootDir, model: 'default', compare: null };
  const lines: Classified[] = [];
  await classifyOnWorkers(inputs, pool, ({ json }) => lines.push(JSON.parse(json)));
  expect(lines.map(({ file }) => file)).toEqual(files);
  const models = { model: readModel(rootDir, 'default'), compare: null };
  for (const line of lines) expect({ ...line, ms: 0 }).toEqual({ ...(await classifyFile(line.file, models)), ms: 0 });
  const broken = { ...pool, model: join(dir, 'nowhere.bin') };
  await expect(classifyOnWorkers(inputs, broken, () => {})).rejects.toThrow('nowhere.bin');
}, 60_000);

test.each([
  [[], /at least one file/],
  [['--jobs', '0', 'x'], /--jobs/],
  [['--colour', 'x'], /colour/],
  [['--model', '/nowhere/model.bin', 'x'], /model/],
])('classify %j is refused as wrong usage', async (argv, text) => {
  const { io } = terminal();
  await expect(classify(argv as string[], io)).rejects.toThrow(text as RegExp);
  await expect(classify(argv as string[], io)).rejects.toBeInstanceOf(PermanentError);
});

test('train writes a model that classify can use and compare with, the same bytes for the same seed', async () => {
  const argv = (out: string) => [
    '--malicious',
    join(dir, 'malicious'),
    '--benign',
    join(dir, 'benign'),
    '--seed',
    '5',
    '--without-written',
    '--name',
    'mine-1',
    '--out',
    join(dir, out),
  ];
  const first = terminal();
  expect(await train(argv('a.bin'), first.io)).toBe(0);
  expect(first.out()).toContain('phish against legitimate, other clusters');
  await train(argv('b.bin'), terminal().io);
  expect(readFileSync(join(dir, 'a.bin')).equals(readFileSync(join(dir, 'b.bin')))).toBe(true);
  const { io, lines } = terminal();
  expect(
    await classify(['--json', '--model', join(dir, 'a.bin'), '--compare', 'default', join(dir, 'malicious')], io),
  ).toBe(0);
  expect(lines()[0]?.model).toBe('mine-1');
  expect(lines()[0]?.compare?.model).toMatch(/^default-/);
}, 120_000);

test.each([
  [['--benign', 'x'], /--out/],
  [['--out', 'x.bin', '--seed', 'soon'], /--seed/],
  [['--out', 'x.bin'], /no readable mail/],
])('train %j is refused as wrong usage', async (argv, text) => {
  await expect(train(argv as string[], terminal().io)).rejects.toThrow(text as RegExp);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagsFor, lureProcess, readableFrom } from '../../server/lookups/lure-process.ts';
import { buildLureWorker } from './built-worker.ts';
import { type Stranger, startStranger } from './stranger.ts';

const rootDir = join(__dirname, '../..');
let dir: string;
let workerFile: string;
let remove: () => void;
beforeAll(() => {
  ({ dir, file: workerFile, remove } = buildLureWorker());
});
afterAll(() => remove());

const page = '<title>Microsoft 365</title><form><input type=password></form>';
const options = (extra: Partial<Parameters<typeof lureProcess>[0]> = {}) => ({
  workerFile,
  readable: readableFrom(rootDir),
  dns: null,
  userAgent: 'Reelback/test',
  budgetMs: 8_000,
  ...extra,
});

/** A worker that runs this instead, with the same flags. */
function impostor(source: string): string {
  const file = join(dir, `impostor-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, source);
  return file;
}

test('a process of its own looks, and tells what it saw in the order of the links', async () => {
  const stranger: Stranger = await startStranger((request, response) => {
    if (request.url === '/inward') response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  try {
    const look = lureProcess(options({ double: { hostname: '127.0.0.1', port: stranger.port } }));
    const links = [
      'https://lure.example/login#a',
      'http://lure.test/inward',
      'http://127.0.0.1/',
      'https://a.example/unsubscribe',
    ];
    const pages = await look(links);
    expect(pages?.map(({ url, failure, secrets }) => [url, failure, secrets])).toEqual([
      [links[0], null, ['password']],
      [links[1], 'blocked_address', []],
      [links[2], 'blocked_address', []],
      [links[3], 'unsubscribe', []],
    ]);
    expect(stranger.asked.sort()).toEqual(['GET lure.example /login', 'GET lure.test /inward']);
  } finally {
    await stranger.stop();
  }
});

test('no links, no process', async () => {
  expect(await lureProcess(options({ workerFile: '/nowhere.mjs' }))([])).toEqual([]);
});

test('the process sees no variable of ours and no file but its own', async () => {
  const secret = join(rootDir, 'package-lock.json');
  const file = impostor(`
    import { readFileSync } from 'node:fs';
    import { spawnSync } from 'node:child_process';
    const seen = Object.keys(process.env);
    for (const act of [() => readFileSync(${JSON.stringify(secret)}), () => spawnSync('id'), () => eval('1')])
      try { act(); seen.push(String(act)); } catch {}
    process.stdout.write(JSON.stringify([{ url: 'https://lure.example/', finalUrl: 'https://lure.example/', failure: null,
      title: seen.join(), names: [], secrets: [], postsTo: [] }]));
  `);
  process.env.REELBACK_TEST_SECRET = 'do not tell';
  try {
    const [seen] = (await lureProcess(options({ workerFile: file }))(['https://lure.example/'])) ?? [];
    expect(seen?.title).toBe('');
  } finally {
    delete process.env.REELBACK_TEST_SECRET;
  }
  expect(flagsFor(options()).join(' ')).toMatch(/--(?:experimental-)?permission .*--allow-fs-read/);
});

test.each([
  ['ends with an error', 'process.exit(1)'],
  ['says nothing', ''],
  ['says no JSON', 'process.stdout.write("hello")'],
  ['says too much', 'process.stdout.write("x".repeat(2_000_000))'],
  [
    'tells of other links',
    `process.stdout.write(JSON.stringify([{ url: 'https://other.example/', finalUrl: null, failure: 'tls', title: '', names: [], secrets: [], postsTo: [] }]))`,
  ],
  [
    'invents words',
    `process.stdout.write(JSON.stringify([{ url: 'https://lure.example/', finalUrl: null, failure: null, title: '', names: [], secrets: ['soul'], postsTo: [] }]))`,
  ],
  ['hangs', 'setInterval(() => {}, 1000)'],
])('a process that %s has seen nothing', async (_, source) => {
  const look = lureProcess(options({ workerFile: impostor(source), budgetMs: 1_500 }));
  const since = Date.now();
  expect(await look(['https://lure.example/'])).toBeNull();
  expect(Date.now() - since).toBeLessThan(10_000);
});

test('a worker that cannot be started has seen nothing', async () => {
  expect(await lureProcess(options({ workerFile: join(dir, 'none.mjs') }))(['https://lure.example/'])).toBeNull();
});

test('two looks at a time and no more: the third mail is judged without', async () => {
  const file = impostor('setTimeout(() => {}, 700)');
  const look = lureProcess(options({ workerFile: file, budgetMs: 1_500 }));
  const both = [look(['https://lure.example/']), look(['https://lure.example/'])];
  const since = Date.now();
  expect(await look(['https://lure.example/'])).toBeNull();
  expect(Date.now() - since).toBeLessThan(600);
  await Promise.all(both);
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Simulator } from '../simulator/simulator.ts';
import { startSimulator } from '../simulator/start.ts';
import { createDatabase, type TestDatabase } from './setup/database.ts';

jest.setTimeout(60_000);

const rootDir = process.cwd();
let folder: string;
let cli: string;
let database: TestDatabase;
let simulator: Simulator;
let microsoft: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(rootDir, 'node_modules', '.cli-'));
  cli = join(folder, 'cli.mjs');
  // Below node_modules, so that it finds the packages, and rootDir above it.
  buildSync({
    entryPoints: ['server/cli.ts'],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    splitting: true,
    outExtension: { '.js': '.mjs' },
  });
  database = await createDatabase();
  simulator = await startSimulator({ seed: 'none' });
  simulator.addMailbox('ana@example.org', {});
  microsoft = {
    REELBACK_MS_TENANT_ID: simulator.tenantId,
    REELBACK_MS_CLIENT_ID: simulator.app.clientId,
    REELBACK_MS_CLIENT_SECRET: simulator.app.clientSecret,
    REELBACK_MS_LOGIN_URL: simulator.loginUrl,
    REELBACK_MS_GRAPH_URL: simulator.graphUrl,
  };
});

afterAll(async () => {
  await simulator?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The environment has nothing of ours but what is given. */
function environment(given: Record<string, string>): NodeJS.ProcessEnv {
  const ours = (name: string) => name.startsWith('REELBACK_');
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name))), ...given };
}

function run(argv: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = start(argv, env);
    const ran = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => (ran.stdout += chunk));
    child.stderr?.on('data', (chunk) => (ran.stderr += chunk));
    child.on('close', (status) => resolve({ status, ...ran }));
  });
}

function start(argv: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [cli, ...argv], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

test('help names every command of the contract, and is what an empty line gets', async () => {
  const { status, stdout } = await run(['help']);
  expect(status).toBe(0);
  for (const name of ['serve', 'classify', 'train', 'doctor', 'manifest', 'migrate', 'simulate']) {
    expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  }
  expect(await run([])).toMatchObject({ status: 0, stdout });
  expect(await run(['serve', '--help'])).toMatchObject({ status: 0, stdout });
});

test.each([
  [['fly']],
  [['constructor']],
  [['serve', '--no-worker', '--worker-only']],
  [['migrate', '--force']],
  [['manifest']],
])('wrong usage %j is one line on stderr and status 2', async (argv) => {
  const { status, stdout, stderr } = await run(argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^reelback: [^\n]+\n$/);
});

test('a wrong variable stops serve with one line that names it, and status 2', async () => {
  const { status, stderr } = await run(['serve'], { REELBACK_PORT: 'eighty' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'reelback: REELBACK_PORT: must be a whole number from 0 to 65535\n',
  });
});

test('a database that cannot be reached ends serve with status 1 and without its password', async () => {
  const { status, stderr, stdout } = await run(['serve'], {
    REELBACK_DATABASE_URL: 'postgres://reelback:hush-hush@127.0.0.1:1/reelback',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^reelback: the database cannot be used \([^\n]*ECONNREFUSED[^\n]*REELBACK_DATABASE_URL[^\n]*\n$/,
  );
  expect(stdout + stderr).not.toContain('hush-hush');
});

test('serve answers until SIGTERM, then ends with status 0', async () => {
  const child = start(['serve'], {
    ...microsoft,
    REELBACK_PORT: '0',
    REELBACK_DATABASE_URL: database.url,
    REELBACK_DNS: 'off',
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      const [, found] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(output)));
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
});

test('migrate says what it applied, and the next time that there is nothing to do', async () => {
  const empty = await createDatabase();
  try {
    const env = { REELBACK_DATABASE_URL: empty.url };
    expect(await run(['migrate'], env)).toEqual({ status: 0, stdout: 'the schema is up to date\n', stderr: '' });
  } finally {
    await empty.drop();
  }
});

test('manifest writes the add-ins of this address', async () => {
  const out = join(folder, 'addins');
  const { status, stdout } = await run(['manifest', '--url', 'https://mail.example.org/', '--out', out]);
  const names = ['manifest.xml', 'gmail-addon/appsscript.json', 'gmail-addon/Code.js'];
  expect({ status, stdout }).toEqual({ status: 0, stdout: names.map((name) => `${out}/${name}\n`).join('') });
  for (const name of names) {
    const text = readFileSync(join(out, name), 'utf8');
    expect(text).not.toMatch(/reelback\.example/);
    expect(text).toContain('"https://mail.example.org');
  }
  for (const url of ['http://mail.example.org', 'https://mail.example.org/path', 'mail']) {
    expect(await run(['manifest', '--url', url, '--out', join(folder, 'no')])).toMatchObject({ status: 2 });
  }
  expect(existsSync(join(folder, 'no'))).toBe(false);
});

describe('doctor', () => {
  interface Answer {
    ok: boolean;
    checks: { name: string; state: string; text: string }[];
  }
  const examine = async (env: Record<string, string>) => {
    const { status, stdout } = await run(['doctor', '--json'], {
      REELBACK_DATABASE_URL: database.url,
      // Nobody listens there.
      REELBACK_PUBLIC_URL: 'https://localhost:1',
      REELBACK_DNS: 'off',
      ...env,
    });
    const answer = JSON.parse(stdout) as Answer;
    expect(status).toBe(answer.ok ? 0 : 1);
    return answer.checks;
  };

  test('finds nothing to fail in a deployment that works', async () => {
    const checks = await examine({ ...microsoft, REELBACK_ADMIN_TOKEN: 'a-token-of-more-than-24-characters' });
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([
      { name: 'manifest', state: 'warn', text: expect.stringContaining('cannot be reached') },
    ]);
    expect(checks.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'mailboxes can be listed',
        expect.stringMatching(/^mailboxes can be searched/),
        'Mail.ReadWrite is granted',
      ]),
    );
  });

  test('names a wrong secret, without saying it', async () => {
    const checks = await examine({ ...microsoft, REELBACK_MS_CLIENT_SECRET: 'not-the-secret' });
    const [failed] = checks.filter(({ state }) => state === 'fail');
    expect(failed?.text).toMatch(/^no token .*secret or certificate/);
    expect(JSON.stringify(checks)).not.toContain('not-the-secret');
  });

  test.each([
    ['User.Read.All', 'fail', /cannot be listed .*User\.Read\.All/],
    ['Mail.ReadWrite', 'fail', /cannot be searched.*Mail\.ReadWrite/],
    ['GroupMember.Read.All', 'warn', /GroupMember\.Read\.All is not in the token/],
  ])('names the permission %s when it is missing', async (role, state, text) => {
    const roles = ['User.Read.All', 'Mail.ReadWrite', 'GroupMember.Read.All'].filter((one) => one !== role);
    const poor = await startSimulator({ seed: 'none', roles });
    poor.addMailbox('ana@example.org', {});
    try {
      const checks = await examine({
        ...microsoft,
        REELBACK_MS_LOGIN_URL: poor.loginUrl,
        REELBACK_MS_GRAPH_URL: poor.graphUrl,
      });
      expect(checks.filter((check) => check.state === state).map((check) => check.text)).toEqual(
        expect.arrayContaining([expect.stringMatching(text)]),
      );
    } finally {
      await poor.stop();
    }
  });

  test('says one line a check, with the remedy for each that is not ok', () => {
    const ran = spawnSync(process.execPath, [cli, 'doctor'], {
      env: environment({
        REELBACK_DATABASE_URL: 'postgres://reelback:hush-hush@127.0.0.1:1/reelback',
        REELBACK_DNS: 'off',
      }),
      encoding: 'utf8',
    });
    expect(ran.status).toBe(1);
    const lines = ran.stdout.trimEnd().split('\n');
    expect(lines.every((line) => /^(ok|warn|fail) {2,4}[a-z0-9 ]+: .+/.test(line))).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/^fail {2}database: .*ECONNREFUSED.*REELBACK_DATABASE_URL/));
    expect(ran.stdout).not.toContain('hush-hush');
  });

  test('reports a wrong variable as its first failure', async () => {
    expect(await examine({ REELBACK_PORT: 'eighty' })).toEqual([
      { name: 'configuration', state: 'fail', text: expect.stringMatching(/^REELBACK_PORT: /) },
    ]);
  });
});

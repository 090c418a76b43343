import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript-5';
import { bundleGmailAddon, forDeployment, placeholderOrigin, writeProject } from '../../bin/gmail-addon.mjs';
import { code, manifest, ORIGIN } from './gmail.ts';

/** What Apps Script may run: the manifest's triggers, what buttons name, and what an administrator runs by hand. */
const entries = [
  'onAskToWithdraw',
  'onCheckAgain',
  'onGmailMessageOpen',
  'onHomepage',
  'onKeepReport',
  'onReport',
  'onSendAgain',
  'onWithdraw',
  'showClientId',
];
/** Has no types. */
interface GasLocal {
  globalMockDefault: Record<string, unknown>;
  require(folder: string, globals: Record<string, unknown>): Record<string, unknown>;
}
const gas = jest.requireActual<GasLocal>('gas-local');
const folder = mkdtempSync(join(tmpdir(), 'reelback-gmail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const topLevelFunctions = (text: string) =>
  ts
    .createSourceFile('Code.js', text, ts.ScriptTarget.ES2020)
    .statements.filter(ts.isFunctionDeclaration)
    .map(({ name }) => name?.text);

/** Names that triggers and buttons use. */
function namedFunctions(text: string): string[] {
  const source = readdirSync('gmail-addon')
    .filter((name) => /\.ts$/.test(name))
    .map((name) => readFileSync(join('gmail-addon', name), 'utf8'))
    .join('\n');
  const buttons = [...source.matchAll(/\brun: '(\w+)'/g)].map(([, name]) => name!);
  const triggers = [...text.matchAll(/"(?:runFunction|onTriggerFunction)": "(\w+)"/g)].map(([, name]) => name!);
  return [...buttons, ...triggers];
}

test('the bundle’s top-level functions are the entries and no others', () => {
  expect(topLevelFunctions(code)).toEqual(entries);
});

test('every function that the manifest or a button names is among them', () => {
  const named = namedFunctions(readFileSync('appsscript.json', 'utf8'));
  expect(new Set(named).size).toBeGreaterThanOrEqual(8);
  for (const name of named) expect(entries).toContain(name);
});

test('building twice gives the same bytes', () => {
  expect(bundleGmailAddon(process.cwd())).toEqual(bundleGmailAddon(process.cwd()));
});

test('it holds nothing that Apps Script does not have', () => {
  const source = ts.createSourceFile('Code.js', code, ts.ScriptTarget.ES2020);
  const absent = new Set(['require', 'process', 'fetch', 'setTimeout', 'setInterval', 'URL', 'TextEncoder', 'window']);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const isName = ts.isIdentifier(node) && absent.has(node.text);
    const isMember = node.parent && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (isName && !isMember) found.push(node.text);
    ts.forEachChild(node, (child) => {
      (child as { parent: ts.Node }).parent = node;
      look(child);
    });
  };
  look(source);
  expect(found).toEqual([]);
  expect(code).not.toMatch(/\bimport\b\s*[({'"]|\bexport\s+[{cfd]/);
});

test('an independent loader finds the functions, and no other global of ours', () => {
  writeProject(forDeployment(bundleGmailAddon(process.cwd()), ORIGIN), folder);
  const before = Object.keys(gas.globalMockDefault);
  const loaded = gas.require(folder, { ...gas.globalMockDefault });
  const own = Object.keys(loaded).filter((name) => !before.includes(name));
  expect(own.filter((name) => typeof loaded[name] === 'function').sort()).toEqual(entries);
  expect(own.filter((name) => typeof loaded[name] !== 'function')).toEqual(['reelback']);
});

test('only two files say the names of Google’s services for cards and for the net', () => {
  const saying = (word: RegExp) =>
    readdirSync('gmail-addon').filter(
      (name) =>
        /\.ts$/.test(name) && word.test(readFileSync(join('gmail-addon', name), 'utf8').replace(/\/\*.*?\*\//gs, '')),
    );
  expect(saying(/\bCardService\./)).toEqual(['card-service.ts']);
  expect(saying(/\bUrlFetchApp\./)).toEqual(['backend.ts']);
});

describe('for a deployment', () => {
  test('its own origin stands everywhere, and the placeholder nowhere', () => {
    expect(code).not.toContain(placeholderOrigin);
    expect(JSON.stringify(manifest)).not.toContain(placeholderOrigin);
    expect(code).toContain(`"${ORIGIN}"`);
    expect(manifest.urlFetchWhitelist).toEqual([`${ORIGIN}/`]);
  });

  test.each(['http://phish.example.org', 'https://phish.example.org/path', 'phish.example.org', ''])(
    '%p is no address of a deployment',
    (origin) => {
      expect(() => forDeployment(bundleGmailAddon(process.cwd()), origin)).toThrow(TypeError);
    },
  );

  test('clasp would push exactly the script and the manifest', () => {
    const args = ['bin/gmail-push.mjs', '--url', ORIGIN, '--script-id', 'a-made-up-script-id', '--dry-run'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).toBe(`project/Code.js, project/appsscript.json for ${ORIGIN}`);
  }, 60_000);

  test('a push that lacks an address or a script says which, with status 2', () => {
    const env = { ...process.env, REELBACK_PUBLIC_URL: '', REELBACK_GOOGLE_SCRIPT_ID: '' };
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['bin/gmail-push.mjs', ...args], { encoding: 'utf8', env });
    expect(run().status).toBe(2);
    expect(run('--url', ORIGIN).stderr).toMatch(/^--script-id is missing/);
    expect(run('--url', 'http://x.test', '--script-id', 'a-made-up-script-id').stderr).toMatch(
      /^the address must be https/,
    );
  });
});

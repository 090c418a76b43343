#!/usr/bin/env node
/**
 * Bundles what runs: dist/server (Node), dist/simulator (Node, and the web mail's browser code), dist/dashboard and
 * dist/outlook-addin (browser), dist/gmail-addon (Apps Script, for the placeholder origin). Does nothing when no source has changed since the last build; `--force` builds anyway.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { bundleGmailAddon, writeProject } from './gmail-addon.mjs';

const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = ['server', 'shared', 'simulator', 'outlook-addin', 'gmail-addon'];
const stampFile = 'dist/.built-from';

/** Node programs: packages stay in node_modules; chunks make `import()` lazy. */
const node = {
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  splitting: true,
  sourcemap: 'linked',
  outExtension: { '.js': '.mjs' },
};
const browser = { platform: 'browser', target: 'es2020', minify: true, sourcemap: 'linked' };

const bundles = [
  {
    ...node,
    entryPoints: {
      cli: 'server/cli.ts',
      embedded: 'server/store/embedded.ts',
      'classify-worker': 'server/classify-worker.ts',
      'read-worker': 'server/read-worker.ts',
      'lure-worker': 'server/lookups/lure-worker.ts',
      'prepare-worker': 'server/learning/prepare-worker.ts',
    },
    outdir: 'server',
  },
  {
    ...node,
    entryPoints: { main: 'simulator/main.ts', 'script-worker': 'simulator/apps-script/script-worker.ts' },
    outdir: 'simulator',
  },
  { ...browser, entryPoints: { app: 'simulator/gmail-page/app.tsx' }, format: 'esm', outdir: 'simulator/gmail-page' },
  {
    ...browser,
    entryPoints: { app: 'simulator/webmail/app.tsx' },
    format: 'esm',
    splitting: true,
    outdir: 'simulator/webmail',
  },
  // What the web mail adds to Microsoft's library while it serves it: each a plain script.
  { ...browser, entryPoints: filesIn('simulator/webmail/library', /\.ts$/), outdir: 'simulator/webmail/library' },
  {
    ...browser,
    entryPoints: { app: 'server/dashboard/app.tsx' },
    format: 'esm',
    splitting: true,
    outdir: 'dashboard',
  },
  // Classic Outlook runs the event handler in an engine of 2019 without a page: one plain script.
  {
    ...browser,
    entryPoints: { spamreporting: 'outlook-addin/spamreporting.ts' },
    format: 'iife',
    target: 'es2019',
    outdir: 'outlook-addin',
  },
  {
    ...browser,
    entryPoints: { pane: 'outlook-addin/pane.tsx' },
    format: 'esm',
    splitting: true,
    outdir: 'outlook-addin',
  },
];

/** Pages, styles and pictures that are served as they are. */
const servedAsIs = /\.(html|css|png|svg|ico|webmanifest|woff2)$/;
const copies = [
  ['server/dashboard', 'dashboard'],
  ['simulator/webmail', 'simulator/webmail'],
  ['simulator/gmail-page', 'simulator/gmail-page'],
  ['outlook-addin', 'outlook-addin'],
];

/**
 * Builds when something changed.
 * @param {{ force?: boolean }} options
 * @returns {number | null} milliseconds it took; null when everything was up to date.
 */
export function build({ force = false } = {}) {
  const started = performance.now();
  const stamp = stampOf();
  if (!force && existsSync(join(rootDir, stampFile)) && readFileSync(join(rootDir, stampFile), 'utf8') === stamp) {
    return null;
  }
  // Made aside and swapped in: a build that fails or is killed leaves the last one whole.
  const unfinished = `.dist-${process.pid}`;
  const failures = [];
  for (const bundle of bundles) {
    const { entryPoints, outdir, ...options } = bundle;
    try {
      buildSync({
        format: 'iife',
        ...options,
        entryPoints: Object.entries(entryPoints).map(([out, source]) => ({ in: source, out })),
        outdir: join(unfinished, outdir),
        bundle: true,
        absWorkingDir: rootDir,
        jsx: 'automatic',
        jsxImportSource: 'preact',
        legalComments: 'none',
        chunkNames: 'chunk-[hash]',
        logLevel: 'warning',
      });
    } catch (error) {
      // esbuild has printed each error with its place.
      failures.push(error);
    }
  }
  try {
    writeProject(bundleGmailAddon(rootDir), join(rootDir, unfinished, 'gmail-addon'));
  } catch (error) {
    failures.push(error);
  }
  for (const [from, to] of copies) copyStatic(from, join(unfinished, to));
  // What could be built is of use, but the next start tries again.
  if (failures.length === 0) writeFileSync(join(rootDir, unfinished, '.built-from'), stamp);
  swap(unfinished);
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${bundles.length} bundles cannot be built: see above`);
  return performance.now() - started;
}

/** Every file that a build reads, by content: a copy of the house with other times needs no other build. */
function stampOf() {
  const hash = createHash('sha256');
  for (const file of [...rooms, 'bin', 'appsscript.json', 'package-lock.json', 'tsconfig.json'].flatMap(filesUnder)) {
    if (!/\.(ts|tsx|mjs|json)$/.test(file) && !servedAsIs.test(file)) continue;
    hash.update(`${file}\n`).update(readFileSync(join(rootDir, file)));
  }
  return hash.digest('hex');
}

/** Another build may do the same at this moment: the later one stays. */
function swap(unfinished) {
  const dist = join(rootDir, 'dist');
  for (let tries = 1; ; tries++) {
    const old = join(rootDir, `${unfinished}-old-${tries}`);
    try {
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(join(rootDir, unfinished), dist);
      return;
    } catch (error) {
      if (tries === 10 || !['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

function copyStatic(from, to) {
  for (const file of filesUnder(from)) {
    if (!servedAsIs.test(file)) continue;
    const target = join(rootDir, to, relative(from, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(rootDir, file), target);
  }
}

function filesUnder(path) {
  const absolute = join(rootDir, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function filesIn(folder, pattern) {
  const names = existsSync(join(rootDir, folder)) ? readdirSync(join(rootDir, folder)) : [];
  const matching = names.filter((name) => pattern.test(name));
  return Object.fromEntries(matching.map((name) => [name.replace(pattern, ''), join(folder, name)]));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const took = build({ force: process.argv.includes('--force') });
  console.log(took === null ? 'built already, nothing has changed' : `built in ${Math.round(took)} ms`);
}

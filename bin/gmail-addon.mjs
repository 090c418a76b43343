/**
 * The Gmail add-on as Apps Script takes it: one plain script whose functions are top-level declarations, and the manifest
 * beside it. Apps Script finds no function that is assigned or exported.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The origin that Code.js and appsscript.json are written with. */
export const placeholderOrigin = 'https://reelback.example';

/**
 * @param {string} rootDir
 * @returns {{ 'Code.js': string, 'appsscript.json': string }} for the placeholder origin; the same bytes every time.
 */
export function bundleGmailAddon(rootDir) {
  const options = {
    absWorkingDir: rootDir,
    entryPoints: ['gmail-addon/main.ts'],
    tsconfig: 'gmail-addon/tsconfig.json',
    bundle: true,
    write: false,
    target: 'es2020',
    platform: 'neutral',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  };
  // The names of an iife's exports are not in its metafile.
  const { metafile } = buildSync({ ...options, format: 'esm', metafile: true, outdir: 'unused' });
  const names = Object.values(metafile.outputs).flatMap((output) => output.exports);
  const { outputFiles } = buildSync({ ...options, format: 'iife', globalName: 'reelback' });
  const globals = names.sort().map((name) => `function ${name}(event) {\n  return reelback.${name}(event);\n}\n`);
  return {
    'Code.js': [outputFiles[0].text, ...globals].join('\n'),
    'appsscript.json': readFileSync(join(rootDir, 'appsscript.json'), 'utf8'),
  };
}

/**
 * The project for one deployment.
 * @param {Record<string, string>} project
 * @param {string} origin such as `https://phish.example.org`: without a path, and https, or Apps Script would refuse it
 * @throws {TypeError} when it is not
 */
export function forDeployment(project, origin) {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url?.protocol !== 'https:' || url.origin !== origin.replace(/\/$/, '')) {
    throw new TypeError(`the address must be https:// and a host name without a path, not ${origin}`);
  }
  const filled = Object.entries(project).map(([name, text]) => [name, text.replaceAll(placeholderOrigin, url.origin)]);
  return Object.fromEntries(filled);
}

/** @param {Record<string, string>} project */
export function writeProject(project, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(project)) writeFileSync(join(folder, name), text);
}

#!/usr/bin/env node
/**
 * `npm start`, `npm test`, `npm run serve`, `npm run bench`, `npm run bench:verdict`: does all the set-up, then the work. Nothing outside Node is
 * imported before the packages are there, and nothing at all before Node is known to be new enough.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Reelback needs Node 20.19 or newer; this is ${process.version}: install a newer one from nodejs.org`);
  process.exit(2);
}

const { dirname } = await import('node:path');
const { fileURLToPath } = await import('node:url');
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(rootDir);

const commands = {
  start: './start.mjs',
  test: './test.mjs',
  bench: './bench.mjs',
  'bench:verdict': './bench-verdict.mjs',
  serve: './serve.mjs',
};
const [command, ...options] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`boot: say one of ${Object.keys(commands).join(', ')}`);
  process.exit(2);
}
const { prepare } = await import('./prepare.mjs');
await prepare(rootDir, (line) => console.error(line));
const { run } = await import(commands[command]);
process.exitCode = await run(options, rootDir);

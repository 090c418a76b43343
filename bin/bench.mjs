/**
 * `npm run bench [-- NAME...]`: runs every test/bench/*.bench.ts, each in a process of its own, prints its table and
 * writes bench-results/NAME.json. A bench exports `name` and `run({ log })`, which answers `{ table, json }`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export async function run(names, rootDir) {
  const folder = join(rootDir, 'test/bench');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.bench.ts')) : [];
  const chosen = files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)));
  if (chosen.length === 0) {
    console.error(`bench: there is none of that name; there are ${files.join(', ')}`);
    return 2;
  }
  const outdir = join(rootDir, 'dist/bench');
  buildSync({
    entryPoints: chosen.map((file) => join(folder, file)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  mkdirSync(join(rootDir, 'bench-results'), { recursive: true });
  let failed = 0;
  for (const file of chosen) {
    const bundle = join(outdir, file.replace(/\.ts$/, '.mjs'));
    const runner = join(rootDir, 'bin/bench-one.mjs');
    const done = spawnSync(process.execPath, ['--expose-gc', runner, bundle], { stdio: 'inherit', cwd: rootDir });
    if (done.status !== 0) failed += 1;
  }
  if (failed > 0) console.error(`bench: ${failed} of ${chosen.length} failed`);
  return failed === 0 ? 0 : 1;
}

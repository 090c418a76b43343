/** `npm run bench:verdict -- DIR`: bundles test/bench/verdict and runs it; bench-one.mjs is for benches without arguments. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export async function run(options, rootDir) {
  const outfile = join(rootDir, 'dist/bench/verdict.mjs');
  buildSync({
    entryPoints: [join(rootDir, 'test/bench/verdict/run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [outfile, ...options], { stdio: 'inherit', cwd: rootDir });
  return status ?? 1;
}

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const rootDir = join(__dirname, '../..');

/** The lure-worker as the build makes it, in a folder of its own below the checkout, where it finds its packages. */
export function buildLureWorker(): { dir: string; file: string; remove(): void } {
  mkdirSync(join(rootDir, 'test-results'), { recursive: true });
  const dir = mkdtempSync(join(rootDir, 'test-results/lure-worker-'));
  const file = join(dir, 'lure-worker.mjs');
  buildSync({
    entryPoints: [join(rootDir, 'server/lookups/lure-worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: file,
    logLevel: 'error',
  });
  return { dir, file, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

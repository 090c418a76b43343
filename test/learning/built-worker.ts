import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const rootDir = join(__dirname, '../..');

/** The prepare-worker as the build makes it, in a folder of its own below the checkout, where it finds its packages. */
export function buildPrepareWorker(): { file: string; remove(): void } {
  mkdirSync(join(rootDir, 'test-results'), { recursive: true });
  const dir = mkdtempSync(join(rootDir, 'test-results/prepare-worker-'));
  const file = join(dir, 'prepare-worker.mjs');
  buildSync({
    entryPoints: [join(rootDir, 'server/learning/prepare-worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: file,
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

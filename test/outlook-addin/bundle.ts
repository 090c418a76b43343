import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The event handler as bin/build.mjs bundles it: one plain script for an engine of 2019. */
export async function handlerBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(process.cwd(), 'outlook-addin/spamreporting.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2019',
    platform: 'browser',
    minify: true,
  });
  return outputFiles[0]!.text;
}

/** The pane as bin/build.mjs bundles it. @returns the folder it lies in */
export async function paneBundle(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'reelback-pane-'));
  await build({
    entryPoints: { pane: join(process.cwd(), 'outlook-addin/pane.tsx') },
    bundle: true,
    outdir,
    format: 'esm',
    splitting: true,
    target: 'es2020',
    platform: 'browser',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'chunk-[hash]',
  });
  return outdir;
}

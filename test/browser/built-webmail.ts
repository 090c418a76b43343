import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const source = join(process.cwd(), 'simulator/webmail');

/** Builds the web mail's page from the sources that are here now into a folder of its own. */
export async function buildWebmail(): Promise<{ assetsDir: string; remove(): void }> {
  const assetsDir = mkdtempSync(join(tmpdir(), 'webmail-'));
  const options = { bundle: true, target: 'es2020', jsx: 'automatic', jsxImportSource: 'preact' } as const;
  const library = ['microsoft-ajax', 'outlook-addition', 'localhost-trust'];
  await Promise.all([
    build({ ...options, entryPoints: [join(source, 'app.tsx')], format: 'esm', outdir: assetsDir }),
    build({
      ...options,
      entryPoints: library.map((name) => join(source, 'library', `${name}.ts`)),
      format: 'iife',
      outdir: join(assetsDir, 'library'),
    }),
  ]);
  for (const name of ['index.html', 'style.css', 'mark.svg']) cpSync(join(source, name), join(assetsDir, name));
  return { assetsDir, remove: () => rmSync(assetsDir, { recursive: true, force: true }) };
}

/** `dist` of the real library. */
export const officeJsDir = join(process.cwd(), 'node_modules/@microsoft/office-js/dist');

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleGmailAddon, writeProject } from '../../bin/gmail-addon.mjs';

export interface BuiltGmailPage {
  assetsDir: string;
  projectDir: string;
  workerFile: string;
  remove(): void;
}

/** Builds the Gmail page, the add-on and the thread it runs in from the sources that are here now. */
export async function buildGmailPage(): Promise<BuiltGmailPage> {
  const folder = mkdtempSync(join(tmpdir(), 'gmail-page-'));
  const [assetsDir, projectDir] = [join(folder, 'page'), join(folder, 'project')];
  const source = join(process.cwd(), 'simulator/gmail-page');
  await Promise.all([
    build({
      entryPoints: [join(source, 'app.tsx')],
      bundle: true,
      target: 'es2020',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      format: 'esm',
      outdir: assetsDir,
    }),
    build({
      entryPoints: [join(process.cwd(), 'simulator/apps-script/script-worker.ts')],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      outfile: join(folder, 'script-worker.mjs'),
    }),
  ]);
  for (const name of ['index.html', 'style.css']) cpSync(join(source, name), join(assetsDir, name));
  writeProject(bundleGmailAddon(process.cwd()), projectDir);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { assetsDir, projectDir, workerFile: join(folder, 'script-worker.mjs'), remove };
}

/** `npm run serve`: the server alone, for real tenants. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { whenNpmEnds } from './when-npm-ends.mjs';

export async function run(options, rootDir) {
  process.argv.splice(2, process.argv.length, 'serve', ...options);
  whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(rootDir, 'dist/server/cli.mjs')).href);
  return process.exitCode;
}

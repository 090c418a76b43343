import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { urlOf } from './environment.ts';

/** Origin that stands in manifest.xml for the deployment's own. */
const placeholder = 'https://reelback.example';

/**
 * `reelback manifest --url https://host [--out DIR]`: the add-in's manifest for a deployment.
 * @throws PermanentError `usage`
 */
export async function manifest(argv: string[], { stdout, rootDir }: CommandIo): Promise<ExitStatus> {
  const { values } = readArguments({
    args: argv,
    options: { url: { type: 'string' }, out: { type: 'string', default: 'addins' } },
  });
  if (values.url === undefined) throw new PermanentError('usage', '--url is missing: the address of your server');
  const origin = urlOf({ '--url': values.url }, '--url', { path: false }) ?? '';
  const source = readFileSync(join(rootDir, 'manifest.xml'), 'utf8');
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const target = join(folder, 'manifest.xml');
  writeFileSync(target, manifestFor(source, origin));
  stdout.write(`${target}\n`);
  return 0;
}

/** @param origin of the deployment, without trailing slash. */
export function manifestFor(source: string, origin: string): string {
  // Only the whole origin: https://reelback.example.org would be another one.
  return source.replaceAll(/https:\/\/reelback\.example(?![\w.-])/g, origin);
}

/** True when nothing of the placeholder is left. */
export function isComplete(manifestText: string): boolean {
  return !new RegExp(`${placeholder.replaceAll('.', '\\.')}(?![\\w.-])`).test(manifestText);
}

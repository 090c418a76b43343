import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { urlOf } from './environment.ts';

/** Origin that stands in manifest.xml for the deployment's own. */
const placeholder = 'https://reelback.example';

/**
 * `reelback manifest --url https://host [--out DIR]`: the Outlook add-in's manifest and the Gmail add-on's project for a
 * deployment.
 * @throws PermanentError `usage`, `configuration` where the build has not made the Gmail add-on
 */
export async function manifest(argv: string[], { stdout, rootDir }: CommandIo): Promise<ExitStatus> {
  const { values } = readArguments({
    args: argv,
    options: { url: { type: 'string' }, out: { type: 'string', default: 'addins' } },
  });
  if (values.url === undefined) throw new PermanentError('usage', '--url is missing: the address of your server');
  const origin = urlOf({ '--url': values.url }, '--url', { path: false }) ?? '';
  const sources = {
    'manifest.xml': join(rootDir, 'manifest.xml'),
    'gmail-addon/appsscript.json': join(rootDir, 'dist/gmail-addon/appsscript.json'),
    'gmail-addon/Code.js': join(rootDir, 'dist/gmail-addon/Code.js'),
  };
  const texts = Object.entries(sources).map(([name, source]) => [name, manifestFor(read(source), origin)] as const);
  const folder = resolve(values.out);
  mkdirSync(join(folder, 'gmail-addon'), { recursive: true });
  for (const [name, text] of texts) {
    writeFileSync(join(folder, name), text);
    stdout.write(`${join(folder, name)}\n`);
  }
  return 0;
}

function read(source: string): string {
  try {
    return readFileSync(source, 'utf8');
  } catch {
    throw new PermanentError('configuration', `${source} is missing: npm run build makes it`);
  }
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

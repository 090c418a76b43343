import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

interface Program {
  executablePath: string;
  /** Folder of its shared libraries, when it brings its own. */
  libraries: string | null;
}

/**
 * A headless Chromium: $CHROME_PATH, else the one that Debian installs, else the one inside @sparticuz/chromium
 * (Linux x64). Web security stays on. The caller closes it.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, libraries } = await findChromium();
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]));
  if (libraries !== null) env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const given = options.args ?? [];
  return chromium.launch({ executablePath, env, ...options, args: [...flags, ...given] });
}

/** Not the defaults of @sparticuz/chromium, which disable web security and hide CSP errors. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** As CHROME_PATH: the one from npm even where one is installed. */
const packaged = '@sparticuz/chromium';

async function findChromium(): Promise<Program> {
  const chosen = process.env.CHROME_PATH || ['/usr/bin/chromium'].find((path) => existsSync(path)) || packaged;
  return chosen === packaged ? unpack() : { executablePath: chosen, libraries: null };
}

/** Unpacked once beside the package; two workers at once do it twice, and one of them wins the rename. */
async function unpack(): Promise<Program> {
  const root = process.cwd();
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  const folder = join(root, 'node_modules/.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}-${randomUUID()}`;
    mkdirSync(unfinished, { recursive: true });
    const script = join(root, 'test/setup/unpack-chromium.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, unfinished]);
    if (relative(unfinished, stdout) !== 'chromium') throw new Error(`@sparticuz/chromium unpacked to ${stdout}`);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return { executablePath: join(folder, 'chromium'), libraries: join(folder, 'al2023/lib') };
}

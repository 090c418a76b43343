/** What every command does first: install what package-lock.json names, build what has changed. Plain Node only. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Has the process id of npm while it installs. */
const runningNote = '.installing';

/**
 * @param {string} rootDir folder that has package-lock.json
 * @param {(line: string) => void} say
 */
export async function prepare(rootDir, say) {
  await install(rootDir, say);
  // Imports esbuild, which may have been installed a moment ago.
  const { build } = await import('./build.mjs');
  try {
    const tookMs = build();
    if (tookMs !== null) say(`built in ${Math.round(tookMs)} ms`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

async function install(rootDir, say) {
  const lockFile = readFileSync(join(rootDir, 'package-lock.json'), 'utf8');
  const marker = join(rootDir, 'node_modules/.reelback-installed');
  const wanted = createHash('sha256').update(lockFile).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  await otherInstall(rootDir, say);
  if (!isInstalled(rootDir, JSON.parse(lockFile))) {
    rmSync(marker, { force: true });
    await runNpm(rootDir, say);
  }
  writeFileSync(marker, wanted);
}

/** Waits for an npm that another start has running in this folder, or left running when it was killed. */
async function otherInstall(rootDir, say) {
  const note = join(rootDir, runningNote);
  const isRunning = () => {
    try {
      return process.kill(Number(readFileSync(note, 'utf8')), 0);
    } catch {
      return false;
    }
  };
  if (isRunning()) say('another start is installing: waiting for it');
  // The number may belong to another program by now, so not for ever.
  for (let tries = 0; tries < 600 && isRunning(); tries++) await new Promise((wake) => setTimeout(wake, 500));
  rmSync(note, { force: true });
}

/** Whether somebody ran npm already: it notes in node_modules what it has put there. */
function isInstalled(rootDir, lock) {
  const note = join(rootDir, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

async function runNpm(rootDir, say) {
  say('installing packages (half a minute to some minutes, once)');
  const started = Date.now();
  // Without a terminal npm is silent until it is done.
  const sign = setInterval(() => say(`still installing (${Math.round((Date.now() - started) / 1000)} s)`), 10_000);
  let code = await ci(rootDir);
  if (code !== 0) {
    // An install that was killed half-way makes the next one fail (ENOTEMPTY).
    say('once more, from an empty node_modules');
    rmSync(join(rootDir, 'node_modules'), { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
    code = await ci(rootDir);
  }
  clearInterval(sign);
  if (code !== 0) {
    say(`npm ci failed (status ${code}): see its message above; it needs the registry once`);
    process.exit(1);
  }
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** @returns npm's exit status */
function ci(rootDir) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  return new Promise((resolve) => {
    // Its standard output is ours to give away: `reelback classify --json` writes there.
    const child = spawn(npm, options, { cwd: rootDir, stdio: ['ignore', process.stderr, 'inherit'] });
    const note = join(rootDir, runningNote);
    if (child.pid !== undefined) writeFileSync(note, String(child.pid));
    child.on('error', () => resolve(127));
    child.on('exit', (code) => {
      rmSync(note, { force: true });
      resolve(code);
    });
  });
}

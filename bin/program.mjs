/** A program of the demo: started, watched, stopped. */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Starts a Node program in a process group of its own: Ctrl-C in the terminal reaches only us, and we stop the programs
 * in order.
 * @param {{ name: string, rootDir: string, args: string[], env?: Record<string, string>, logFile: string }} options
 */
export function startProgram({ name, rootDir, args, env = {}, logFile }) {
  const preload = pathToFileURL(join(rootDir, 'bin/with-parent.mjs')).href;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', preload, ...args], {
    cwd: rootDir,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { mode: 0o600 });
  const firstLine = new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      if (text !== null) text += chunk;
      if (text === null || !text.includes('\n')) return;
      resolve(text.slice(0, text.indexOf('\n')));
      text = null;
    });
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  /** Resolves with the reason when the program has ended. */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `status ${code}`));
  });
  return {
    name,
    firstLine,
    ended,
    /** Asks it to stop and waits; after 30 s it is killed. */
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await ended;
      clearTimeout(timer);
    },
    lastLines: () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
  };
}

import { join } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { readConfiguration } from './configuration.ts';

/** A stop that takes longer is ended: a service manager would kill us then anyway. */
const stoppedWithinMs = 25_000;

/** `reelback serve [--no-worker | --worker-only]`: runs until SIGINT or SIGTERM. */
export async function serveCommand(argv: string[], { env, rootDir, stderr }: CommandIo): Promise<ExitStatus> {
  const { values } = readArguments({
    args: argv,
    options: { 'no-worker': { type: 'boolean' }, 'worker-only': { type: 'boolean' } },
  });
  if (values['no-worker'] && values['worker-only']) {
    throw new PermanentError('usage', '--no-worker and --worker-only exclude each other');
  }
  const configuration = readConfiguration(env);
  // Heard from the first moment on: a stop during the start is a stop.
  const asked = signalled();
  // A wrong variable should not wait for every room to load.
  const { serve } = await import('./main.ts');
  const server = await serve(configuration, {
    rootDir,
    http: !values['worker-only'],
    worker: !values['no-worker'],
    readWorker: join(rootDir, 'dist/server/read-worker.mjs'),
    trainWorker: join(rootDir, 'dist/server/prepare-worker.mjs'),
    lureWorker: join(rootDir, 'dist/server/lure-worker.mjs'),
  });
  await asked;
  const late = setTimeout(() => {
    stderr.write('reelback: the stop takes too long and is cut short; unfinished work goes on at the next start\n');
    process.exit(1);
  }, stoppedWithinMs);
  late.unref();
  await server.stop();
  clearTimeout(late);
  // All work is done and saved; whatever still holds the process (an idle keep-alive socket) is not worth waiting for.
  setTimeout(() => process.exit(0), 1_000).unref();
  return 0;
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const heard = () => {
      signals += 1;
      if (signals > 1) process.exit(1);
      resolve();
    };
    process.on('SIGINT', heard).on('SIGTERM', heard);
  });
}

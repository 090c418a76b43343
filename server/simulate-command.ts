import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CommandIo, ExitStatus } from './command.ts';

/** `reelback simulate`: the simulator alone, a program of its own that shares no code with the server. */
export async function simulate(argv: string[], { rootDir }: CommandIo): Promise<ExitStatus> {
  const program = join(rootDir, 'dist/simulator/main.mjs');
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...argv], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; a service manager sends SIGTERM to us alone.
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0 ? 0 : code === 2 ? 2 : 1;
}

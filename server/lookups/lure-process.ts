/** Sends a process of its own to look at lures, and believes nothing of what it says but its shape. */
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { LOOK_FAILURES, type LurePage, SECRETS } from '../../shared/lure-page.ts';
import type { LureErrand } from './lure-worker.ts';

export interface LureProcessOptions {
  /** The built worker, `lure-worker.mjs`. */
  workerFile: string;
  /** Folders and files the worker must read to start: the bundle's and the packages'. It can read nothing else. */
  readable: readonly string[];
  dns: string[] | null;
  /** Test double for all named hosts, on this machine. */
  double?: { hostname: string; port: number };
  userAgent: string;
  /** For everything. Default 6 s. */
  budgetMs?: number;
  /** Default 80 and 443. */
  ports?: number[];
}

/** Pages in the order of the links; null when nobody could look. Never rejects, never takes longer than the budget. */
export type LookAtLures = (links: readonly string[]) => Promise<LurePage[] | null>;

const BUDGET_MS = 6_000;
/** Kept of the budget for starting the process and hearing its answer. */
const OVERHEAD_MS = 1_500;
const MAX_PAGE_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 5;
const MAX_ANSWER_BYTES = 512 * 1024;
const MEMORY_MB = 128;
/** A look is slow and mostly waiting; more at a time would tell a sender of many mails that somebody looks. */
const MOST_AT_ONCE = 2;

const text = Type.String({ maxLength: 4_100 });
const Pages = Type.Array(
  Type.Object(
    {
      url: text,
      finalUrl: Type.Union([Type.String({ maxLength: 8_200 }), Type.Null()]),
      failure: Type.Union([Type.Enum([...LOOK_FAILURES]), Type.Null()]),
      title: text,
      names: Type.Array(text, { maxItems: 20 }),
      secrets: Type.Array(Type.Enum([...SECRETS]), { maxItems: SECRETS.length }),
      postsTo: Type.Array(text, { maxItems: 5 }),
    },
    { additionalProperties: false },
  ),
);

export function lureProcess(options: LureProcessOptions): LookAtLures {
  const { budgetMs = BUDGET_MS, ports = [80, 443] } = options;
  let running = 0;
  return async (links) => {
    if (links.length === 0) return [];
    if (running >= MOST_AT_ONCE) return null;
    running++;
    try {
      const linkMs = Math.max(budgetMs - OVERHEAD_MS, 100);
      const { dns, double = null, userAgent } = options;
      const limits = { linkMs, maxBytes: MAX_PAGE_BYTES, maxRedirects: MAX_REDIRECTS, userAgent };
      const answer = await errandOf(options, { links: [...links], ports, dns, double, limits }, budgetMs);
      return answer === null ? null : pagesOf(answer, links);
    } finally {
      running--;
    }
  };
}

/** @returns what the process wrote; null when it failed, said too much or took too long */
async function errandOf(options: LureProcessOptions, errand: LureErrand, budgetMs: number): Promise<string | null> {
  const child = spawn(process.execPath, [...flagsFor(options), options.workerFile], {
    // No secrets, no proxies, no NODE_OPTIONS. Windows cannot open a socket without the one it gets.
    env: process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot },
    cwd: dirname(options.workerFile),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), budgetMs);
  try {
    const written = new Promise<void>((done) => {
      child.stdin.on('error', () => done()).end(JSON.stringify(errand), () => done());
    });
    const [said, ended] = await Promise.all([readAll(child), endOf(child), written]);
    return ended ? said : null;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

async function readAll(child: ChildProcess): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) {
        child.kill('SIGKILL');
        return null;
      }
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function endOf(child: ChildProcess): Promise<boolean> {
  return new Promise((done) => {
    child.once('error', () => done(false)).once('close', (code) => done(code === 0));
  });
}

/** Node's permission model, where there is one: no files but its own code, no processes, no threads; and little memory. */
export function flagsFor({ workerFile, readable }: Pick<LureProcessOptions, 'workerFile' | 'readable'>): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  const folders = [dirname(workerFile), ...readable];
  return [
    `--max-old-space-size=${MEMORY_MB}`,
    '--disallow-code-generation-from-strings',
    '--no-warnings',
    ...(permission ? [permission, ...folders.map((path) => `--allow-fs-read=${path}`)] : []),
    // Later releases close the network, too, unless told.
    ...(permission && known.has('--allow-net') ? ['--allow-net'] : []),
  ];
}

/** Paths under the folder of package.json that the built worker reads. */
export function readableFrom(rootDir: string): string[] {
  return [join(rootDir, 'node_modules'), join(rootDir, 'package.json')];
}

/** Only pages of the links that were asked for count, in their order. */
function pagesOf(answer: string, links: readonly string[]): LurePage[] | null {
  let pages: unknown;
  try {
    pages = JSON.parse(answer);
  } catch {
    return null;
  }
  if (!Value.Check(Pages, pages) || pages.length !== links.length) return null;
  return pages.every((page, i) => page.url === links[i]) ? pages : null;
}

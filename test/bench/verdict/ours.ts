import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Classified } from '../../../server/analysis/classify-one.ts';
import type { Scored } from './figures.ts';
import type { Labelled } from './manifest.ts';

export interface OurRun {
  scored: Scored[];
  unreadable: string[];
  model: string;
  jobs: number;
  /** Of the whole command, start and loading included. */
  seconds: number;
  /** Milliseconds a mail for reading and judging, as each line says: mean, median and 99th percentile. */
  meanMs: number;
  p50Ms: number;
  p99Ms: number;
}

const MOST_NAMED = 5_000;

/** The shipped command on the folders of these mails, as anybody would run it. */
export async function judgeWithOurs(
  rootDir: string,
  mails: readonly Labelled[],
  { model, jobs }: { model: string; jobs: number },
): Promise<OurRun> {
  const wanted = new Map(mails.map((mail) => [mail.file, mail]));
  // A sample is named file by file; beyond that the folders are, for an argument list has an end.
  const inputs =
    mails.length <= MOST_NAMED
      ? mails.map(({ file }) => file)
      : [...new Set(mails.map(({ file }) => dirname(file)))].sort();
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(rootDir, 'bin/reelback.mjs'), 'classify', '--json', '--model', model, '--jobs', String(jobs), ...inputs],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const scored: Scored[] = [];
  const unreadable: string[] = [];
  const times: number[] = [];
  let name = model;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Classified;
    const mail = wanted.get(line.file);
    if (!mail) continue;
    if (line.error !== undefined || line.disposition === undefined) {
      unreadable.push(`${line.file}: ${line.error ?? 'no answer'}`);
      continue;
    }
    name = line.model ?? name;
    times.push(line.ms ?? 0);
    scored.push({ mail, phish: line.margin ?? 0, spam: line.spam_score ?? 0, disposition: line.disposition });
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
  return {
    scored,
    unreadable,
    model: name,
    jobs,
    seconds: (performance.now() - started) / 1000,
    meanMs: times.reduce((sum, ms) => sum + ms, 0) / Math.max(1, times.length),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

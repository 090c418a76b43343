/**
 * Hostile mails through `reelback classify` as it is built, each in a process of its own: time for reading and judging, and
 * the largest resident size of the whole process while it did. Also those that REELBACK_TORTURE names (a folder of .eml).
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Classified } from '../../server/analysis/classify-one.ts';
import { hostileMails } from '../message/hostile-mails.ts';

export const name = 'torture: hostile mails through reelback classify';

const MOST_MS = 1_000;
const MOST_MB = 300;
/** Printed by the child when it ends. */
const SAYS_SIZE = `process.on('exit', () => process.stderr.write(' peak ' + process.resourceUsage().maxRSS + ' '));`;

export async function run({ log }: { log: (line: string) => void }) {
  const folder = mkdtempSync(join(tmpdir(), 'reelback-torture-'));
  const preload = join(folder, 'says-size.mjs');
  writeFileSync(preload, SAYS_SIZE);
  const table: Record<string, unknown>[] = [];
  const measure = (title: string, file: string, bytes: number) => {
    const child = spawnSync(
      process.execPath,
      ['--import', preload, 'dist/server/cli.mjs', 'classify', '--json', '--jobs', '1', file],
      { encoding: 'utf8', timeout: 60_000 },
    );
    const line = JSON.parse(child.stdout || '{"error":"no answer"}') as Classified;
    const peakMb = Math.round(Number(/ peak (\d+)/.exec(child.stderr)?.[1] ?? Number.NaN) / 1024);
    const ms = Math.round(line.ms ?? Number.NaN);
    const held = ms < MOST_MS && peakMb < MOST_MB;
    const missing = (line.coverage_missing ?? []).filter((word) => !ALWAYS.has(word)).join(' ');
    const verdict = line.disposition ?? line.error;
    table.push({ mail: title, MB: (bytes / 1e6).toFixed(1), ms, 'peak MB': peakMb, verdict, missing, held });
  };
  try {
    for (const [title, make] of Object.entries(hostileMails())) {
      const bytes = make();
      const file = join(folder, 'mail.eml');
      writeFileSync(file, bytes);
      measure(title, file, bytes.length);
      log(`${title}: ${JSON.stringify(table.at(-1))}`);
    }
    const more = process.env.REELBACK_TORTURE;
    for (const each of more ? readdirSync(more) : []) measure(each, join(more as string, each), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const broken = table.filter(({ held }) => held !== true).length;
  log(`${table.length - broken} of ${table.length} within ${MOST_MS} ms and ${MOST_MB} MB`);
  return { table, json: { broken, rows: table } };
}

/** What classify, offline, never looks at. */
const ALWAYS = new Set(['campaign', 'crawl', 'dns', 'original_headers', 'rdap']);

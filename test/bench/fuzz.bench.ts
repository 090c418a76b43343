/**
 * Wounded mails through reading, judging and fingerprint, for REELBACK_FUZZ_SECONDS (60) from seed REELBACK_FUZZ_SEED (1):
 * our fixtures, or the mails of REELBACK_CORPUS. Every wounded mail that breaks something is kept in bench-results/fuzz.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conclude } from '../../server/analysis/conclude.ts';
import { mailFiles } from '../../server/analysis/mail-files.ts';
import { loadModel } from '../../server/analysis/model/model.ts';
import { observe } from '../../server/analysis/observe.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { codeReader, wasmFileIn } from '../../server/lookups/read-codes.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { readMail } from '../../server/message/reading.ts';
import { mutate, seeded } from '../message/mutate.ts';

export const name = 'fuzz: wounded mails';

const MOST_MS = 1_000;
const MOST_MB = 300;

export async function run({ log }: { log: (line: string) => void }) {
  const files = mailFiles(process.env.REELBACK_CORPUS ?? 'test/fixtures/mail');
  const seconds = Number(process.env.REELBACK_FUZZ_SECONDS ?? 60);
  const seed = Number(process.env.REELBACK_FUZZ_SEED ?? 1);
  const random = seeded(seed);
  const any = () => readFileSync(files[Math.floor(random() * files.length)] as string);
  const model = loadModel(new Uint8Array(readFileSync('server/analysis/models/default.bin')));
  const readCodes = codeReader(wasmFileIn('.'));
  const counts = { mails: 0, bytes: 0, crashes: 0, slow: 0 };
  let slowestMs = 0;
  let peakMb = 0;
  const keep = (raw: Buffer, why: string) => {
    mkdirSync('bench-results/fuzz', { recursive: true });
    const file = join('bench-results/fuzz', `${seed}-${counts.mails}.eml`);
    writeFileSync(file, raw);
    log(`${why}: ${file}`);
  };
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const raw = mutate(any(), any(), random);
    counts.mails++;
    counts.bytes += raw.length;
    const started = process.cpuUsage();
    try {
      const { message, unread } = await readMail(raw, readCodes, () => performance.now());
      const seen = observe(message, withoutAuthentication(message), { now: new Date(0), unread });
      if (!Number.isFinite(conclude(seen, { model }).margin)) throw new Error('no finite margin');
      fingerprintOf(message);
    } catch (error) {
      counts.crashes++;
      keep(raw, String(error));
    }
    const { user, system } = process.cpuUsage(started);
    const ms = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, ms);
    if (ms > MOST_MS) {
      counts.slow++;
      keep(raw, `${Math.round(ms)} ms`);
    }
    if (counts.mails % 200 === 0) peakMb = Math.max(peakMb, Math.round(process.memoryUsage().rss / 1e6));
  }
  const held = counts.crashes + counts.slow === 0 && peakMb < MOST_MB;
  const row = { ...counts, 'slowest ms': Math.round(slowestMs), 'peak MB': peakMb, held };
  return { table: [row], json: { seed, seconds, ...row } };
}

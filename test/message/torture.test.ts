/**
 * Hostile messages of up to 10 MB that hang or exhaust common MIME parsers: every one is read, fingerprinted and checked
 * within a second of processor time. Written by a tool beside the checkout; skipped where that is absent.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate } from '../../server/message/authentication.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { readMessage } from '../../server/message/parse.ts';

const tool = join(__dirname, '../../../shared/tools/mime-torture.mjs');
const isThere = existsSync(tool);
if (!isThere) console.log('the tool that writes hostile messages is absent: skipped');

const notFound = async () => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
};

/** Processor time in ms, the best of ten: what other processes, and the collector of a long test run, do meanwhile is not measured. */
function cost(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10 && best > 1_000; i++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

(isThere ? test : test.skip)(
  'hostile messages end within a second',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      execFileSync(process.execPath, [tool, folder]);
      const names = readdirSync(folder);
      expect(names.length).toBeGreaterThan(20);
      const slow: string[] = [];
      for (const name of names) {
        const raw = readFileSync(join(folder, name));
        const reading = cost(() => readMessage(raw));
        const message = readMessage(raw);
        const printing = cost(() => fingerprintOf(message));
        await authenticate(raw, message, { resolve: notFound, trustedAuthservIds: ['microsoft365'], now: new Date() });
        if (reading > 1_000 || printing > 1_000) slow.push(`${name}: read ${reading} ms, fingerprint ${printing} ms`);
        expect(message.text.length).toBeLessThanOrEqual(1_000_000);
        expect(message.html.length).toBeLessThanOrEqual(2_000_000);
      }
      expect(slow).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);

/**
 * `npm run bench:verdict -- DIR [--model NAME] [--jobs N] [--peers] [--train DIR] [--sample N]`: recall, AUC, where each
 * kind of mail ends, and throughput, of the shipped command on a folder with manifest.jsonl; with --peers the filters that
 * are installed on the same mails. Bundled and started by bin/bench-verdict.mjs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { confusionOf, confusionText, rowsOf, rowsText } from './figures.ts';
import { readManifest, sampleOf } from './manifest.ts';
import { judgeWithOurs } from './ours.ts';
import { ratiosText, runPeers } from './peers.ts';

const one = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: one, jobs: one, sample: one, train: one, peers: { type: 'boolean' } },
});
const [dir] = positionals;
if (dir === undefined) {
  console.error('bench:verdict: name a folder with manifest.jsonl');
  process.exit(2);
}
const rootDir = process.cwd();
const jobs = Number(values.jobs ?? availableParallelism());
const most = values.sample === undefined ? Number.POSITIVE_INFINITY : Number(values.sample);
const all = readManifest(resolve(dir));
const mails = Number.isFinite(most) ? sampleOf(all, most) : all;
console.log(`${mails.length} of ${all.length} mails of ${dir}`);

const ours = await judgeWithOurs(rootDir, mails, { model: values.model ?? 'default', jobs });
for (const line of ours.unreadable) console.log(`unreadable: ${line}`);
const rows = rowsOf(ours.scored);
const confusion = confusionOf(ours.scored);
console.log(`\n${ours.model}\n${rowsText(rows)}\n${confusionText(confusion)}`);
console.log(
  `${(1000 / ours.meanMs).toFixed(0)} mails/s a core by the time each line names (p50 ${ours.p50Ms.toFixed(2)} ms, p99 ${ours.p99Ms.toFixed(1)} ms); ` +
    `${(ours.scored.length / ours.seconds).toFixed(0)} mails/s of the whole command with ${jobs} threads (${ours.seconds.toFixed(1)} s)`,
);
console.log('Mail that the model was trained on flatters it: only a folder it has never seen says how good it is.');

const peers = values.peers ? await runPeers(mails, { train: values.train ? resolve(values.train) : null, jobs }) : [];
if (peers.length > 0) console.log(`\n${ratiosText(rows, 1000 / ours.meanMs, peers)}`);

mkdirSync(join(rootDir, 'bench-results'), { recursive: true });
const { scored: _, ...run } = ours;
writeFileSync(
  join(rootDir, 'bench-results/verdict.json'),
  `${JSON.stringify({ at: new Date().toISOString(), cpu: cpus()[0]?.model, node: process.version, mails: mails.length, run, rows, confusion, peers }, null, 2)}\n`,
);
console.log('written: bench-results/verdict.json');

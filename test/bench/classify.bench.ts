/**
 * Mails judged a second: reading the file, parsing, codes in pictures and analysis of every mail, on one core and on all,
 * over our fixtures repeated or, with REELBACK_CORPUS, over mails of that folder. Each core is a thread of its own, so that
 * nothing is shared. In the same run the parser of the postal-mime package alone: a shared machine is as slow for both.
 */

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import PostalMime from 'postal-mime';
import { analyse, loadModel } from '../../server/analysis/analyse.ts';
import { mailFiles } from '../../server/analysis/mail-files.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { codeReader, wasmFileIn } from '../../server/lookups/read-codes.ts';
import { readMail } from '../../server/message/reading.ts';

export const name = 'classify: mails judged a second';

const MOST_FILES = 4000;
const WARM_UP = 600;
/** Repetitions of the fixtures, so that a run lasts seconds. */
const REPEAT_FIXTURES = 100;

interface Measured {
  mails: number;
  seconds: number;
  /** Of the processor, all threads of the process: what others do on the machine meanwhile is not counted. */
  processorSeconds: number;
  parseUs: number;
  analyseUs: number;
  p50Ms: number;
  p99Ms: number;
  rssMb: number;
}

async function judge(files: readonly string[]): Promise<Measured> {
  const model = loadModel(new Uint8Array(readFileSync('server/analysis/models/default.bin')));
  const readCodes = codeReader(wasmFileIn('.'));
  const now = new Date();
  const one = async (file: string) => {
    const started = performance.now();
    const { message, unread } = await readMail(readFileSync(file), readCodes, () => performance.now());
    const parsed = performance.now();
    analyse(message, withoutAuthentication(message), { model, now, unread });
    return { parse: parsed - started, analyse: performance.now() - parsed };
  };
  for (let i = 0; i < WARM_UP; i++) await one(files[i % files.length] as string);
  const times: number[] = [];
  let parse = 0;
  let analysed = 0;
  const started = performance.now();
  const used = process.cpuUsage();
  for (const file of files) {
    const spent = await one(file);
    parse += spent.parse;
    analysed += spent.analyse;
    times.push(spent.parse + spent.analyse);
  }
  const seconds = (performance.now() - started) / 1000;
  const processorSeconds = processorSecondsSince(used);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
  const us = (ms: number) => Math.round((1000 * ms) / files.length);
  const rssMb = Math.round(process.memoryUsage().rss / (1 << 20));
  return {
    mails: files.length,
    seconds,
    processorSeconds,
    parseUs: us(parse),
    analyseUs: us(analysed),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    rssMb,
  };
}

if (!isMainThread && (workerData as { bench?: string } | null)?.bench === name)
  void judge((workerData as { files: string[] }).files).then((measured) => parentPort!.postMessage(measured));

function onThread(entry: string, files: readonly string[]): Promise<Measured> {
  return new Promise((done, reject) => {
    const worker = new Worker(entry, { workerData: { bench: name, files } });
    worker.once('message', (measured: Measured) => {
      done(measured);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

export async function run({ log }: { log: (line: string) => void }) {
  const corpus = process.env.REELBACK_CORPUS;
  const fixtures = mailFiles(join('test/fixtures/mail'));
  const files = corpus
    ? spread(mailFiles(corpus), MOST_FILES)
    : Array.from({ length: REPEAT_FIXTURES }, () => fixtures).flat();
  log(`${files.length} mails from ${corpus ? 'the corpus' : 'our fixtures'}`);
  const single = await judge(files);
  const postal = await parseAlone(files);
  const cores = availableParallelism();
  const entry = resolve('dist/bench/classify.bench.mjs');
  const started = performance.now();
  const shares = await Promise.all(
    Array.from({ length: cores }, (_, core) =>
      onThread(
        entry,
        files.filter((_, i) => i % cores === core),
      ),
    ),
  );
  log(`all cores: ${((performance.now() - started) / 1000).toFixed(1)} s with warm-up`);
  const rows = [
    ['one core (processor time)', single.mails / single.processorSeconds, single],
    [`${cores} cores`, shares.reduce((sum, each) => sum + each.mails / each.seconds, 0), shares[0]!],
  ] as const;
  const table = rows.map(([title, rate, m]) => ({
    '': title,
    'mails/s': Math.round(rate),
    'parse us': m.parseUs,
    'analyse us': m.analyseUs,
    'p50 ms': m.p50Ms.toFixed(2),
    'p99 ms': m.p99Ms.toFixed(1),
    'rss MB': m.rssMb,
  }));
  const ratio = single.mails / single.processorSeconds / postal;
  log(
    `postal-mime, parsing alone: ${Math.round(postal)} mails a processor second; reading and judging is ${ratio.toFixed(2)} times as fast`,
  );
  return {
    table,
    json: { postal, ratio, corpus: Boolean(corpus), rows: rows.map(([title, rate, m]) => ({ title, rate, ...m })) },
  };
}

/** Mails a processor second of the other parser, which judges nothing. */
async function parseAlone(files: readonly string[]): Promise<number> {
  const parse = async (file: string) => PostalMime.parse(readFileSync(file));
  for (let i = 0; i < WARM_UP; i++) await parse(files[i % files.length] as string);
  const used = process.cpuUsage();
  for (const file of files) await parse(file);
  return files.length / processorSecondsSince(used);
}

function processorSecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Every n-th file, so that each folder has its share. */
function spread(files: readonly string[], most: number): string[] {
  const step = Math.max(1, Math.floor(files.length / most));
  return files.filter((_, i) => i % step === 0).slice(0, most);
}

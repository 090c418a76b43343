/** Runs one bundled bench (first argument) and writes its result below the working folder. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const file = process.argv[2];
const { name, run } = await import(pathToFileURL(file).href);
console.log(`\n${name}`);
const started = performance.now();
const { table, json } = await run({ log: (line) => console.error(line) });
console.table(table);
const [cpu] = cpus();
const result = {
  name,
  at: new Date().toISOString(),
  seconds: Math.round((performance.now() - started) / 100) / 10,
  machine: {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpu?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  },
  table,
  result: json,
};
const target = join('bench-results', basename(file).replace(/\.bench\.mjs$/, '.json'));
writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(`written: ${target}`);
// A bench may leave connections and timers behind.
process.exit(0);

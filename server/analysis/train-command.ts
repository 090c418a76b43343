import { readFileSync, writeFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseMessage } from '../message/parse.ts';
import { type CommandIo, usage } from './command-io.ts';
import { mailFiles } from './mail-files.ts';
import { fitModel } from './model/fit.ts';
import { HELD_OUT_STEPS, heldOut } from './model/held-out.ts';
import { saveModel } from './model/model.ts';
import type { Sample } from './model/sample.ts';
import { observe } from './observe.ts';
import { progressBar } from './progress-bar.ts';
import { dispositionsText, reliabilityText, report, reportText } from './training/report.ts';
import { writtenMails } from './training/written/compose.ts';
import { withoutAuthentication } from './unauthenticated.ts';

const LABELS = ['malicious', 'spam', 'benign'] as const;

/**
 * `reelback train`: reads labelled mail, measures on held-out clusters and sources, writes the model file.
 * @returns 0, or 1 when some mail could not be read
 * @throws PermanentError `usage`
 */
export async function train(argv: string[], io: CommandIo): Promise<0 | 1> {
  const options = readOptions(argv);
  const facts = options.manifest ? readManifest(options.manifest) : new Map<string, Facts>();
  const files = LABELS.flatMap((label) =>
    options[label].flatMap((dir) => mailFiles(dir).map((file) => ({ label, file }))),
  );
  const samples: Sample[] = [];
  let unreadable = 0;
  const reading = progressBar(io.stderr, 'reading ', files.length);
  for (const { label, file } of files) {
    reading.step();
    try {
      samples.push(await sampleOf(file, label, facts));
    } catch (error) {
      unreadable++;
      io.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  reading.end();
  for (const label of ['malicious', 'benign'] as const)
    if (!samples.some((sample) => sample.label === label)) throw usage(`train: no readable mail under --${label}`);
  if (options.written) samples.push(...(await writtenSamples(options.seed)));
  const training = progressBar(io.stderr, 'training', HELD_OUT_STEPS + 2);
  const held = heldOut(samples, options.seed, training.step);
  const model = fitModel(samples, held, options.seed, options.name, training.step);
  training.end();
  const rows = report(held);
  const metrics = Object.fromEntries(rows.map((row) => [row.slice, Math.round(row.recall[0] * 1000) / 1000]));
  const bytes = saveModel({ ...model, card: { ...model.card, metrics } });
  writeFileSync(options.out, bytes);
  io.stdout.write(
    `${reportText(rows)}\n${dispositionsText(held, model.platt)}\n${reliabilityText(held, model.platt)}\n`,
  );
  io.stdout.write(`${options.out}: ${model.name}, ${bytes.length} bytes, ${samples.length} mails\n`);
  return unreadable === 0 ? 0 : 1;
}

interface Options {
  malicious: string[];
  spam: string[];
  benign: string[];
  manifest: string | null;
  seed: number;
  out: string;
  name: string;
  /** Learn from the mails written for training too. */
  written: boolean;
}

function readOptions(argv: string[]): Options {
  // `--benign a b` means two directories: parseArgs takes one value a flag, so what follows a flag is given to it here.
  const spread: string[] = [];
  let flag = '';
  for (const word of argv) {
    if (word.startsWith('--')) {
      flag = word;
      spread.push(word);
    } else if (LABELS.some((label) => flag === `--${label}`) && spread.at(-1) !== flag) spread.push(flag, word);
    else spread.push(word);
  }
  const many = { type: 'string', multiple: true } as const;
  const one = { type: 'string' } as const;
  const values = parse(() =>
    parseArgs({
      args: spread,
      options: {
        malicious: many,
        spam: many,
        benign: many,
        manifest: one,
        seed: one,
        out: one,
        name: one,
        'without-written': { type: 'boolean' },
      },
    }),
  ).values;
  if (!values.out) throw usage('train: --out FILE is missing');
  const seed = Number(values.seed ?? 1);
  if (!Number.isInteger(seed) || seed < 0) throw usage('train: --seed takes a whole number');
  return {
    malicious: values.malicious ?? [],
    spam: values.spam ?? [],
    benign: values.benign ?? [],
    manifest: values.manifest ?? null,
    seed,
    out: values.out,
    written: !values['without-written'],
    name: values.name ?? basename(values.out).replace(/\.bin$/, ''),
  };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw usage(`train: ${String((error as Error).message).split('. ')[0]}`);
  }
}

interface Facts {
  cluster: string;
  source: string;
  sub: string;
  year: string;
  language: string;
}

/** One JSON object a line with `file` relative to the manifest; lines that are none are passed over. */
function readManifest(path: string): Map<string, Facts> {
  const facts = new Map<string, Facts>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    const word = (name: string) => (row[name] === undefined ? '' : String(row[name]));
    facts.set(resolve(path, '..', word('file')), {
      cluster: word('cluster'),
      source: word('source'),
      sub: word('sub'),
      year: word('year'),
      language: word('lang'),
    });
  }
  return facts;
}

/** How many mails are written for training; more of the same hand teach nothing new. */
const WRITTEN = 3600;

async function writtenSamples(seed: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { raw, label, language } of writtenMails(WRITTEN, seed)) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    const seen = observe(message, withoutAuthentication(message), { now: message.date ?? new Date(0) });
    const rest = { cluster: message.sha256, source: 'written', sub: 'written', year: '', language, written: true };
    samples.push({ file: '', label, seen, ...rest });
  }
  return samples;
}

async function sampleOf(file: string, label: Sample['label'], facts: ReadonlyMap<string, Facts>): Promise<Sample> {
  const message = await parseMessage(new Uint8Array(readFileSync(file)));
  const known = facts.get(resolve(file));
  return {
    file: relative('.', file),
    label,
    seen: observe(message, withoutAuthentication(message), { now: message.date ?? new Date(0) }),
    cluster: known?.cluster || message.sha256,
    source: known?.source || resolve(file, '..'),
    sub: known?.sub ?? '',
    year: known?.year ?? '',
    language: known?.language ?? '',
    written: false,
  };
}

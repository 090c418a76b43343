import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandIo, usage } from './command-io.ts';
import { mailFiles } from './mail-files.ts';
import { fitModel } from './model/fit.ts';
import { HELD_OUT_STEPS, heldOut } from './model/held-out.ts';
import { saveModel } from './model/model.ts';
import type { Sample } from './model/sample.ts';
import { progressBar } from './progress-bar.ts';
import { ablationText } from './training/ablation.ts';
import { linesText } from './training/lines.ts';
import { dispositionsText, reliabilityText, report, reportText } from './training/report.ts';
import {
  type Facts,
  fraudAsSuch,
  originalSamples,
  readManifest,
  sampleOf,
  writtenSamples,
} from './training/samples.ts';

const LABELS = ['malicious', 'spam', 'benign'] as const;
const MANY = [...LABELS, 'unseen', 'reports'] as const;

/**
 * `reelback train`: reads labelled mail, measures on held-out clusters and sources, writes the model file.
 * @returns 0, or 1 when some mail could not be read
 * @throws PermanentError `usage`
 */
export async function train(argv: string[], io: CommandIo): Promise<0 | 1> {
  const options = readOptions(argv);
  const facts = options.manifest
    ? readManifest(options.manifest, readFileSync(options.manifest, 'utf8'))
    : new Map<string, Facts>();
  const files = [
    ...LABELS.flatMap((label) =>
      filesOf(options[label]).map((file) => ({ file, read: { label, role: 'both' } as const })),
    ),
    ...filesOf(options.unseen).map((file) => ({ file, read: { label: 'malicious', role: 'measured' } as const })),
    ...filesOf(options.reports).map((file) => ({ file, read: null })),
  ];
  let samples: Sample[] = [];
  let unreadable = 0;
  const reading = progressBar(io.stderr, 'reading ', files.length);
  for (const { file, read } of files) {
    reading.step();
    try {
      const raw = new Uint8Array(readFileSync(file));
      if (read === null) samples.push(...(await originalSamples(file, raw)));
      else samples.push(await sampleOf(file, raw, read, facts));
    } catch (error) {
      unreadable++;
      io.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  reading.end();
  for (const label of ['malicious', 'benign'] as const)
    if (!samples.some((sample) => sample.label === label)) throw usage(`train: no readable mail under --${label}`);
  if (options.fraud) samples = samples.map(fraudAsSuch);
  if (options.written) samples.push(...(await writtenSamples(options.seed)));
  const training = progressBar(io.stderr, 'training', HELD_OUT_STEPS + 1);
  const held = heldOut(samples, options.seed, training.step);
  const model = fitModel(samples, held, options.seed, options.name, training.step);
  training.end();
  const rows = report(held);
  const metrics = Object.fromEntries(rows.map((row) => [row.slice, Math.round(row.recall[0] * 1000) / 1000]));
  const bytes = saveModel({ ...model, card: { ...model.card, metrics } });
  writeFileSync(options.out, bytes);
  io.stdout.write(
    `${reportText(rows)}\n${dispositionsText(held, model.platt)}\n${reliabilityText(held, model.platt)}\n${ablationText(held)}\n${linesText(held, model.platt)}\n`,
  );
  io.stdout.write(`${options.out}: ${model.name}, ${bytes.length} bytes, ${samples.length} mails\n`);
  return unreadable === 0 ? 0 : 1;
}

interface Options {
  malicious: string[];
  spam: string[];
  benign: string[];
  /** Phishing to measure with that training never sees: another source's. */
  unseen: string[];
  /** Reports of phishing: the mails they carry are learnt. */
  reports: string[];
  /** Learn fraud among the spam as phishing. */
  fraud: boolean;
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
    } else if (MANY.some((name) => flag === `--${name}`) && spread.at(-1) !== flag) spread.push(flag, word);
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
        unseen: many,
        reports: many,
        'fraud-in-spam': { type: 'boolean' },
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
    unseen: values.unseen ?? [],
    reports: values.reports ?? [],
    fraud: values['fraud-in-spam'] ?? false,
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

function filesOf(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => mailFiles(folder));
}

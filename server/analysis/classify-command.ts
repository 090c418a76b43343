import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Classified, classifyBytes, classifyFile, type Models, readModel } from './classify-one.ts';
import { classifyOnWorkers, type Line, lineOf } from './classify-pool.ts';
import { type CommandIo, usage } from './command-io.ts';
import { mailFiles } from './mail-files.ts';
import { progressBar } from './progress-bar.ts';

/**
 * `reelback classify`: judges .eml files offline with the shipped model.
 * @returns 0, or 1 when some input was unreadable
 * @throws PermanentError `usage`
 */
export async function classify(argv: string[], io: CommandIo): Promise<0 | 1> {
  const options = readOptions(argv, io);
  const models = readModels(options, io);
  const inputs = options.paths.flatMap((path) => expand(path));
  const bar = progressBar(io.stderr, 'judging', inputs.length);
  let failed = false;
  let judged = 0;
  const changes = new Map<string, number>();
  const show = ({ json, failed: unreadable }: Line) => {
    bar.step();
    if (unreadable) failed = true;
    else judged++;
    const line = options.json && options.compare === null ? null : (JSON.parse(json) as Classified);
    if (line?.compare?.changed) {
      const change = `${line.disposition} to ${line.compare.disposition}`;
      changes.set(change, (changes.get(change) ?? 0) + 1);
    }
    io.stdout.write(options.json || line === null ? `${json}\n` : plain(line));
  };
  if (io.classifyEntry !== undefined && existsSync(io.classifyEntry)) {
    const { jobs, model, compare } = options;
    const pool = { entry: io.classifyEntry, jobs, rootDir: io.rootDir, model, compare };
    const given = inputs.map(async (input) =>
      input.file === '-' ? { file: '-', raw: await readAll(io.stdin) } : input,
    );
    await classifyOnWorkers(await Promise.all(given), pool, show);
  } else
    for (const { file, error } of inputs) {
      if (error !== undefined) show(lineOf({ file, error }));
      else if (file === '-') show(lineOf(await classifyBytes('-', await readAll(io.stdin), models)));
      else show(lineOf(await classifyFile(file, models)));
    }
  bar.end();
  if (options.compare !== null) io.stderr.write(changesText(judged, changes));
  return failed ? 1 : 0;
}

interface Options {
  paths: string[];
  json: boolean;
  model: string;
  compare: string | null;
  jobs: number;
}

function readOptions(argv: string[], io: CommandIo): Options {
  const one = { type: 'string' } as const;
  let parsed: ReturnType<typeof parseClassify>;
  const parseClassify = () =>
    parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, model: one, compare: one, jobs: one },
    });
  try {
    parsed = parseClassify();
  } catch (error) {
    throw usage(`classify: ${String((error as Error).message).split('. ')[0]}`);
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) throw usage('classify: name at least one file, directory or - (standard input)');
  const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw usage('classify: --jobs takes a whole number from 1 on');
  return {
    paths: positionals,
    json: values.json ?? false,
    model: values.model ?? io.env?.REELBACK_MODEL ?? 'default',
    compare: values.compare ?? null,
    jobs,
  };
}

function readModels({ model, compare }: Options, io: CommandIo): Models {
  const read = (name: string) => {
    try {
      return readModel(io.rootDir, name);
    } catch (error) {
      const why = error instanceof RangeError ? error.message : 'there is no such model';
      throw usage(
        `classify: model ${JSON.stringify(name)}: ${why}; name default, permissive or the path of a trained model`,
      );
    }
  };
  return { model: read(model), compare: compare === null ? null : read(compare) };
}

function expand(path: string): { file: string; error?: string }[] {
  if (path === '-') return [{ file: '-' }];
  try {
    return mailFiles(path).map((file) => ({ file }));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return [
      { file: path, error: code === 'ENOENT' ? 'no such file or directory' : `cannot be read (${code ?? 'unknown'})` },
    ];
  }
}

async function readAll(stdin: CommandIo['stdin']): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** For people: one line a mail, then its strongest reasons. */
function plain(line: Classified): string {
  if (line.error !== undefined) return `${line.file}: error: ${line.error}\n`;
  const score = (line.score ?? 0).toFixed(3);
  const { compare } = line;
  const compared = compare ? `  ${compare.model}: ${compare.disposition} ${compare.score.toFixed(3)}` : '';
  const because = (compare?.because ?? [])
    .slice(0, 5)
    .map(({ what, from, to }) => `    ${what}: ${shown(from)} to ${shown(to)}\n`);
  const reasons = (line.findings ?? [])
    .filter((finding) => finding.severity !== 'info')
    .slice(0, 3)
    .map((finding) => `    ${finding.severity.padEnd(8)} ${finding.text} [${finding.evidence}]\n`);
  return `${line.file}: ${line.disposition} ${score}${compared}\n${[...because, ...reasons].join('')}`;
}

const shown = (value: string | number | boolean | null) =>
  typeof value === 'number' ? value.toFixed(2) : value === null || value === '' ? 'none' : String(value);

/** Which dispositions became which others, the most frequent first. */
function changesText(judged: number, changes: ReadonlyMap<string, number>): string {
  const total = [...changes.values()].reduce((sum, n) => sum + n, 0);
  const lines = [...changes].sort((a, b) => b[1] - a[1]).map(([change, n]) => `  ${change}: ${n}\n`);
  return `${total} of ${judged} dispositions changed\n${lines.join('')}`;
}

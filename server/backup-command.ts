import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { PermanentError } from '../shared/errors.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { readConfiguration } from './configuration.ts';
import { migrationsOf, openDatabaseAsItIs } from './open-database.ts';
import { writeBackup } from './store/backup.ts';
import { readBackup } from './store/restore.ts';

/** `reelback backup FILE`: everything there is, while servers go on working. */
export async function backupCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const file = fileOf(readArguments({ args: argv, options: {}, allowPositionals: true }).positionals, 'backup FILE');
  if (existsSync(file)) throw new PermanentError('usage', `${file} is there already: name another file`);
  const database = await openDatabaseAsItIs(readConfiguration(env), rootDir, (line) => stderr.write(`${line}\n`));
  const unfinished = `${file}.part`;
  try {
    // Messages of people are in it.
    const out = createWriteStream(unfinished, { mode: 0o600 });
    const zip = createGzip({ level: 1 });
    const written = pipeline(zip, out);
    written.catch(() => {});
    const rows = await Promise.race([writeBackup(database.url, zip, new Date()), written.then(() => null)]);
    zip.end();
    await written;
    await finished(out);
    renameSync(unfinished, file);
    const total = [...(rows?.values() ?? [])].reduce((sum, n) => sum + n, 0);
    stdout.write(`${file}: ${total} rows of ${rows?.size ?? 0} tables\n`);
    return 0;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    await database.close();
  }
}

/** `reelback restore FILE [--replace]`: into an empty database, everything or nothing. */
export async function restoreCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const { positionals, values } = readArguments({
    args: argv,
    options: { replace: { type: 'boolean' } },
    allowPositionals: true,
  });
  const file = fileOf(positionals, 'restore FILE [--replace]');
  if (!existsSync(file))
    throw new PermanentError('usage', `${file} is not there: name a file that reelback backup wrote`);
  const say = (line: string) => void stderr.write(`${line}\n`);
  const database = await openDatabaseAsItIs(readConfiguration(env), rootDir, say);
  try {
    const migrations = migrationsOf(rootDir);
    const restored = await readBackup(database.url, createReadStream(file), {
      migrations,
      replace: values.replace === true,
      say,
    });
    stdout.write(`${restored.rows} rows of ${restored.at} are back\n`);
    return 0;
  } finally {
    await database.close();
  }
}

function fileOf(positionals: readonly string[], usage: string): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new PermanentError('usage', `reelback ${usage}`);
  return file;
}

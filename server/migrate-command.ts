import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { readConfiguration } from './configuration.ts';
import { openDatabase } from './open-database.ts';

/** `reelback migrate`: brings the schema up to date and says what was applied. */
export async function migrateCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  readArguments({ args: argv, options: {} });
  const database = await openDatabase(readConfiguration(env), rootDir, (line) => stderr.write(`${line}\n`));
  await database.close();
  stdout.write(
    database.applied.length === 0 ? 'the schema is up to date\n' : `applied ${database.applied.join(', ')}\n`,
  );
  return 0;
}

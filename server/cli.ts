import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PermanentError } from '../shared/errors.ts';
import type { CommandIo, ExitStatus } from './command.ts';

const help = `reelback <command>

  serve [--no-worker | --worker-only]   HTTP server and worker, configured by the environment
  classify <file|dir|->... [--json] [--model NAME] [--compare NAME] [--jobs N]
                                        judges .eml files with the shipped model, offline
  train --malicious DIR... --spam DIR... --benign DIR... [--manifest FILE] [--seed N] --out FILE
                                        trains the model from directories of .eml
  doctor [--json]                       checks configuration, database, permissions, manifest
  manifest --url https://host [--out DIR]
                                        writes the Outlook manifest and the Gmail add-on for it
  model list|promote VERSION|rollback [--json]
                                        which version of the model judges
  audit verify [--from POSITION] [--head POSITION:HASH] [--json] | export
                                        whether the audit log is as it was written; the log as JSON lines
  people export ADDRESS --out DIR | erase ADDRESS [--confirm CODE]
                                        one person's data: handed out, or erased
  backup FILE | restore FILE [--replace]
                                        the whole state as one file, of the embedded or any other database
  migrate                               brings the database schema up to date (serve does so too)
  simulate                              the simulated Microsoft 365 alone
  help                                  this text

Exit status: 0 done, 1 the work found failures, 2 wrong usage or configuration.
Settings are environment variables (REELBACK_...); README.md lists them.
`;

type Command = (argv: string[], io: CommandIo) => Promise<number>;

/** Loaded when asked for: a help text needs no database driver. */
const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve-command.ts')).serveCommand,
  classify: async () => {
    const { classify } = await import('./analysis/classify-command.ts');
    return (argv, io) => classify(argv, { ...io, classifyEntry: join(io.rootDir, 'dist/server/classify-worker.mjs') });
  },
  train: async () => (await import('./analysis/train-command.ts')).train,
  doctor: async () => (await import('./doctor.ts')).doctor,
  manifest: async () => (await import('./manifest-command.ts')).manifest,
  model: async () => (await import('./model-command.ts')).modelCommand,
  audit: async () => (await import('./audit-command.ts')).auditCommand,
  people: async () => (await import('./people-command.ts')).peopleCommand,
  backup: async () => (await import('./backup-command.ts')).backupCommand,
  restore: async () => (await import('./backup-command.ts')).restoreCommand,
  migrate: async () => (await import('./migrate-command.ts')).migrateCommand,
  simulate: async () => (await import('./simulate-command.ts')).simulate,
};

async function run([name = 'help', ...argv]: string[], io: CommandIo): Promise<number> {
  if (['help', '--help', '-h'].includes(name) || argv.some((argument) => ['--help', '-h'].includes(argument))) {
    io.stdout.write(help);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.stderr.write(`reelback: there is no command ${JSON.stringify(name)}; reelback help shows what there is\n`);
    return 2;
  }
  try {
    const command = await load();
    return await command(argv, io);
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, { stderr }: CommandIo): ExitStatus {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof PermanentError) {
    stderr.write(`reelback: ${text}\n`);
    return ['usage', 'configuration'].includes(error.code) ? 2 : 1;
  }
  const code = (error as { code?: unknown }).code;
  if (code === 'EADDRINUSE') {
    stderr.write('reelback: the port is in use: stop what listens there or set REELBACK_PORT to another one\n');
    return 2;
  }
  // An error that we did not foresee: its place is worth more than a tidy line.
  stderr.write(`reelback: ${error instanceof Error ? (error.stack ?? text) : text}\n`);
  return 1;
}

/** The nearest folder above that has package.json: this file runs bundled and as it is. */
function rootOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

const { stdin, stdout, stderr, env } = process;
// A reader that goes away (`| head`) ends the output, not with a stack trace.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await run(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  rootDir: rootOf(fileURLToPath(import.meta.url)),
});

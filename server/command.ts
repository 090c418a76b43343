import type { Readable, Writable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PermanentError } from '../shared/errors.ts';
import type { Environment } from './environment.ts';

/** What a command is handed of the world. */
export interface CommandIo {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean };
  stderr: Writable & { isTTY?: boolean };
  /** Folder that has package.json and node_modules. */
  rootDir: string;
  env: Environment;
}

/** 0 done, 1 the work found failures, 2 wrong usage or configuration. */
export type ExitStatus = 0 | 1 | 2;

/**
 * Arguments by the usual rules; unknown ones are refused.
 * @throws PermanentError `usage`
 */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [first = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new PermanentError('usage', `${first}; reelback help shows what there is`);
  }
}

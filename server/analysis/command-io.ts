import { PermanentError } from '../../shared/errors.ts';

/** What classify and train are handed of the world. */
export interface CommandIo {
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  stdin: AsyncIterable<Uint8Array | string>;
  /** Folder that has package.json: the shipped models are found from it. */
  rootDir: string;
  /** File of the bundled worker on whose threads mails are judged, each within its budget; without, all is done here. */
  classifyEntry?: string;
  env?: { readonly [name: string]: string | undefined };
}

/** Said to the person at the keyboard; the command ends with status 2. */
export function usage(text: string): PermanentError {
  return new PermanentError('usage', text);
}

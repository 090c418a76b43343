import { PermanentError } from '../../shared/errors.ts';

/** A CSV of which nothing was imported: what is wrong, line by line. Code `invalid_csv`. */
export class InvalidCsv extends PermanentError {
  constructor(
    message: string,
    /** Lines of the file, counted from 1, the first ones that are wrong. */
    readonly lines: readonly { line: number; detail: string }[] = [],
  ) {
    super('invalid_csv', message);
  }
}

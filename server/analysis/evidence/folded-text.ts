import { normalise } from '../../message/normalise.ts';
import { unmixed } from '../skeleton.ts';

/** The same with its capitals: for showing what was matched in foldText's answer. */
export function unfoldedText(text: string): string {
  return unmixed(normalise(text)).replace(/\s+/g, ' ');
}

/** Lower case, no invisible characters, Latin look-alikes of other alphabets spelled in Latin, single blanks. */
export function foldText(text: string): string {
  return unmixed(normalise(text)).toLowerCase().replace(/\s+/g, ' ');
}

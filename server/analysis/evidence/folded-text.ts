import { normalise } from '../../message/normalise.ts';
import { unmixed } from '../skeleton.ts';

/** The same with its capitals: for showing what was matched in foldText's answer. */
export function unfoldedText(text: string): string {
  return withSingleBlanks(unmixed(normalise(text)));
}

/** Lower case, no invisible characters, Latin look-alikes of other alphabets spelled in Latin, single blanks. */
export function foldText(text: string): string {
  return withSingleBlanks(unmixed(normalise(text)).toLowerCase());
}

/** Only what changes is matched: a blank of its own, as nearly all are, stays where it is. */
function withSingleBlanks(text: string): string {
  return text.replace(/ \s+|[^\S ]\s*/g, ' ');
}

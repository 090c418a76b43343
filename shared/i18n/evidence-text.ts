import type { Finding } from '../verdict.ts';
import { languageOf } from './language.ts';

/** The words that analysis puts around what it quotes; the quotation itself stays as the mail has it. */
const GERMAN: readonly [RegExp, string][] = [
  [/^shows (.+), leads to (.+)$/s, 'zeigt $1, führt zu $2'],
  [/^(.+) imitates (.+)$/s, '$1 ahmt $2 nach'],
  [/^from (.+), answers to (.+)$/s, 'von $1, Antworten an $2'],
  [/^(.+) registered (\d{4}-.+)$/s, '$1, registriert am $2'],
  [/^shares (.+)$/s, 'gemeinsam: $1'],
  [/^(\d+) mails$/, '$1 Nachrichten'],
  [/^this very mail$/, 'genau diese Nachricht'],
  [/^no recipient is named$/, 'kein Empfänger ist genannt'],
  [/^the form has no address$/, 'das Formular nennt kein Ziel'],
  [/^a code in a picture$/, 'ein Code in einem Bild'],
  [/^the mail asks you to scan a picture$/, 'die Nachricht will, dass Sie ein Bild scannen'],
];
const SHARED: readonly [RegExp, string][] = [
  [/\ba link\b/g, 'ein Link'],
  [/\ba sender\b/g, 'ein Absender'],
  [/\ba server\b/g, 'ein Server'],
  [/\ban attachment\b/g, 'ein Anhang'],
];

/**
 * The passage a finding rests on, as a person of this language reads it.
 * @param language BCP 47 tag or Accept-Language field
 */
export function evidenceText({ id, evidence }: Pick<Finding, 'id' | 'evidence'>, language: string): string {
  if (languageOf(language) === 'en') return evidence;
  const found = GERMAN.find(([pattern]) => pattern.test(evidence));
  const text = found ? evidence.replace(found[0], found[1]) : evidence;
  return id === 'campaign.confirmed' ? SHARED.reduce((said, [words, ours]) => said.replace(words, ours), text) : text;
}

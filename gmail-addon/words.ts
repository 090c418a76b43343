import type { Language } from '../shared/i18n/language.ts';
import type { GMAIL_TROUBLES } from './trouble.ts';
import { wordsDe } from './words-de.ts';
import { wordsEn } from './words-en.ts';

/** What only the panel in Gmail says; all else is in shared/i18n. */
export interface GmailWords {
  home: { title: string; text: string };
  about: string;
  checkAgain: string;
  /** The panel cannot refresh itself. */
  asOf: (time: string) => string;
  notFresh: (time: string) => string;
  reported: { title: string; text: (time: string) => string };
  unsure: { title: string; text: (time: string) => string };
  safeToRepeat: string;
  wait: (seconds: number) => string;
  goesOn: string;
  trouble: Record<(typeof GMAIL_TROUBLES)[number], { title: string; text: string }>;
  /** Pattern of Utilities.formatDate. */
  timePattern: string;
}

const WORDS: Record<Language, GmailWords> = { en: wordsEn, de: wordsDe };

export function gmailWords(language: Language): GmailWords {
  return WORDS[language];
}

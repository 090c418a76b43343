/** What a chat is told, in the language of the target. */
import type { Language } from '../../shared/i18n/language.ts';
import type { Disposition } from '../../shared/verdict.ts';

export interface ChatWords {
  disposition: Record<Disposition, string>;
  title: (disposition: string) => string;
  subject: string;
  from: string;
  to: string;
  reasons: string;
  open: string;
  test: string;
  testText: string;
}

const en: ChatWords = {
  disposition: {
    MALICIOUS: 'Malicious',
    SUSPICIOUS: 'Suspicious',
    SPOOF: 'Spoof',
    SPAM: 'Spam',
    BULK: 'Bulk',
    NONE: 'Nothing found',
  },
  title: (disposition) => `Verdict: ${disposition}`,
  subject: 'Subject',
  from: 'From',
  to: 'To',
  reasons: 'Why',
  open: 'Open in Reelback',
  test: 'Test of Reelback',
  testText: 'If you can read this, alerts will arrive here.',
};

const de: ChatWords = {
  disposition: {
    MALICIOUS: 'Bösartig',
    SUSPICIOUS: 'Verdächtig',
    SPOOF: 'Gefälscht',
    SPAM: 'Spam',
    BULK: 'Massenpost',
    NONE: 'Nichts gefunden',
  },
  title: (disposition) => `Urteil: ${disposition}`,
  subject: 'Betreff',
  from: 'Von',
  to: 'An',
  reasons: 'Warum',
  open: 'In Reelback öffnen',
  test: 'Test von Reelback',
  testText: 'Wenn Sie das lesen können, kommen Meldungen hier an.',
};

export const CHAT_WORDS: Record<Language, ChatWords> = { en, de };

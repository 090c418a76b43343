import type { Exposure, ReportType } from '../submission.ts';
import type { Trouble } from '../trouble.ts';
import { clientDe } from './client-de.ts';
import { clientEn } from './client-en.ts';
import type { Language } from './language.ts';

/**
 * What an add-in itself says: its form, its progress, and the words for when there is no answer of the server. Verdicts
 * are not among them; those the server words.
 */
export interface ClientWords {
  starting: string;
  form: {
    title: string;
    from: string;
    noSubject: string;
    whatIsSent: string;
    wholeMessage: string;
    attachments: (count: number) => string;
    recipient: (host: string) => string;
    about: string;
    type: string;
    types: Record<ReportType, string>;
    exposure: string;
    exposures: Record<Exposure, string>;
    comment: string;
    commentHint: string;
    send: string;
  };
  sending: { title: string; signingIn: string; reading: string; sending: string; patience: string };
  result: {
    alreadyReported: string;
    stepsTitle: string;
    reasonsTitle: string;
    searched: (searched: number, total: number) => string;
    receipt: string;
    slow: string;
    reconnecting: string;
    exposedTitle: string;
    exposedNote: string;
  };
  wrong: {
    button: string;
    question: string;
    explanation: string;
    yes: string;
    no: string;
    sending: string;
    answers: Record<'started' | 'review' | 'none', string>;
    failed: string;
  };
  /** Title of a dialog that says why nothing was reported. */
  notReported: string;
  trouble: Record<Trouble, { title: string; text: string }>;
  kept: string;
  keptCount: (count: number) => string;
  notKept: string;
  tryAgain: string;
  signIn: string;
  technical: string;
}

const WORDS: Record<Language, ClientWords> = { en: clientEn, de: clientDe };

export function clientWords(language: Language): ClientWords {
  return WORDS[language];
}

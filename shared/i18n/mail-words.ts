import type { InvalidReason } from '../invalid.ts';
import type { Disposition } from '../verdict.ts';
import type { Language } from './language.ts';
import { mailDe } from './mail-de.ts';
import { mailEn } from './mail-en.ts';

/** What is written to people by mail. Nothing in here asks anybody to click, sign in or answer. */
export interface MailWords {
  facts: { subject: string; from: string; reportedAt: string; verdict: string; receipt: string };
  noSubject: string;
  dispositions: Record<Disposition, string>;
  verdict: {
    subject: (disposition: string) => string;
    /** Above the reasons. */
    evidence: string;
    /** To the sender of a team submission: a person still looks at it, or has. */
    team: { machine: string; analyst: string };
  };
  removed: { subject: string; title: string; lines: string[] };
  restored: { subject: string; title: string; lines: string[] };
  invalid: { subject: string; title: string; lead: string; what: string };
  /** Why a report could not be judged, and what helps. */
  reasons: Record<InvalidReason, { title: string; remedy: string }>;
  footer: string[];
}

const WORDS: Record<Language, MailWords> = { en: mailEn, de: mailDe };

export function mailWords(language: Language): MailWords {
  return WORDS[language];
}

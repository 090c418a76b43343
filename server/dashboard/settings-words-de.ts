import type { settingsPageEn } from './settings-words-en.ts';

/** Dasselbe auf Deutsch. */
export const settingsPageDe: typeof settingsPageEn = {
  settingsPage: {
    search: 'In den Einstellungen suchen',
    none: 'Keine Einstellung enthält diese Wörter.',
    ways: 'Einstellungen',
    groups: {
      response: 'Was mit Mails geschieht',
      people: 'Mail an und von Menschen',
      verdict: 'Was das Urteil bestimmt',
      outside: 'Andere Programme',
      privacy: 'Datenschutz',
    },
  },
};

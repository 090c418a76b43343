import type { MailboxSet } from './host/situation.ts';

/** How the visitor wants the simulated Outlook to be; kept in the browser. */
export interface Preferences {
  language: 'en' | 'de';
  theme: 'auto' | 'light' | 'dark';
  mailboxSet: MailboxSet;
  signIn: 'silent' | 'asks' | 'fails';
  /** Hidden folders too. */
  adminView: boolean;
}

const KEY = 'webmail-preferences';

export function loadPreferences(): Preferences {
  const standard: Preferences = {
    language: navigator.language.startsWith('de') ? 'de' : 'en',
    theme: 'auto',
    mailboxSet: '1.15',
    signIn: 'silent',
    adminView: false,
  };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return standard;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

/** What the frame around every screen says, in German. */
import type { frameEn } from './frame-words-en.ts';

export const frameDe: typeof frameEn = {
  skip: 'Zum Inhalt',
  nav: {
    label: 'Dashboard',
    menu: 'Menü',
    submissions: 'Meldungen',
    retractions: 'Rückholungen',
    settings: 'Einstellungen',
  },
  signOut: 'Abmelden',
  signedInAs: (name) => `Angemeldet als ${name}`,
  language: 'Sprache',
  shortcuts: {
    title: 'Tastatur',
    open: 'Tasten',
    search: 'Zum Suchfeld',
    help: 'Diese Liste',
    escape: 'Schließen oder es sich anders überlegen',
    on: 'Diese Tasten verwenden',
    close: 'Schließen',
  },
  outdated: {
    text: 'Dieser Teil des Dashboards ließ sich nicht laden. Vielleicht wurde der Server erneuert, seit diese Seite offen ist.',
    reload: 'Seite neu laden',
  },
};

import type { Language } from '../../shared/i18n/language.ts';
import type { SafeHtmlWords } from './safe-html.ts';

/** The few words of ours on the page that shows a mail. */
export interface PreviewWords extends SafeHtmlWords {
  title: string;
  empty: string;
}

export const PREVIEW_WORDS: Record<Language, PreviewWords> = {
  en: {
    title: 'Preview',
    empty: 'This message has no text.',
    cut: 'The message goes on; the rest is not shown.',
    remoteImage: (alt) => (alt === '' ? 'Picture, not loaded' : `Picture, not loaded: ${alt}`),
    field: (kind) =>
      kind === 'password' ? 'Field for a password' : kind === 'submit' || kind === 'button' ? 'Button' : 'Field',
  },
  de: {
    title: 'Vorschau',
    empty: 'Diese Nachricht hat keinen Text.',
    cut: 'Die Nachricht geht weiter; der Rest wird nicht gezeigt.',
    remoteImage: (alt) => (alt === '' ? 'Bild, nicht geladen' : `Bild, nicht geladen: ${alt}`),
    field: (kind) =>
      kind === 'password' ? 'Feld für ein Passwort' : kind === 'submit' || kind === 'button' ? 'Schaltfläche' : 'Feld',
  },
};

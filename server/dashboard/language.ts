/** The person's language: chosen here before, else the browser's. */
import { type Language, languageOf } from '../../shared/i18n/language.ts';

const KEY = 'reelback.language';

export function chosenLanguage(): Language {
  return languageOf(stored() ?? navigator.languages.join(','));
}

export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

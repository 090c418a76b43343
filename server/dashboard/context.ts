/** What every screen knows: who is signed in, and the words. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../shared/i18n/language.ts';
import type { Session } from './api.ts';
import { de } from './words-de.ts';
import { en, type Words } from './words-en.ts';

export const WORDS: Record<Language, Words> = { en, de };

export interface Surroundings {
  language: Language;
  words: Words;
  session: Session | null;
}

export const Context = createContext<Surroundings>({ language: 'en', words: en, session: null });

export const useSurroundings = () => useContext(Context);
export const useWords = () => useContext(Context).words;

/** Roles as the server declares them on its routes; here they only spare a person dead ends. */
export const mayDecide = ({ session }: Surroundings) =>
  session?.role === 'soc_analyst' || session?.role === 'super_admin';
export const mayDoAll = ({ session }: Surroundings) => session?.role === 'super_admin';
export const mayConfigure = ({ session }: Surroundings) =>
  session?.role === 'config_admin' || session?.role === 'super_admin';

import type { Destination, Provider } from '../retraction.ts';
import { effectsDe } from './effects-de.ts';
import { effectsEn } from './effects-en.ts';
import type { Language } from './language.ts';

/** What a destination means in a provider's mailboxes, in words for the person who is about to decide. */
export interface EffectWords {
  provider: Record<Provider, string>;
  effect: Record<Provider, Record<Destination, string>>;
  /** Of a place that the provider does not have. */
  unsupported: Record<Provider, string>;
  /** The whole decision is refused because copies in these suites could not follow. */
  refused: (providers: string) => string;
  /** Mail is moved to the Inbox only by putting it back. */
  onlyRestore: string;
}

export const EFFECT_WORDS: Record<Language, EffectWords> = { en: effectsEn, de: effectsDe };

export function effectText(provider: Provider, destination: Destination, supported: boolean, language: Language) {
  const words = EFFECT_WORDS[language];
  return supported ? words.effect[provider][destination] : words.unsupported[provider];
}

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The best of our languages for a BCP 47 tag or an Accept-Language field (RFC 9110 section 12.5.4); `en` when none fits.
 * Never throws: the field is the client's.
 */
export function languageOf(acceptLanguage: string): Language {
  let best: { language: Language; weight: number } | null = null;
  for (const range of acceptLanguage.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const primary = tag === '*' ? 'en' : tag.split(/[-_]/)[0];
    const language = LANGUAGES.find((known) => known === primary);
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q ? Number(q.slice(2)) : 1;
    if (language && weight > 0 && (!best || weight > best.weight)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

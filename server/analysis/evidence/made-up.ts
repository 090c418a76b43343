/**
 * Does a domain label look like a machine made it? Long runs without vowels, letters and digits shuffled.
 * A hint for a person, never a proof: acronyms and product names look alike.
 */
export function looksMadeUp(label: string): boolean {
  if (label.length < 8 || label.startsWith('xn--')) return false;
  const letters = label.replace(/[^a-z]/g, '');
  const switches = (label.match(/[a-z][0-9]|[0-9][a-z]/g) ?? []).length;
  if (switches >= 4) return true;
  if (/[bcdfghjklmnpqrstvwxz]{6,}/.test(label)) return true;
  const vowels = (letters.match(/[aeiouy]/g) ?? []).length;
  return letters.length >= 12 && vowels / letters.length < 0.16;
}

/** A word with one digit inside that reads as a letter: `supp1ies`, `lindenh0f`. Codes and numbered hosts have more digits or none inside. */
export function writesDigitForLetter(label: string): boolean {
  return label.split('-').some((word) => word.length >= 6 && /^[a-z]{2,}[0135][a-z]{2,}$/.test(word));
}

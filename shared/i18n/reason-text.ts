import type { Finding } from '../verdict.ts';
import { languageOf } from './language.ts';
import { reasonsDe } from './reasons-de.ts';

/**
 * The sentence of a finding in a person's language. English is written by analysis itself; a finding without a
 * translation keeps its English sentence rather than vanish.
 * @param language BCP 47 tag or Accept-Language field
 */
export function reasonText(finding: Pick<Finding, 'id' | 'text'>, language: string): string {
  if (languageOf(language) === 'en') return finding.text;
  return (Object.hasOwn(reasonsDe, finding.id) && reasonsDe[finding.id]) || finding.text;
}

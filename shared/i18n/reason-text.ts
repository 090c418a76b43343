import type { Finding } from '../verdict.ts';
import { evidenceText } from './evidence-text.ts';
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

/** A finding with its sentence, and the words around its evidence, in a person's language. */
export function reasonIn(finding: Finding, language: string): Finding {
  return { ...finding, text: reasonText(finding, language), evidence: evidenceText(finding, language) };
}

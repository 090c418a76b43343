import type { Language } from '../../shared/i18n/language.ts';
import type { LogDataset } from '../../shared/log-rows.ts';
import type { Actor } from '../retraction/face.ts';

/** What leaves the house as files. Implemented by exports.ts. */
export interface Exports {
  /** JSON lines in the vendor's names, oldest first, read page by page; that they were asked for is an audit line. */
  log(dataset: LogDataset, span: { start: Date; end: Date }, actor: Actor): Promise<AsyncIterable<string>>;
  /**
   * All that proves a case, as a zip; an audit line names it by its hash.
   * @param id of a submission or of a retraction; null: there is none
   */
  bundle(
    of: 'submission' | 'retraction',
    id: string,
    actor: Actor,
    language: Language,
  ): Promise<{ name: string; zip: Buffer } | null>;
}

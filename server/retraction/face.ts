/** What the doors may ask of the retraction room. Implemented by retractions.ts. */
import type { RetractionCopy, RetractionView } from '../../shared/api.ts';
import type { Effects, MoveRequest, PurgeConfirmation } from '../../shared/effects.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ChoosableDestination, Destination } from '../../shared/retraction.ts';

/** Who asks: the name that goes into the audit log. */
export interface Actor {
  id: string;
  role: 'viewer' | 'soc_analyst' | 'config_admin' | 'super_admin';
}

/** Where an approved retraction goes instead of its own destination, and the language of a refusal. */
export interface Choice {
  destination?: ChoosableDestination;
  language?: Language;
}

export type Moved =
  | { state: 'done'; retractions: RetractionView[] }
  /** Nothing was done: this is what would be destroyed, and the token that does it. */
  | { state: 'confirm'; outdated: boolean; confirmation: PurgeConfirmation }
  /** Nothing was done: a preview counts first. */
  | { state: 'counting'; retractionId: string };

export interface Retractions {
  list(query: { cursor?: string; limit: number }): Promise<{ items: RetractionView[]; next_cursor?: string }>;
  get(id: string): Promise<RetractionView | null>;
  copies(
    id: string,
    query: { cursor?: string; limit: number },
  ): Promise<{ items: RetractionCopy[]; next_cursor?: string } | null>;
  /**
   * What a decision about it would do, suite by suite; null: no such retraction.
   * @param destination null: its own
   */
  effects(id: string, destination: Destination | null, language: Language): Promise<Effects | null>;
  /** The same of judged messages, by their ids; null when one of them does not exist. */
  effectsOfMessages(ids: readonly string[], destination: Destination, language: Language): Promise<Effects | null>;
  /**
   * Lets a held retraction run, or makes a preview the real thing. null: no such retraction.
   * @throws PermanentError `wrong_state`, `destination_fixed`, `destination_unsupported`
   */
  approve(id: string, actor: Actor, choice?: Choice): Promise<RetractionView | null>;
  /** Stops what has not happened; what has stays. @throws PermanentError `wrong_state` */
  cancel(id: string, actor: Actor): Promise<RetractionView | null>;
  /** Puts every copy that we retracted back where it was. @throws PermanentError `wrong_state` */
  restore(id: string, actor: Actor): Promise<RetractionView | null>;
  /**
   * Takes judged messages back by hand, all or none; to the Inbox it puts them back. null: one of them does not exist.
   * @throws PermanentError as moveByHand() in manual.ts
   */
  move(request: MoveRequest, actor: Actor, language: Language): Promise<Moved | null>;
  /**
   * Deletes the copies that were taken back for good. null: no such retraction.
   * @param token of an earlier answer; null: only says what would be destroyed
   * @throws PermanentError as purge() in purge.ts
   */
  purge(id: string, token: string | null, actor: Actor, language: Language): Promise<Moved | null>;
}

/** What the doors may ask of the retraction room. Implemented by retractions.ts. */
import type { RetractionCopy, RetractionView } from '../../shared/api.ts';

/** Who asks: the name that goes into the audit log. */
export interface Actor {
  id: string;
  role: 'viewer' | 'soc_analyst' | 'config_admin' | 'super_admin';
}

export interface Retractions {
  list(query: { cursor?: string; limit: number }): Promise<{ items: RetractionView[]; next_cursor?: string }>;
  get(id: string): Promise<RetractionView | null>;
  copies(
    id: string,
    query: { cursor?: string; limit: number },
  ): Promise<{ items: RetractionCopy[]; next_cursor?: string } | null>;
  /** Lets a held retraction run. null: no such retraction. @throws PermanentError `wrong_state` */
  approve(id: string, actor: Actor): Promise<RetractionView | null>;
  /** Stops what has not happened; what has stays. @throws PermanentError `wrong_state` */
  cancel(id: string, actor: Actor): Promise<RetractionView | null>;
  /** Puts every copy that we retracted back where it was. @throws PermanentError `wrong_state` */
  restore(id: string, actor: Actor): Promise<RetractionView | null>;
}

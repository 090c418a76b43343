/** What the doors may ask about the model that judges. Implemented by models.ts. */
import type { ModelView } from '../../shared/model.ts';

export interface Models {
  view(): Promise<ModelView>;
  /** Asks for a training in the background. @throws PermanentError `training_runs` */
  retrain(actor: string): Promise<ModelView>;
  /**
   * @returns null when there is no such version
   * @throws PermanentError `model_not_better`, `model_of_another_base`, `model_judges_already`
   */
  promote(version: number, actor: string): Promise<ModelView | null>;
  /** @throws PermanentError `model_is_shipped` */
  rollBack(actor: string): Promise<ModelView>;
}

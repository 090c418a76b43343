import { PermanentError } from '../../shared/errors.ts';
import type { Models } from './face.ts';
import { type ModelViewWorld, modelView } from './model-view.ts';
import type { ModelWorld } from './model-world.ts';
import { askForTraining } from './retrain.ts';
import { promoteVersion, rollBack } from './versions.ts';

export function openModels(world: ModelViewWorld & Pick<ModelWorld, 'jobs'>): Models {
  const { tenant, store, base, now } = world;
  const context = { tenant, baseDigest: base.digest, now };
  return {
    view: () => modelView(world),
    async retrain(actor) {
      if (!(await askForTraining(world, actor))) throw new PermanentError('training_runs');
      return modelView(world);
    },
    async promote(version, actor) {
      const found = await store.inTransaction((trx) => promoteVersion(trx, context, version, actor));
      return found ? modelView(world) : null;
    },
    async rollBack(actor) {
      await store.inTransaction((trx) => rollBack(trx, context, actor));
      return modelView(world);
    },
  };
}

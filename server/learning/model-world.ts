import type { Settings } from '../policies/face.ts';
import type { Base, Prepare } from './prepare.ts';
import type { LearningWorld } from './world.ts';

/** What learning of the model is handed besides what the learning room is. */
export interface ModelWorld extends LearningWorld {
  settings: Settings;
  base: Base;
  prepare: Prepare;
}
